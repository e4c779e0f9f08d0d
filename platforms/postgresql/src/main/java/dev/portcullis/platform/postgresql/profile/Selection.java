package dev.portcullis.platform.postgresql.profile;

import dev.portcullis.platform.postgresql.sql.Identifier;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How much of a table. */
public sealed interface Selection {
    /** What is in both; empty where nothing is. */
    Optional<Selection> intersect(Selection other);

    /** Part of {@link PostgresqlProfile#canonical()}. */
    String canonical();

    /** As the API has it: empty for the whole table. */
    List<String> toList();

    /** The whole table, also columns it gets later. */
    record Whole() implements Selection {
        @Override
        public Optional<Selection> intersect(Selection other) {
            return Optional.of(other);
        }

        @Override
        public String canonical() {
            return "";
        }

        @Override
        public List<String> toList() {
            return List.of();
        }
    }

    /** These columns, at least one. */
    record Some(SortedSet<String> columns) implements Selection {
        public Some {
            columns = Collections.unmodifiableSortedSet(new TreeSet<>(columns));
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("some columns, but none named");
            }
        }

        @Override
        public Optional<Selection> intersect(Selection other) {
            if (!(other instanceof Some some)) {
                return Optional.of(this);
            }
            SortedSet<String> both = new TreeSet<>(columns);
            both.retainAll(some.columns);
            return both.isEmpty() ? Optional.empty() : Optional.of(new Some(both));
        }

        @Override
        public String canonical() {
            return columns.stream().map(Identifier::quote).collect(Collectors.joining(",", "(", ")"));
        }

        @Override
        public List<String> toList() {
            return List.copyOf(columns);
        }
    }
}
