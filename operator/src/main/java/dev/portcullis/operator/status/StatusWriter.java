package dev.portcullis.operator.status;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes a status by server-side apply, when it differs from the one that was read. What was read must still be what is there: UID and
 * resource version go along, so that a status made from an older state, or for an earlier object of the same name, is refused by the API
 * server. The reconciler is then called again.
 */
public final class StatusWriter {
    static final String FIELD_MANAGER = "portcullis";

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withForce(true)
            .build();

    private static final PatchContext JSON_PATCH = PatchContext.of(PatchType.JSON);

    private StatusWriter() {}

    /**
     * Takes a whole status away that somebody else wrote, so that the next look writes ours. Applying ours over it would leave all of it that ours does not
     * have.
     */
    public static <T extends CustomResource<?, ?>> void discard(T read, Context<T> context) {
        context.getClient().resource(read).subresource("status").patch(JSON_PATCH, """
                        [{"op": "test", "path": "/metadata/uid", "value": "%s"},
                         {"op": "test", "path": "/metadata/resourceVersion", "value": "%s"},
                         {"op": "remove", "path": "/status"}]
                        """.formatted(
                        read.getMetadata().getUid(), read.getMetadata().getResourceVersion()));
    }

    /**
     * @param read the object as it was read
     * @param status the status it should have
     * @param fresh an empty object of the kind
     * @return the object as the API server gave it back; empty when there was nothing to write
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
        T written = context.getClient().resource(fresh).subresource("status").patch(APPLY);
        // the next look must see what was just written, also when the watch is slower
        context.eventSourceRetriever()
                .getControllerEventSource()
                .handleRecentResourceUpdate(ResourceID.fromResource(read), written, read);
        return Optional.of(written);
    }
}
