package dev.portcullis.operator.status;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes a status when it differs from the one that was read, as a whole: whatever else stood there is gone. What was read must still be what is there: UID and
 * resource version go along, so that a status made from an older state, or for an earlier object of the same name, is refused by the API
 * server, as is one for an object that is not there any more. The reconciler is then called again, if there is something to call it for.
 *
 * <p>By PUT: server-side apply, which nobody needs where all of a status has one writer, takes the API server a fifth more CPU (docs/benchmarks.md).
 */
public final class StatusWriter {
    private StatusWriter() {}

    /**
     * @param read the object as it was read
     * @param status the status it should have
     * @param fresh an empty object of the kind
     * @return the object as the API server gave it back; empty when there was nothing to write
     * @throws GoneMeanwhile if the object is not there any more
     */
    public static <S, T extends CustomResource<?, S>> Optional<T> write(T read, S status, T fresh, Context<T> context) {
        if (Objects.equals(read.getStatus(), status)) {
            return Optional.empty();
        }
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(read.getMetadata().getName())
                .withNamespace(read.getMetadata().getNamespace())
                .withUid(read.getMetadata().getUid())
                .withResourceVersion(read.getMetadata().getResourceVersion())
                .build());
        fresh.setStatus(status);
        T written = GoneMeanwhile.notFoundBy(
                () -> context.getClient().resource(fresh).subresource("status").update());
        // the next look must see what was just written, also when the watch is slower
        context.eventSourceRetriever()
                .getControllerEventSource()
                .handleRecentResourceUpdate(ResourceID.fromResource(read), written, read);
        return Optional.of(written);
    }
}
