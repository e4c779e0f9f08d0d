package dev.portcullis.platform;

import java.util.Optional;

/**
 * What a look at the objects of a profile found.
 *
 * @param identity changes when one of them was made anew under its name, which takes every grant on it away
 * @param fault why the profile cannot be granted whole now; empty: it can
 */
public record ObjectsFound(String identity, Optional<Fault> fault) {
    /** What is wrong with the objects. */
    public record Fault(Plan.Reason reason, String message) {}
}
