package dev.portcullis.platform.postgresql.filter;

import dev.portcullis.platform.postgresql.sql.Literal;

/** What a column is compared with. */
public sealed interface Value {
    /** The value as text, without quotes. */
    String text();

    /** As it is written in a filter. */
    String written();

    /** A text; dates, times and UUIDs are written as texts too. */
    record Text(String text) implements Value {
        @Override
        public String written() {
            return "'" + text.replace("'", "''") + "'";
        }
    }

    /** Digits, with a sign and a point at most. */
    record Digits(String text) implements Value {
        @Override
        public String written() {
            return text;
        }

        boolean isWhole() {
            return text.indexOf('.') < 0;
        }
    }

    /** True or false. */
    record Truth(boolean value) implements Value {
        @Override
        public String text() {
            return String.valueOf(value);
        }

        @Override
        public String written() {
            return text();
        }
    }

    /** The value as SQL, of exactly this type. */
    default String sql(ColumnType type) {
        return Literal.quote(text()) + "::pg_catalog." + type.sqlName();
    }
}
