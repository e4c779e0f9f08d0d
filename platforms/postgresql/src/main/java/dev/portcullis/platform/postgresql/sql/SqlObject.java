package dev.portcullis.platform.postgresql.sql;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Something privileges are granted on. */
public sealed interface SqlObject {
    /** The database one must be connected to in order to grant on it; empty for what all databases share. */
    Optional<String> database();

    /** What follows ON in GRANT and REVOKE. */
    String target();

    /** The columns, between the privilege and ON; empty for whole objects. */
    default String columnList() {
        return "";
    }

    /** Name for people. */
    default String describe() {
        return target() + database().map(name -> " in database " + quote(name)).orElse("");
    }

    /** A database. */
    record Database(String name) implements SqlObject {
        @Override
        public Optional<String> database() {
            return Optional.empty();
        }

        @Override
        public String target() {
            return "DATABASE " + quote(name);
        }
    }

    /** A schema. */
    record Schema(String inDatabase, String name) implements SqlObject {
        @Override
        public Optional<String> database() {
            return Optional.of(inDatabase);
        }

        @Override
        public String target() {
            return "SCHEMA " + quote(name);
        }
    }

    /** A table, view, materialized view, foreign or partitioned table. */
    record Table(String inDatabase, String schema, String name) implements SqlObject {
        @Override
        public Optional<String> database() {
            return Optional.of(inDatabase);
        }

        @Override
        public String target() {
            return "TABLE " + quote(schema, name);
        }
    }

    /** Some columns of a table. */
    record Columns(Table table, SortedSet<String> names) implements SqlObject {
        public Columns {
            names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
        }

        /** One column. */
        public static Columns of(Table table, String name) {
            return new Columns(table, new TreeSet<>(java.util.Set.of(name)));
        }

        @Override
        public Optional<String> database() {
            return table.database();
        }

        @Override
        public String target() {
            return table.target();
        }

        @Override
        public String columnList() {
            return names.stream().map(Identifier::quote).collect(Collectors.joining(", ", " (", ")"));
        }

        @Override
        public String describe() {
            return "columns" + columnList() + " of " + table.describe();
        }
    }

    /**
     * Anything else that has privileges: functions, types, sequences, ... We never grant on it, but take back what is there.
     *
     * @param inDatabase empty for shared objects
     * @param keyword the kind, as GRANT calls it
     * @param identity the name as the server itself quotes it ({@code pg_identify_object}): the one thing that is not quoted by us, as a
     *     function's name has types in it
     */
    record Other(Optional<String> inDatabase, String keyword, String identity) implements SqlObject {
        /** What may have the name of a table, and is none. */
        public static final List<String> NO_TABLES = List.of("SEQUENCE", "INDEX", "TYPE");

        @Override
        public Optional<String> database() {
            return inDatabase;
        }

        @Override
        public String target() {
            return keyword + " " + identity;
        }
    }
}
