package dev.portcullis.platform.external.profile;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How much of an object. */
public sealed interface Selection {
    /** What is in both; empty where nothing is. */
    Optional<Selection> intersect(Selection other);

    /** Part of {@link ExternalProfile#canonical()}. */
    String canonical();

    /** As the API has it: empty for the whole object. */
    List<String> toList();

    /** The whole object, also parts it gets later. */
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
        public String canonical() {
            return parts.stream().map(Names::quote).collect(Collectors.joining(",", "(", ")"));
        }

        @Override
        public List<String> toList() {
            return List.copyOf(parts);
        }
    }
}
