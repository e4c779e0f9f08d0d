package dev.portcullis.supply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A range of an advisory: events along the order of versions, each of which begins or ends what is affected. */
record VersionRange(VersionOrder order, List<Event> events) {
    /** Stands before every version as an introduction, and behind every version as a limit. */
    private static final String FIRST = "0";

    private static final String NO_LIMIT = "*";

    VersionRange {
        events = List.copyOf(events);
    }

    enum Kind {
        INTRODUCED,
        FIXED,
        LAST_AFFECTED,
        LIMIT
    }

    record Event(Kind kind, String version) {}

    boolean contains(String version) {
        boolean affected = false;
        for (Event event : inOrder()) {
            switch (event.kind()) {
                case INTRODUCED -> affected |= event.version().equals(FIRST) || reached(version, event);
                case FIXED -> affected &= !reached(version, event);
                case LAST_AFFECTED -> affected &= order.compare(version, event.version()) <= 0;
                case LIMIT -> {
                    // looked at below: it is no event along the line
                }
            }
        }
        return affected && isBelowTheLimits(version);
    }

    /** The first version behind the given one that has it fixed, as far as the range says. */
    Optional<String> fixOf(String version) {
        return events.stream()
                .filter(event -> event.kind() == Kind.FIXED && order.compare(event.version(), version) > 0)
                .map(Event::version)
                .min(order::compare);
    }

    private boolean reached(String version, Event event) {
        return order.compare(version, event.version()) >= 0;
    }

    private boolean isBelowTheLimits(String version) {
        List<Event> limits =
                events.stream().filter(event -> event.kind() == Kind.LIMIT).toList();
        return limits.isEmpty()
                || limits.stream()
                        .anyMatch(limit ->
                                limit.version().equals(NO_LIMIT) || order.compare(version, limit.version()) < 0);
    }

    private List<Event> inOrder() {
        List<Event> sorted = new ArrayList<>(events);
        sorted.sort((one, other) -> {
            boolean first = one.version().equals(FIRST);
            boolean second = other.version().equals(FIRST);
            return first || second ? Boolean.compare(second, first) : order.compare(one.version(), other.version());
        });
        return sorted;
    }
}
