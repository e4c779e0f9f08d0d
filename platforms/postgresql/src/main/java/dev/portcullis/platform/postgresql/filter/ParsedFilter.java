package dev.portcullis.platform.postgresql.filter;

/** What a text turned out to be. */
public sealed interface ParsedFilter {
    /** A filter. */
    record Ok(Filter filter) implements ParsedFilter {}

    /** None. */
    record Bad(Fault fault) implements ParsedFilter {}
}
