package dev.portcullis.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells whether a spec is another one than at the last look: what depends on it is looked at again only then, and not for every written status. */
public final class SpecChanges {
    private final Map<String, Long> generations = new ConcurrentHashMap<>();

    /**
     * Does what a new spec asks for. At the first look after a start, too: what happened before is not known. When it fails it is done again at the next
     * look.
     */
    public void ifNew(HasMetadata object, Runnable consequences) {
        String uid = object.getMetadata().getUid();
        Long generation = object.getMetadata().getGeneration();
        if (!generation.equals(generations.get(uid))) {
            consequences.run();
            generations.put(uid, generation);
        }
    }

    public void forget(HasMetadata object) {
        generations.remove(object.getMetadata().getUid());
    }
}
