package dev.portcullis.operator.product;

import dev.portcullis.api.AgreementCounts;
import dev.portcullis.api.Condition;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.product.DataProductStatus;
import dev.portcullis.engine.readiness.ProductReadiness;
import dev.portcullis.engine.readiness.Readiness;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.engine.team.TeamResolver;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.operator.status.PacedStatusWriter;
import dev.portcullis.operator.status.SpecChanges;
import dev.portcullis.operator.world.Caches;
import dev.portcullis.operator.world.Consequences;
import dev.portcullis.operator.world.Counts;
import dev.portcullis.operator.world.Gate;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Tells of a data product whether its team is known and how many agreements use it; has its ports looked at again when it changes. */
@ControllerConfiguration(
        name = "dataproducts",
        generationAwareEventProcessing = false,
        triggerReconcilerOnAllEvents = true)
public final class DataProductReconciler implements Reconciler<DataProduct> {
    private final Caches caches;
    private final Consequences consequences;
    private final Counts counts;
    private final Gate gate;
    private final Clock clock;
    private final ProductReadiness readiness;
    private final SpecChanges changes = new SpecChanges();
    private final PacedStatusWriter writer;

    public DataProductReconciler(
            Caches caches, Consequences consequences, Counts counts, Gate gate, Clock clock, EventRecorder events) {
        this.caches = caches;
        this.consequences = consequences;
        this.counts = counts;
        this.gate = gate;
        this.clock = clock;
        this.readiness = new ProductReadiness(new TeamResolver(caches));
        this.writer = new PacedStatusWriter(events);
    }

    @Override
    public List<EventSource<?, DataProduct>> prepareEventSources(EventSourceContext<DataProduct> context) {
        return caches.products().connect(context);
    }

    @Override
    public UpdateControl<DataProduct> reconcile(DataProduct product, Context<DataProduct> context)
            throws InterruptedException {
        gate.await();
        return caches.products().reconcile(product, context, this::gone, one -> reconcilePresent(one, context));
    }

    private void gone(DataProduct product) {
        changes.forget(product);
        writer.forget(product.getMetadata().getUid());
        consequences.ofProduct(product);
    }

    private UpdateControl<DataProduct> reconcilePresent(DataProduct product, Context<DataProduct> context) {
        changes.ifNew(product, () -> consequences.ofProduct(product));
        return writer.write(product, status(product), new DataProduct(), context, DataProductReconciler::news);
    }

    private static boolean news(DataProductStatus status) {
        AgreementCounts counts = status.agreements();
        return counts != null && PacedStatusWriter.isAny(counts.approved(), counts.active());
    }

    private DataProductStatus status(DataProduct product) {
        List<Condition> before = Optional.ofNullable(product.getStatus())
                .map(DataProductStatus::conditions)
                .orElse(List.of());
        Long generation = product.getMetadata().getGeneration();
        Conditions conditions = new Conditions(before, generation, clock.instant());
        Readiness said = readiness.of(product);
        conditions.add("Ready", said.isReady(), said.reason(), said.message());
        AgreementCounts agreements = counts.ofProduct(product);
        return new DataProductStatus(generation, agreements, conditions.build());
    }
}
