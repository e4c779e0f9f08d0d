package dev.portcullis.platform.postgresql.state;

import java.util.Optional;

/**
 * Something other than a privilege that ties a role of ours to an object, so that it cannot be dropped.
 *
 * @param kind what it is
 * @param object the object, as the server describes it
 * @param database where it is; empty for what all databases share
 */
public record Dependency(Kind kind, String object, Optional<String> database) {
    /** How a role can be tied. */
    public enum Kind {
        /** It owns the object. */
        OWNS,
        /** It owns a large object, which does nothing by itself. */
        OWNS_LARGE_OBJECT,
        /** Something that is a role's own for good: default privileges it gives, user mappings, initial privileges of an extension (since 17). */
        BELONGS,
        /** A row security policy names it. */
        POLICY,
        /** Default privileges name it; the object is the part of the statement that says which. */
        DEFAULT_PRIVILEGES,
        /** It gave a privilege or a membership to somebody else. */
        PASSED_ON,
        /** It has something in a database we cannot connect to; the object says why. */
        UNREADABLE
    }
}
