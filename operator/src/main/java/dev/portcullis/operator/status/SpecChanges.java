package dev.portcullis.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells whether a spec is another one than at the last look: what depends on it is looked at again only then, and not for every written status. */
public final class SpecChanges {
    private final Map<String, Long> generations = new ConcurrentHashMap<>();

    /** True at the first look after a start, too: what happened before is not known. */
    public boolean isNew(HasMetadata object) {
        Long generation = object.getMetadata().getGeneration();
        return !generation.equals(generations.put(object.getMetadata().getUid(), generation));
    }

    public void forget(HasMetadata object) {
        generations.remove(object.getMetadata().getUid());
    }
}
