package dev.portcullis.operator.memory;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which objects belong to a key, found without a walk over all of them. Safe for use by several threads, as long as one at a time tells of an object. */
public final class Belonging {
    private final Map<String, Set<ResourceID>> ids = new ConcurrentHashMap<>();

    public void add(ResourceID id, String key) {
        ids.compute(key, (any, those) -> {
            Set<ResourceID> more = those == null ? ConcurrentHashMap.newKeySet(1) : those;
            more.add(id);
            return more;
        });
    }

    public void remove(ResourceID id, String key) {
        ids.computeIfPresent(key, (any, those) -> {
            those.remove(id);
            return those.isEmpty() ? null : those;
        });
    }

    /** Those that belong to it; it goes on changing with them. */
    public Set<ResourceID> to(String key) {
        return ids.getOrDefault(key, Set.of());
    }
}
