package dev.portcullis.operator.world;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The primary cache of one kind's controller, and the way to have an object of that kind looked at again.
 *
 * <p>What belongs to a key is found by a walk over the objects, not by the indexes of the informer: those take an object out for a moment whenever it
 * changes, and what is out of sight for a moment would be revoked for a moment.
 */
public final class KindCache<T extends HasMetadata> {
    private final Class<T> kind;
    private final Map<String, Function<T, List<String>>> indexes;
    private final SimpleInboundEventSource<T> inbound;
    private volatile @Nullable IndexerResourceCache<T> cache;

    KindCache(Class<T> kind) {
        this.kind = kind;
        this.indexes = Indexes.of(kind);
        this.inbound = new SimpleInboundEventSource<>("look-again");
    }

    /** Called once by the kind's reconciler, before its controller starts. */
    public List<EventSource<?, T>> connect(EventSourceContext<T> context) {
        IndexerResourceCache<T> primary = context.getPrimaryCache();
        cache = primary;
        return List.of(inbound);
    }

    Optional<T> get(ResourceID id) {
        return connected().get(id);
    }

    List<T> byIndex(String index, String key) {
        Function<T, List<String>> keys = indexes.get(index);
        if (keys == null) {
            throw new IllegalArgumentException(kind.getSimpleName() + " has no index " + index);
        }
        return connected().list(object -> keys.apply(object).contains(key)).toList();
    }

    Stream<T> all() {
        return connected().list();
    }

    /** The object that has this one's name now: after a deletion perhaps another one. */
    public Optional<T> current(T object) {
        return get(ResourceID.fromResource(object));
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
