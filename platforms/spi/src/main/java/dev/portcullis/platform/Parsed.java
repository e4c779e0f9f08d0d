package dev.portcullis.platform;

/** What became of a port's block of objects. */
public sealed interface Parsed {
    /** The block describes a profile. */
    record Ok(Profile profile) implements Parsed {}

    /** It does not; the message says what to change. */
    record Bad(String message) implements Parsed {}

    /** The port has no block for this kind of platform. */
    record None() implements Parsed {}
}
