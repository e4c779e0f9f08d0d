package dev.portcullis.operator.world;

import dev.portcullis.operator.watch.Watched;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The labels of namespaces, by which policies choose ports. */
public final class NamespaceLabels implements AutoCloseable {
    /** As told last: only what differs from that is news. */
    private final Map<String, Map<String, String>> told = new ConcurrentHashMap<>();

    private final SharedIndexInformer<Namespace> namespaces;
    private final Runnable changed;

    /** @param changed called when the labels of a namespace have */
    public NamespaceLabels(KubernetesClient client, Runnable changed) {
        this.namespaces = client.namespaces().runnableInformer(0);
        this.changed = changed;
    }

    /** Returns when all namespaces are known: before, a policy would seem not to be about a port. */
    public void start() {
        namespaces.exceptionHandler((started, problem) -> true);
        namespaces.addEventHandler(new OnChange());
        namespaces.start().toCompletableFuture().join();
    }

    /** By what the informer holds itself: those whom it tells hear of it later, also after the start. Empty: no such namespace has been seen. */
    public Optional<Map<String, String>> of(String namespace) {
        return Optional.ofNullable(namespaces.getStore().getByKey(namespace)).map(NamespaceLabels::labels);
    }

    /** What looks after the watch. */
    public Watched watched() {
        return Watched.of(
                Namespace.class,
                id -> Optional.ofNullable(namespaces.getStore().getByKey(id.getName())),
                () -> namespaces.getStore().list().stream());
    }

    private static Map<String, String> labels(Namespace namespace) {
        Map<String, String> labels = namespace.getMetadata().getLabels();
        return labels == null ? Map.of() : Map.copyOf(labels);
    }

    @Override
    public void close() {
        namespaces.stop();
    }

    private void put(Namespace namespace) {
        Map<String, String> now = labels(namespace);
        if (!now.equals(told.put(namespace.getMetadata().getName(), now))) {
            changed.run();
        }
    }

    private final class OnChange implements ResourceEventHandler<Namespace> {
        @Override
        public void onAdd(Namespace namespace) {
            put(namespace);
        }

        @Override
        public void onUpdate(Namespace before, Namespace after) {
            put(after);
        }

        @Override
        public void onDelete(Namespace namespace, boolean finalStateUnknown) {
            told.remove(namespace.getMetadata().getName());
        }
    }
}
