package dev.portcullis.operator.status;

import dev.portcullis.api.Condition;
import dev.portcullis.api.Conditioned;
import dev.portcullis.engine.status.ClocksApartCondition;
import dev.portcullis.operator.report.EventRecorder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes statuses with counts in them: at once, and then not again for a second; what came meanwhile is written after that. When a write makes an object
 * ready or unready, there is an Event.
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
    private final Debounce debounce = new Debounce(Duration.ofSeconds(1));

    public PacedStatusWriter(EventRecorder events) {
        this.events = events;
    }

    /** Writes now, or has the object looked at again when it may be written. Arguments as of {@link StatusWriter#write}. */
    public <S extends Conditioned, T extends CustomResource<?, S>> UpdateControl<T> write(
            T read, S status, T fresh, Context<T> context) {
        String uid = read.getMetadata().getUid();
        Optional<Duration> wait = debounce.wait(uid).filter(left -> !status.equals(read.getStatus()));
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

    public void forget(String uid) {
        debounce.forget(uid);
    }
}
