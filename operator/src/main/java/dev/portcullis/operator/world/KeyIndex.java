package dev.portcullis.operator.world;

import dev.portcullis.operator.memory.Belonging;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Which objects of a kind have a key, found without a walk over all of them.
 *
 * <p>It only says where to look. What is given is what the cache holds at that moment, if it has the key; the keys that an object came by are added before those
 * that it lost are taken away. So an object that has a key before and after a change is never out of sight, and one whose change has not been told here is judged
 * as it is. What is new in the cache is found once it is told, which is before anybody is asked to look at it.
 */
final class KeyIndex<T extends HasMetadata> {
    private final Function<T, List<String>> keys;
    private final Belonging ids = new Belonging();
    private final Map<ResourceID, Told<T>> told = new ConcurrentHashMap<>();

    KeyIndex(Function<T, List<String>> keys) {
        this.keys = keys;
    }

    /** An object as it was told, with the keys it has. */
    private record Told<T>(T object, Set<String> keys) {}

    /**
     * To be called whenever what the cache holds under this name has changed.
     *
     * @param cache what it holds now; of two calls the later one must not see an earlier state, so it is asked in here
     */
    synchronized void tell(ResourceID id, Function<ResourceID, Optional<T>> cache) {
        Optional<T> now = cache.apply(id);
        Optional<Told<T>> before = Optional.ofNullable(told.get(id));
        if (now.isPresent() && before.isPresent() && isSame(before.get().object(), now.get())) {
            return;
        }
        Set<String> had = before.map(Told::keys).orElse(Set.of());
        Set<String> has = now.map(object -> Set.copyOf(keys.apply(object))).orElse(Set.of());
        has.stream().filter(key -> !had.contains(key)).forEach(key -> ids.add(id, key));
        now.ifPresentOrElse(object -> told.put(id, new Told<>(object, has)), () -> told.remove(id));
        had.stream().filter(key -> !has.contains(key)).forEach(key -> ids.remove(id, key));
    }

    /** The objects that have a key. */
    List<T> get(String key, Function<ResourceID, Optional<T>> cache) {
        return ids.to(key).stream()
                .flatMap(id -> cache.apply(id).filter(object -> has(id, object, key)).stream())
                .toList();
    }

    private boolean has(ResourceID id, T object, String key) {
        Told<T> as = told.get(id);
        // to ask a team of thousands for all its keys would be the walk that this is here to spare
        if (as != null && isSame(as.object(), object)) {
            return as.keys().contains(key);
        }
        return keys.apply(object).contains(key);
    }

    @SuppressWarnings(
            "ReferenceEquality") // objects in caches are replaced, never changed; comparing all of one takes longer
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
