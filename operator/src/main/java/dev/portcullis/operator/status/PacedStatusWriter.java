package dev.portcullis.operator.status;

import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.Optional;

/** Writes statuses with counts in them: at once, and then not again for a second; what came meanwhile is written after that. */
public final class PacedStatusWriter {
    private final Debounce debounce = new Debounce(Duration.ofSeconds(1));

    /** Writes now, or has the object looked at again when it may be written. Arguments as of {@link StatusWriter#write}. */
    public <S, T extends CustomResource<?, S>> UpdateControl<T> write(T read, S status, T fresh, Context<T> context) {
        String uid = read.getMetadata().getUid();
        Optional<Duration> wait = debounce.wait(uid).filter(left -> !status.equals(read.getStatus()));
        if (wait.isPresent()) {
            return UpdateControl.<T>noUpdate().rescheduleAfter(wait.get().toMillis() + 1);
        }
        if (StatusWriter.write(read, status, fresh, context)) {
            debounce.written(uid);
        }
        return UpdateControl.noUpdate();
    }

    public void forget(String uid) {
        debounce.forget(uid);
    }
}
