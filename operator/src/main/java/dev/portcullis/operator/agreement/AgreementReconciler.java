package dev.portcullis.operator.agreement;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.Assessment;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.operator.grant.Asks;
import dev.portcullis.operator.grant.GrantLoops;
import dev.portcullis.operator.grant.GrantReports;
import dev.portcullis.operator.policy.PoliciesThere;
import dev.portcullis.operator.report.AuditLog;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.operator.status.StatusWriter;
import dev.portcullis.operator.text.TextStore;
import dev.portcullis.operator.world.Caches;
import dev.portcullis.operator.world.Consequences;
import dev.portcullis.operator.world.Gate;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes an agreement's status what the engine finds it should be, and tells the grant loop when what it asks for is not what the loop last
 * took it to ask. The order is: finalizer, then the decision on record, then the grant.
 */
@ControllerConfiguration(
        name = "agreements",
        generationAwareEventProcessing = false,
        triggerReconcilerOnAllEvents = true)
public final class AgreementReconciler implements Reconciler<DataUsageAgreement> {
    /** Timers of months would outlive many restarts; a look now and then costs nothing. */
    private static final Duration LONGEST_SLEEP = Duration.ofHours(1);
    /** The event of what is not seen yet wakes sooner. */
    private static final Duration UNSEEN_AGAIN = Duration.ofSeconds(10);

    private final Caches caches;
    private final Consequences consequences;
    private final Gate gate;
    private final AgreementEngine engine;
    private final Supplier<Guard> guard;
    private final Asks asks;
    private final GrantLoops loops;
    private final GrantReports reports;
    private final OwnStatuses statuses;
    private final EventRecorder events;
    private final PoliciesThere policies;
    private final UnlistedUsers unlisted = new UnlistedUsers();
    private final TextStore texts;
    private final Supplier<Clocks> clocks;
    private final Release release;
    private final News news;

    public AgreementReconciler(
            Caches caches,
            Consequences consequences,
            Gate gate,
            AgreementEngine engine,
            Supplier<Guard> guard,
            Asks asks,
            GrantLoops loops,
            GrantReports reports,
            OwnStatuses statuses,
            EventRecorder events,
            PoliciesThere policies,
            TextStore texts,
            Supplier<Clocks> clocks) {
        this.caches = caches;
        this.consequences = consequences;
        this.gate = gate;
        this.engine = engine;
        this.guard = guard;
        this.asks = asks;
        this.loops = loops;
        this.reports = reports;
        this.statuses = statuses;
        this.events = events;
        this.policies = policies;
        this.texts = texts;
        this.clocks = clocks;
        this.release = new Release(caches, asks, guard);
        this.news = new News(consequences, events);
    }

    @Override
    public List<EventSource<?, DataUsageAgreement>> prepareEventSources(
            EventSourceContext<DataUsageAgreement> context) {
        return caches.agreements().connect(context);
    }

    @Override
    public UpdateControl<DataUsageAgreement> reconcile(
            DataUsageAgreement agreement, Context<DataUsageAgreement> context) throws InterruptedException {
        gate.await();
        return caches.agreements().reconcile(agreement, context, this::gone, one -> reconcilePresent(one, context));
    }

    private UpdateControl<DataUsageAgreement> reconcilePresent(
            DataUsageAgreement read, Context<DataUsageAgreement> context) {
        Clocks time = clocks.get();
        Instant now = time.operator();
        tellOfUnanswered(read);
        DataUsageAgreement agreement = statuses.trusted(read);
        Optional<GrantReport> report = reports.find(agreement.getMetadata().getUid());
        if (release.isDue(agreement, report)) {
            List<Problem> notes = report.filter(said -> said.basis() instanceof Access.NotWanted)
                    .map(GrantReport::notes)
                    .orElse(List.of());
            news.released(agreement, notes, now);
            Finalizer.remove(agreement, context.getClient());
            if (!notes.isEmpty()) {
                asks.platformOf(agreement)
                        .flatMap(caches::platform)
                        .ifPresent(platform -> events.sessionsMayRemain(platform, agreement, notes));
            }
            return UpdateControl.noUpdate();
        }
        if (release.isOrphaned(agreement)) {
            news.orphaned(agreement, now);
            Finalizer.remove(agreement, context.getClient());
            return UpdateControl.noUpdate();
        }
        PoliciesThere.Seen seen = policies.seen(agreement);
        var restored = RestoredDecisions.seen(agreement, caches);
        Assessment assessment = kept(agreement, engine.assess(agreement, guard.get(), report, time), report, time);
        if (!policies.allow(agreement, assessment.status(), seen)
                || !RestoredDecisions.allow(agreement, assessment.status(), restored, context.getClient())
                || !unlisted.allow(agreement, assessment.status(), context.getClient())) {
            return UpdateControl.<DataUsageAgreement>noUpdate().rescheduleAfter(UNSEEN_AGAIN.toMillis());
        }
        boolean isForeign = statuses.isForeign(read);
        if (isForeign) {
            OwnStatuses.Fate fate = statuses.meet(read, assessment.status(), now);
            if (fate instanceof OwnStatuses.Fate.Kept kept) {
                AuditLog.kept(read, now);
                news.tell(read, kept.untold().before(), Objects.requireNonNull(read.getStatus()));
                return reconcilePresent(read, context);
            }
            if (fate instanceof OwnStatuses.Fate.PutBackLater later) {
                tellTheLoop(agreement, report, time);
                return UpdateControl.<DataUsageAgreement>noUpdate()
                        .rescheduleAfter(later.after().toMillis() + 1);
            }
            AuditLog.discarded(read, now);
        }
        if (Finalizer.isDue(agreement, assessment.status())) {
            // the event of this write brings us back, and then the decision is recorded
            Finalizer.add(agreement, context.getClient());
            return UpdateControl.noUpdate();
        }
        statuses.writes(read, assessment.status());
        // before the status is written, which may take minutes or fail: what is not wanted any more goes
        tellTheLoop(agreement, report, time);
        // ours takes the place of whatever stands there
        write(read, agreement.getStatus(), assessment.status(), context);
        if (isForeign) {
            statuses.putBack(read, now);
        }
        return wakeAt(assessment.wakeAt(), now);
    }

