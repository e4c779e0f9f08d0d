package dev.portcullis.operator.external;

import dev.portcullis.api.grant.AccessGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Hears when a grant controller has answered, so that nobody waits for the next look. Nothing depends on it: what it misses is found by the loop of the
 * platform.
 */
public final class AccessGrantWatch implements AutoCloseable {
    private final SharedIndexInformer<AccessGrant> grants;
    private final BiConsumer<String, String> answered;

    /** @param answered called with the platform's name and the port's UID */
    public AccessGrantWatch(KubernetesClient client, BiConsumer<String, String> answered) {
        this.grants = client.resources(AccessGrant.class).inAnyNamespace().runnableInformer(0);
        this.answered = answered;
    }

    /** Starts watching, and does not wait for the first answer: an API server without this kind is no reason to grant nothing elsewhere. */
    public void start() {
        grants.exceptionHandler((started, problem) -> true);
        grants.addEventHandler(new OnAnswer());
        grants.start();
    }

    boolean hasSynced() {
        return grants.hasSynced();
    }

    @Override
    public void close() {
        grants.stop();
    }

    private void tell(AccessGrant grant) {
        answered.accept(grant.getSpec().platform(), grant.getSpec().outputPort().uid());
    }

    private final class OnAnswer implements ResourceEventHandler<AccessGrant> {
        @Override
        public void onAdd(AccessGrant grant) {
            // the operator wrote it, or has just started and looks at everything
        }

        @Override
        public void onUpdate(AccessGrant before, AccessGrant after) {
            boolean same = Objects.equals(before.getStatus(), after.getStatus())
                    && Objects.equals(
                            before.getMetadata().getDeletionTimestamp(),
                            after.getMetadata().getDeletionTimestamp());
            if (!same) {
                tell(after);
            }
        }

        @Override
        public void onDelete(AccessGrant grant, boolean finalStateUnknown) {
            tell(grant);
        }
    }
}
