package dev.portcullis.operator.platform;

import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.DataPlatformStatus;
import dev.portcullis.operator.grant.GrantLoops;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.operator.status.PacedStatusWriter;
import dev.portcullis.operator.status.SpecChanges;
import dev.portcullis.operator.world.Caches;
import dev.portcullis.operator.world.Consequences;
import dev.portcullis.operator.world.Gate;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Runs the grant loop of a platform and tells what it found. */
@ControllerConfiguration(
        name = "dataplatforms",
        generationAwareEventProcessing = false,
        triggerReconcilerOnAllEvents = true)
public final class DataPlatformReconciler implements Reconciler<DataPlatform> {
    private final Caches caches;
    private final Consequences consequences;
    private final Gate gate;
    private final GrantLoops loops;
    private final DataPlatformStatusFactory statuses;
    private final SpecChanges changes = new SpecChanges();
    private final PacedStatusWriter writer;

    public DataPlatformReconciler(
            Caches caches,
            Consequences consequences,
            Gate gate,
            GrantLoops loops,
            DataPlatformStatusFactory statuses,
            EventRecorder events) {
        this.caches = caches;
        this.consequences = consequences;
        this.gate = gate;
        this.loops = loops;
        this.statuses = statuses;
        this.writer = new PacedStatusWriter(events);
    }

    @Override
    public List<EventSource<?, DataPlatform>> prepareEventSources(EventSourceContext<DataPlatform> context) {
        return caches.platforms().connect(context);
    }

    @Override
    public UpdateControl<DataPlatform> reconcile(DataPlatform platform, Context<DataPlatform> context)
            throws InterruptedException {
        gate.await();
        return caches.platforms().reconcile(platform, context, this::gone, one -> reconcilePresent(one, context));
    }

    private void gone(DataPlatform platform) {
        String uid = platform.getMetadata().getUid();
        loops.end(platform.getMetadata().getName());
        statuses.forget(uid);
        changes.forget(platform);
        writer.forget(uid);
        consequences.ofPlatform(platform);
    }

    private UpdateControl<DataPlatform> reconcilePresent(DataPlatform platform, Context<DataPlatform> context) {
        loops.run(platform);
        changes.ifNew(platform, () -> consequences.ofPlatform(platform));
        DataPlatformStatus status = statuses.status(platform);
        if (isOtherServer(platform, status)) {
            // nothing is granted or revoked before that is on record
            writer.writeAtOnce(platform, status, new DataPlatform(), context).ifPresent(loops::run);
            return UpdateControl.noUpdate();
        }
        return writer.write(
                platform,
                status,
                new DataPlatform(),
                context,
                counted -> PacedStatusWriter.isAny(counted.ports(), counted.entitlements()));
    }

    private static boolean isOtherServer(DataPlatform read, DataPlatformStatus status) {
        return !Objects.equals(
                Optional.ofNullable(read.getStatus())
                        .map(DataPlatformStatus::server)
                        .orElse(null),
                status.server());
    }
}
