package dev.portcullis.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.Set;

/** One controller for each kind, of the framework: how they see objects, try again, and end. */
final class Controllers {
    private static final Duration TERMINATION = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(20);
    /** How many objects come with one answer at the start: the text of all of them together would need as much memory as they do. */
    private static final long PAGE = 500;

    private final Operator operator;

    /** @param client used for everything; closed by whoever made it */
    Controllers(KubernetesClient client) {
        operator = new Operator(configuration -> configuration
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withResourceCloner(new NoCopies())
                .withUseSSAToPatchPrimaryResource(true)
                .withReconciliationTerminationTimeout(TERMINATION));
    }

    /** A kind whose objects are looked at wherever they are. */
    <T extends HasMetadata> void register(Reconciler<T> reconciler) {
        register(Set.of(), reconciler);
    }

    /** @param namespaces whose objects it reconciles; none: all, or those that are in no namespace */
    <T extends HasMetadata> void register(Set<String> namespaces, Reconciler<T> reconciler) {
        operator.register(reconciler, configuration -> {
            configuration.withRetry(new GenericRetry()
                    .withoutMaxAttempts()
                    .setInitialInterval(FIRST_RETRY)
                    .setIntervalMultiplier(2)
                    .setMaxInterval(LONGEST_RETRY.toMillis()));
            configuration.withInformerListLimit(PAGE);
            if (!namespaces.isEmpty()) {
                configuration.settingNamespaces(namespaces);
            }
        });
    }

    /** Returns when every cache has seen everything. */
    void start() {
        operator.start();
    }

    void stop() {
        operator.stop();
    }

    /** Whether all watches are open, as they say themselves. */
    boolean areWatchesOpen() {
        return operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }
}
