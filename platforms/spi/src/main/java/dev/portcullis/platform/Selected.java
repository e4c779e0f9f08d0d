package dev.portcullis.platform;

/** What becomes of a selection among objects. */
public sealed interface Selected {
    /** Less than those objects, or as much. */
    record Ok(Profile profile) implements Selected {}

    /**
     * It names what is not among them.
     *
     * @param missing what that is, in words
     * @param there what there is of its kind, in words
     */
    record Beyond(String missing, String there) implements Selected {}

    /** It names a row filter that cannot be applied as it is written; the message says what to change on the port. */
    record Unusable(String message) implements Selected {}

    /** Such a selection cannot be made on this kind of platform, ever; the message says what can be done instead. */
    record Unsupported(String message) implements Selected {}
}
