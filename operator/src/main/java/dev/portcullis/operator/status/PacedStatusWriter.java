package dev.portcullis.operator.status;

import dev.portcullis.api.Condition;
import dev.portcullis.api.Conditioned;
import dev.portcullis.engine.status.ClocksApartCondition;
import dev.portcullis.operator.report.EventRecorder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes statuses with counts in them: at once, and then not again for a second; what came meanwhile is written after that. Where counts go on changing they
 * wait longer each time, up to half a minute, and nothing else does. When a write makes an object ready or unready, there is an Event.
 */
public final class PacedStatusWriter {
    /** Conditions that people should hear of when they come, besides readiness. */
    private static final Set<String> WARNINGS = Set.of(
            "ObjectWidened",
            "MayNotRead",
            "RowFilterUnusable",
            "SchemaExposed",
            "RemovalHeld",
            "ForeignGrant",
            "SessionsMayRemain",
            "OtherInstallations",
            ClocksApartCondition.TYPE);

    private final EventRecorder events;
    private final Debounce debounce;

    public PacedStatusWriter(EventRecorder events) {
        this(events, new Debounce(Duration.ofSeconds(1), Duration.ofSeconds(30), System::nanoTime));
    }

    PacedStatusWriter(EventRecorder events, Debounce debounce) {
        this.events = events;
        this.debounce = debounce;
    }

    /**
     * Writes now, or has the object looked at again when it may be written. Arguments as of {@link StatusWriter#write}.
     *
     * @param news what of a status does not wait with the counts, besides its conditions
     */
    public <S extends Conditioned, T extends CustomResource<?, S>> UpdateControl<T> write(
            T read, S status, T fresh, Context<T> context, Function<S, ?> news) {
        String uid = read.getMetadata().getUid();
        @Nullable S before = read.getStatus();
        boolean counts = before != null
                && status.conditions().equals(before.conditions())
                && news.apply(status).equals(news.apply(before));
        Optional<Duration> wait =
                (counts ? debounce.waitOfCounts(uid) : debounce.waitOfNews(uid)).filter(left -> !status.equals(before));
        if (wait.isPresent()) {
            return UpdateControl.<T>noUpdate().rescheduleAfter(wait.get().toMillis() + 1);
        }
        writeAtOnce(read, status, fresh, context);
        return UpdateControl.noUpdate();
    }

    /** Writes now, whenever the last write was: what others wait for. Gives the object as written; empty when there was nothing to write. */
    public <S extends Conditioned, T extends CustomResource<?, S>> Optional<T> writeAtOnce(
            T read, S status, T fresh, Context<T> context) {
        @Nullable S before = read.getStatus();
        Optional<T> written = StatusWriter.write(read, status, fresh, context);
        if (written.isPresent()) {
            debounce.written(read.getMetadata().getUid());
            List<Condition> said = before == null ? List.of() : before.conditions();
            events.readinessChanged(read, said, status.conditions());
            events.warn(read, said, status.conditions(), WARNINGS);
        }
        return written;
    }

    /** Whether anything is counted. What is in use is kept from deletion by what its status counts, so the first use and the end of the last are news. */
    public static boolean isAny(@Nullable Integer... counts) {
        return Arrays.stream(counts).anyMatch(count -> count != null && count > 0);
    }

    public void forget(String uid) {
        debounce.forget(uid);
    }
}
