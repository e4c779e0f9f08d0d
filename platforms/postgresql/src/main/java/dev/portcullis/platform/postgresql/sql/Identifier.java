package dev.portcullis.platform.postgresql.sql;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Names of roles, databases, schemas, tables and columns. {@link #quote} is the one function that makes SQL of a name. */
public final class Identifier {
    /** PostgreSQL cuts longer names silently, so that two long names could mean one object. */
    public static final int MAX_BYTES = 63;

    private Identifier() {}

    /** The name as SQL: exactly this name, whatever characters it has. */
    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The qualified name as SQL. */
    public static String quote(String schema, String name) {
        return quote(schema) + '.' + quote(name);
    }

    /** Why no object of the server can have this name, as the end of a sentence; empty for a possible name. */
    public static Optional<String> problem(String name) {
        if (name.isEmpty()) {
            return Optional.of("is empty");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("has a control character in it");
        }
        int bytes;
        try {
            bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(name))
                    .remaining();
        } catch (CharacterCodingException e) {
            return Optional.of("has half a Unicode character in it");
        }
        return bytes > MAX_BYTES
                ? Optional.of("has " + bytes + " bytes as UTF-8; PostgreSQL keeps " + MAX_BYTES)
                : Optional.empty();
    }
}
