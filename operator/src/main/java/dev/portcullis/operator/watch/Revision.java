package dev.portcullis.operator.watch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API server's resourceVersion as a number that grows: which of two states of a kind's objects is the older one. What is no number cannot be compared, and
 * counts as new.
 */
public final class Revision {
    private Revision() {}

    /** Empty where it is no number. */
    public static Optional<Long> of(@Nullable String resourceVersion) {
        try {
            return resourceVersion == null ? Optional.empty() : Optional.of(Long.parseLong(resourceVersion));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the first of two revisions of the same kind is surely older than the second. */
    public static boolean isOlder(@Nullable String first, @Nullable String second) {
        return of(first).flatMap(one -> of(second).map(other -> one < other)).orElse(false);
    }
}
