package dev.portcullis.operator.memory;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives in the place of an immutable value an equal one that was seen before, so that what many objects have in common is kept once.
 *
 * <p>It remembers a bounded number, the latest: one that has not been seen for long is kept twice, which costs its memory and nothing else. It takes no locks; where two
 * threads come with equal values, each may keep its own.
 */
public final class Recurring<T> {
    private final @Nullable Object[] latest;

    /** @param most how many are remembered; a power of two */
    public Recurring(int most) {
        if (Integer.bitCount(most) != 1) {
            throw new IllegalArgumentException(most + " is no power of two");
        }
        latest = new @Nullable Object[most];
    }

    /** @param value safe to be handed from thread to thread without more: all its fields are final */
    @SuppressWarnings("unchecked") // nothing else is put there
    public T same(T value) {
        Objects.requireNonNull(value);
        int hash = value.hashCode();
        // the lower bits of many hashes say little, the upper ones of others nothing
        int place = (hash ^ (hash >>> 16)) & (latest.length - 1);
        Object before = latest[place];
        if (value.equals(before)) {
            return (T) before;
        }
        latest[place] = value;
        return value;
    }
}
