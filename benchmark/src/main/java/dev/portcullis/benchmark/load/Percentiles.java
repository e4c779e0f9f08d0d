package dev.portcullis.benchmark.load;

import java.time.Duration;
import java.util.List;

/**
 * How long something took, over all tries.
 *
 * @param tries each, in order of length
 */
record Percentiles(List<Duration> tries) {
    Percentiles {
        tries = tries.stream().sorted().toList();
        if (tries.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** The shortest time that so many of a hundred did not exceed. */
    Duration at(int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * tries.size());
        return tries.get(Math.max(0, rank - 1));
    }

    @Override
    public String toString() {
        return "%d / %d / %d ms".formatted(at(50).toMillis(), at(95).toMillis(), at(99).toMillis());
    }
}
