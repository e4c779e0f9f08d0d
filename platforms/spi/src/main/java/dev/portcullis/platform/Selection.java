package dev.portcullis.platform;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** How much of an object, for platforms whose objects have parts that are granted by name: a table's columns, a topic's fields. */
public sealed interface Selection {
    /** What is in both; empty where nothing is. */
    Optional<Selection> intersect(Selection other);

    /**
     * A text that is the same for equal selections only, to be a part of {@link Profile#canonical()}.
     *
     * @param quote how the platform writes a name, so that no two lists of names read the same
     */
    String canonical(UnaryOperator<String> quote);

    /** As the API has it: empty for the whole object. */
    List<String> toList();

    /** The whole object, also parts it gets later. */
    record Whole() implements Selection {
        @Override
        public Optional<Selection> intersect(Selection other) {
            return Optional.of(other);
        }

        @Override
        public String canonical(UnaryOperator<String> quote) {
            return "";
        }

        @Override
        public List<String> toList() {
            return List.of();
        }
    }

    /** These parts, at least one. */
    record Some(SortedSet<String> parts) implements Selection {
        public Some {
            parts = Collections.unmodifiableSortedSet(new TreeSet<>(parts));
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("some parts, but none named");
            }
        }

        @Override
        public Optional<Selection> intersect(Selection other) {
            if (!(other instanceof Some some)) {
                return Optional.of(this);
            }
            SortedSet<String> both = new TreeSet<>(parts);
            both.retainAll(some.parts);
            return both.isEmpty() ? Optional.empty() : Optional.of(new Some(both));
        }

        @Override
        public String canonical(UnaryOperator<String> quote) {
            return parts.stream().map(quote).collect(Collectors.joining(",", "(", ")"));
        }

        @Override
        public List<String> toList() {
            return List.copyOf(parts);
        }
    }
}
