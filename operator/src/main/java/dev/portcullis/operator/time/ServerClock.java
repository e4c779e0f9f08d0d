package dev.portcullis.operator.time;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The API server's clock, as the Date of its answers tells it: nothing is asked for it. Between answers it goes on by the monotonic clock, which nobody sets; so it does not follow the operator's when that jumps.
 *
 * <p>An answer may be old when it arrives and never comes from the future, so of the latest ones the one that is furthest ahead is the truest.
 */
public final class ServerClock implements Interceptor {
    private static final int KEPT = 8;
    private static final Duration OLD = Duration.ofMinutes(10);
    /** A Date has whole seconds, the begun one left out. */
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final LongSupplier nanos;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** @param nanos what the monotonic clock showed when the server's showed this; only differences of it mean something */
    private record Sample(Instant time, long nanos) {
        Instant at(long now) {
            return time.plusNanos(now - nanos);
        }
    }

    /** @param nanos a monotonic clock, in nanoseconds */
    public ServerClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public void after(
            HttpRequest request, HttpResponse<?> response, AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer) {
        @Nullable String date = response.header("Date");
        if (date != null) {
            answered(date);
        }
    }

    /** Takes note of the Date of an answer that has just come. What is no date tells nothing. */
    public void answered(String date) {
        Instant said;
        try {
            said = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return;
        }
        long now = nanos.getAsLong();
        synchronized (samples) {
            samples.addLast(new Sample(said.plus(HALF_A_SECOND), now));
            samples.removeIf(sample -> now - sample.nanos() > OLD.toNanos());
            if (samples.size() > KEPT) {
                samples.removeFirst();
            }
        }
    }

    /** What time it is by the server's clock; empty: it has not told a time yet. */
    Optional<Instant> now() {
        synchronized (samples) {
            long now = nanos.getAsLong();
            return samples.stream().map(sample -> sample.at(now)).max(Comparator.naturalOrder());
        }
    }
}
