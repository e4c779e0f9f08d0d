package dev.portcullis.platform.postgresql.filter;

import java.util.Locale;
import java.util.Set;

/**
 * A piece of a filter's text.
 *
 * @param text a name without its quotes; a keyword in capitals; a text without its quotes; anything else as it is written
 */
record Token(Kind kind, String text, int line, int column) {
    enum Kind {
        KEYWORD,
        NAME,
        TEXT,
        NUMBER,
        /** Comparisons, brackets and commas. */
        SIGN,
        END
    }

    private static final Set<String> KEYWORDS =
            Set.of("AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL", "LIKE", "TRUE", "FALSE");

    /** A word without quotes: a keyword, or a name in the small letters that the server would make of it. */
    static Token word(String word, int line, int column) {
        String capitals = word.toUpperCase(Locale.ROOT);
        return KEYWORDS.contains(capitals)
                ? new Token(Kind.KEYWORD, capitals, line, column)
                : new Token(Kind.NAME, word.toLowerCase(Locale.ROOT), line, column);
    }

    boolean is(Kind is, String said) {
        return kind == is && text.equals(said);
    }

    /** For messages. */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case TEXT -> "a text";
            default -> text.length() > 40 ? text.substring(0, 40) + "..." : text;
        };
    }
}
