package dev.portcullis.operator.world;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The primary cache of one kind's controller, and the way to have an object of that kind looked at again. */
public final class KindCache<T extends HasMetadata> {
    private final Class<T> kind;
    private final SimpleInboundEventSource<T> inbound;
    private volatile @Nullable IndexerResourceCache<T> cache;

    KindCache(Class<T> kind) {
        this.kind = kind;
        this.inbound = new SimpleInboundEventSource<>("look-again");
    }

    /** Called once by the kind's reconciler, before its controller starts. */
    public List<EventSource<?, T>> connect(EventSourceContext<T> context) {
        IndexerResourceCache<T> primary = context.getPrimaryCache();
        primary.addIndexers(Indexes.of(kind));
        cache = primary;
        return List.of(inbound);
    }

    Optional<T> get(ResourceID id) {
        return connected().get(id);
    }

    List<T> byIndex(String index, String key) {
        return connected().byIndex(index, key);
    }

    /** Has the object looked at again. */
    public void lookAgain(T object) {
        lookAgain(ResourceID.fromResource(object));
    }

    public void lookAgain(ResourceID id) {
        inbound.propagateEvent(id);
    }

    private IndexerResourceCache<T> connected() {
        IndexerResourceCache<T> connected = cache;
        if (connected == null) {
            throw new IllegalStateException("the controller of " + kind.getSimpleName() + " has not started");
        }
        return connected;
    }
}
