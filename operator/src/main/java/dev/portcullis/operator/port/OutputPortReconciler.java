package dev.portcullis.operator.port;

import dev.portcullis.api.AgreementCounts;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.OutputPortStatus;
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
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.Arrays;
import java.util.List;

/** Tells of a port whether it can be asked for; when it changes, its agreements are looked at again and the grant loop compares it. */
@ControllerConfiguration(
        name = "outputports",
        generationAwareEventProcessing = false,
        triggerReconcilerOnAllEvents = true)
public final class OutputPortReconciler implements Reconciler<OutputPort> {
    private final Caches caches;
    private final Consequences consequences;
    private final Gate gate;
    private final GrantLoops loops;
    private final OutputPortStatusFactory statuses;
    private final SpecChanges changes = new SpecChanges();
    private final PacedStatusWriter writer;

    public OutputPortReconciler(
            Caches caches,
            Consequences consequences,
            Gate gate,
            GrantLoops loops,
            OutputPortStatusFactory statuses,
            EventRecorder events) {
        this.caches = caches;
        this.consequences = consequences;
        this.gate = gate;
        this.loops = loops;
        this.statuses = statuses;
        this.writer = new PacedStatusWriter(events);
    }

    @Override
    public List<EventSource<?, OutputPort>> prepareEventSources(EventSourceContext<OutputPort> context) {
        return caches.ports().connect(context);
    }

    @Override
    public UpdateControl<OutputPort> reconcile(OutputPort port, Context<OutputPort> context)
            throws InterruptedException {
        gate.await();
        return caches.ports().reconcile(port, context, this::gone, one -> reconcilePresent(one, context));
    }

    private void gone(OutputPort port) {
        changed(port);
        consequences.onCounts(port);
        changes.forget(port);
        writer.forget(port.getMetadata().getUid());
    }

    private void changed(OutputPort port) {
        consequences.ofPort(port);
        loops.mark(port.getSpec().platform(), port.getMetadata().getUid());
        caches.platforms().lookAgain(new ResourceID(port.getSpec().platform()));
    }

    private UpdateControl<OutputPort> reconcilePresent(OutputPort port, Context<OutputPort> context) {
        changes.ifNew(port, () -> changed(port));
        return writer.write(port, statuses.status(port), new OutputPort(), context, OutputPortReconciler::news);
    }

    private static List<?> news(OutputPortStatus status) {
        AgreementCounts counts = status.agreements();
        return Arrays.asList(
                status.offered(), counts != null && PacedStatusWriter.isAny(counts.approved(), counts.active()));
    }
}