    /** What a status names is there before the status is: a process may end in between. */
    private Assessment kept(
            DataUsageAgreement agreement, Assessment assessment, Optional<GrantReport> report, Clocks time) {
        return texts.keep(agreement.getSpec().provider().namespace(), assessment.texts())
                .map(why -> engine.withhold(agreement, why, guard.get(), report, time))
                .orElse(assessment);
    }

    private void write(
            DataUsageAgreement agreement,
            @Nullable DataUsageAgreementStatus before,
            DataUsageAgreementStatus status,
            Context<DataUsageAgreement> context) {
        Optional<DataUsageAgreement> written = StatusWriter.write(agreement, status, new DataUsageAgreement(), context);
        if (written.isPresent()) {
            statuses.wrote(written.get());
            news.tell(agreement, before, status);
            if (Release.wasApproved(written.get()) && !Release.wasApproved(agreement)) {
                asks.platformOf(written.get()).ifPresent(loops::follow);
            }
        }
    }

    /** What was taken although no answer came is told when it is read. */
    private void tellOfUnanswered(DataUsageAgreement read) {
        statuses.unanswered(read).ifPresent(unanswered -> {
            statuses.wrote(read);
            news.tell(read, unanswered.before(), Objects.requireNonNull(read.getStatus()));
        });
    }

    /** By the status that was read, not by the one that is about to be written, which comes back as an event of its own; but what was found takes away at once. */
    private void tellTheLoop(DataUsageAgreement agreement, Optional<GrantReport> report, Clocks time) {
        if (!Release.wasApproved(agreement)) {
            return;
        }
        Access access = asks.access(agreement, time);
        if (report.filter(read -> read.basis().equals(access)).isEmpty()) {
            // what was found for another question must not answer this one when it is asked again
            reports.remove(agreement.getMetadata().getUid());
            mark(agreement, access instanceof Access.Wanted && report.isEmpty() && !hasSomething(agreement));
        }
    }

    private static boolean hasSomething(DataUsageAgreement agreement) {
        return Optional.ofNullable(agreement.getStatus())
                .map(DataUsageAgreementStatus::provisioning)
                .filter(provisioning -> !provisioning.principals().isEmpty())
                .isPresent();
    }

    /** It is gone, by whatever way: what it alone explained must go too. */
    private void gone(DataUsageAgreement agreement) {
        tellOfUnanswered(agreement);
        // what was shown last may say less, or something else
        mark(statuses.trusted(agreement), false);
        mark(agreement, false);
        statuses.forget(agreement);
        reports.remove(agreement.getMetadata().getUid());
        news.forget(agreement);
        consequences.ofAgreementCounts(agreement);
        // those that waited for it wait for another one of its name now
        consequences.onDecisions(agreement);
    }

    /** @param isNew whether it only gives access to who has none by it, which may wait for others */
    private void mark(DataUsageAgreement agreement, boolean isNew) {
        DataUsageAgreementStatus status = agreement.getStatus();
        if (status != null && status.snapshot() != null) {
            String portUid = status.snapshot().portUid();
            BiConsumer<String, String> mark = isNew ? loops::markNew : loops::mark;
            asks.platformOf(agreement).ifPresent(platform -> mark.accept(platform, portUid));
        }
    }

    private static UpdateControl<DataUsageAgreement> wakeAt(Optional<Instant> wakeAt, Instant now) {
        UpdateControl<DataUsageAgreement> control = UpdateControl.noUpdate();
        wakeAt.ifPresent(instant -> {
            Duration delay = Duration.between(now, instant);
            // a millisecond more, so that the instant is reached and not almost
            control.rescheduleAfter((delay.compareTo(LONGEST_SLEEP) < 0 ? delay : LONGEST_SLEEP).toMillis() + 1);
        });
        return control;
    }
}
