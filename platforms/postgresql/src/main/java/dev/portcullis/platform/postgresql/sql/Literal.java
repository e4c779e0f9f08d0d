package dev.portcullis.platform.postgresql.sql;

/** Text as an SQL literal, for the few statements that take no bound values (COMMENT ON). {@link #quote} is the one function for it. */
public final class Literal {
    private Literal() {}

    /** The text as SQL, the same whatever {@code standard_conforming_strings} says. */
    public static String quote(String text) {
        String doubled = text.replace("'", "''");
        return text.indexOf('\\') < 0 ? "'" + doubled + "'" : "E'" + doubled.replace("\\", "\\\\") + "'";
    }
}
