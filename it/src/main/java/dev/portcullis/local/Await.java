package dev.portcullis.local;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for conditions, never for a fixed time. */
public final class Await {
    private static final Duration POLL = Duration.ofMillis(25);

    private Await() {}

    /** A condition that may throw while it does not hold yet: then it counts as not holding. */
    public static void until(Duration timeout, String what, Callable<Boolean> condition) {
        until(timeout, () -> what, condition);
    }

    /** As above; {@code what} is asked only when the time is over, so it can say what was seen last. */
    public static void until(Duration timeout, Supplier<String> what, Callable<Boolean> condition) {
        long end = System.nanoTime() + timeout.toNanos();
        Exception last = null;
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (NotPossible e) {
                throw e;
            } catch (Exception e) {
                last = e;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "after " + timeout.toSeconds() + " s still not: " + what.get()
                                + (last == null ? "" : " (" + last + ")"),
                        last);
            }
            pause(POLL);
        }
    }

    /** Waits until {@code value} gives one. */
    public static <T> T value(Duration timeout, String what, Callable<? extends @Nullable T> value) {
        var box = new Object() {
            @Nullable
            T it;
        };
        until(timeout, what, () -> {
            box.it = value.call();
            return box.it != null;
        });
        T it = box.it;
        if (it == null) {
            throw new IllegalStateException(what);
        }
        return it;
    }

    /** Lets time pass where there is nothing to wait for. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Thrown by a condition that can never hold any more: no need to wait to the end. */
    public static final class NotPossible extends IllegalStateException {
        private static final long serialVersionUID = 1;

        public NotPossible(String message) {
            super(message);
        }
    }
}
