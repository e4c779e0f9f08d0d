package dev.portcullis.platform;

import java.util.Comparator;

/**
 * A way by which a principal can read objects of a port without the owner's grants: nothing that the owner does ends it.
 *
 * @param further whether it leads to more than the entitlement, and not only to the same
 * @param message how, and what ends it, as a sentence without a full stop
 */
public record Way(boolean further, String message) implements Comparable<Way> {
    private static final Comparator<Way> ORDER =
            Comparator.comparing((Way way) -> !way.further()).thenComparing(Way::message);

    /** What leads further comes first. */
    @Override
    public int compareTo(Way other) {
        return ORDER.compare(this, other);
    }
}
