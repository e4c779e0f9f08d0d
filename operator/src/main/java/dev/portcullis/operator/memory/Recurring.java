package dev.portcullis.operator.memory;

import java.lang.ref.WeakReference;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives in the place of an immutable value an equal one that was seen before, so that what many objects have in common is kept once.
 *
 * <p>It remembers a bounded number, the latest, and only as long as somebody has them: one that has not been seen for long is kept twice, which costs its memory and nothing
 * else, and whoever makes large ones that nobody keeps fills nothing. It takes no locks; where two threads come with equal values, each may keep its own.
 */
public final class Recurring<T> {
    private final @Nullable WeakReference<T>[] latest;

    /** @param most how many are remembered; a power of two */
    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    public Recurring(int most) {
        if (Integer.bitCount(most) != 1) {
            throw new IllegalArgumentException(most + " is no power of two");
        }
        latest = new WeakReference[most];
    }

    /** @param value safe to be handed from thread to thread without more: all its fields are final */
    public T same(T value) {
        Objects.requireNonNull(value);
        int hash = value.hashCode();
        // the lower bits of many hashes say little, the upper ones of others nothing
        int place = (hash ^ (hash >>> 16)) & (latest.length - 1);
        WeakReference<T> reference = latest[place];
        T before = reference == null ? null : reference.get();
        if (before != null && value.equals(before)) {
            return before;
        }
        latest[place] = new WeakReference<>(value);
        return value;
    }
}
