package dev.portcullis.engine.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All parts of the facts that an expression looks at. */
final class FactSet {
    /** In characters; more is written by whoever asks, and would take more room than it saves time. */
    private static final int HEAVIEST = 1024;

    private static final int WEIGHT_OF_ONE = 8;

    private final List<FactPath> paths;
    private final int hash;

    FactSet(Collection<FactPath> paths) {
        this.paths = List.copyOf(paths);
        this.hash = this.paths.hashCode();
    }

    /** Their values; empty where nothing is to be kept by them. */
    Optional<Values> in(Map<String, ?> facts) {
        List<Object> values = new ArrayList<>(paths.size());
        for (FactPath path : paths) {
            Object value = path.in(facts);
            if (value == FactPath.TOO_LONG) {
                return Optional.empty();
            }
            values.add(value);
        }
        return weight(values) > HEAVIEST ? Optional.empty() : Optional.of(new Values(values));
    }

    private static int weight(Object value) {
        int weight = WEIGHT_OF_ONE;
        if (value instanceof String text) {
            weight += text.length();
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                weight += weight(element);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                weight += weight(entry.getKey()) + weight(entry.getValue());
            }
        }
        return weight;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof FactSet set && hash == set.hash && paths.equals(set.paths));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** What one request has there; its hash is asked for by every expression that looks at the same. */
    static final class Values {
        private final List<Object> values;
        private final int hash;

        private Values(List<Object> values) {
            this.values = values;
            this.hash = values.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return this == other
                    || (other instanceof Values others && hash == others.hash && values.equals(others.values));
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
