package dev.portcullis.operator.given;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A cache of one kind that shows what was put into it, like an informer's that has just caught up. */
public final class MemoryCache<T extends HasMetadata> implements IndexerResourceCache<T> {
    private final Map<ResourceID, T> objects = new ConcurrentHashMap<>();
    private final Map<ResourceID, T> writtenButNotWatched = new ConcurrentHashMap<>();
    private final List<ResourceEventAware<T>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Function<T, List<String>>> indexers = new ConcurrentHashMap<>();

    /** Tells somebody of every change, like the framework. */
    void tell(ResourceEventAware<T> listener) {
        listeners.add(listener);
    }

    public T put(T object) {
        T before = objects.put(ResourceID.fromResource(object), object);
        writtenButNotWatched.remove(ResourceID.fromResource(object));
        listeners.forEach(listener -> listener.onResourceUpdated(object, before == null ? object : before));
        return object;
    }

    /** As the framework keeps what was just written: found by its name, not yet by an index. */
    public void putWritten(T object) {
        writtenButNotWatched.put(ResourceID.fromResource(object), object);
    }

    public void remove(T object) {
        objects.remove(ResourceID.fromResource(object));
        writtenButNotWatched.remove(ResourceID.fromResource(object));
        listeners.forEach(listener -> listener.onResourceDeleted(object));
    }

    @Override
    public void addIndexers(Map<String, Function<T, List<String>>> more) {
        indexers.putAll(more);
    }

    @Override
    public List<T> byIndex(String name, String key) {
        Function<T, List<String>> index = Optional.ofNullable(indexers.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no index " + name));
        return objects.values().stream()
                .filter(object -> index.apply(object).contains(key))
                .toList();
    }

    @Override
    public Optional<T> get(ResourceID id) {
        return Optional.ofNullable(writtenButNotWatched.getOrDefault(id, objects.get(id)));
    }

    @Override
    public Stream<ResourceID> keys() {
        return objects.keySet().stream();
    }

    @Override
    public Stream<T> list(Predicate<T> predicate) {
        return objects.values().stream().filter(predicate);
    }

    @Override
    public Stream<T> list(String namespace, Predicate<T> predicate) {
        return list(predicate)
                .filter(object -> namespace.equals(object.getMetadata().getNamespace()));
    }
}
