package dev.portcullis.operator.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;

/**
 * That an object was made, changed or deleted, and nothing of what is in it.
 *
 * @param revision the object's resourceVersion, or that of its deletion
 * @param isGone whether it is not there any more
 */
record Change(ResourceID id, String uid, String revision, boolean isGone) {

    /** Whether what is kept under the object's name is as new as this, or newer. Revisions that are no numbers cannot be compared: they count as new. */
    boolean isShownBy(Optional<? extends HasMetadata> kept) {
        if (kept.isEmpty()) {
            return isGone;
        }
        if (isGone) {
            return !uid.equals(kept.get().getMetadata().getUid());
        }
        return !Revision.isOlder(kept.get().getMetadata().getResourceVersion(), revision);
    }
}
