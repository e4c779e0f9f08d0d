package dev.portcullis.operator.decision;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus;
import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.engine.decision.DecisionStatusFactory;
import dev.portcullis.engine.decision.Fate;
import dev.portcullis.engine.decision.FateJudge;
import dev.portcullis.engine.decision.FiledDecision;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.decision.Records;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.operator.report.AuditLog;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.operator.status.StatusWriter;
import dev.portcullis.operator.world.Caches;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Writes down which agreement a Decision is about, has that agreement looked at, and says what became of it. The agreement's own reconciler takes the
 * decision; here nothing is decided.
 */
@ControllerConfiguration(
        name = "decisions",
        generationAwareEventProcessing = false,
        triggerReconcilerOnAllEvents = true)
public final class DecisionReconciler implements Reconciler<Decision> {
    /** Until a watch has shown what it did not, as a rule: what it shows brings us back sooner. */
    private static final Duration UNSEEN_AGAIN = Duration.ofSeconds(10);

    /** Refusals whose writing has not been answered, by the UID of the Decision. */
    private final Map<String, DecisionStatus> underway = new ConcurrentHashMap<>();

    private final Caches caches;
    private final Gate gate;
    private final FateJudge judge;
    private final Supplier<Guard> guard;
    private final OwnStatuses statuses;
    private final Supplier<Clocks> clocks;

    public DecisionReconciler(
            Caches caches,
            Gate gate,
            FateJudge judge,
            Supplier<Guard> guard,
            OwnStatuses statuses,
            Supplier<Clocks> clocks) {
        this.caches = caches;
        this.gate = gate;
        this.judge = judge;
        this.guard = guard;
        this.statuses = statuses;
        this.clocks = clocks;
    }

    @Override
    public List<EventSource<?, Decision>> prepareEventSources(EventSourceContext<Decision> context) {
        return caches.filedDecisions().connect(context);
    }

    @Override
    public UpdateControl<Decision> reconcile(Decision decision, Context<Decision> context) throws InterruptedException {
        gate.await();
        return caches.filedDecisions().reconcile(decision, context, this::gone, one -> reconcilePresent(one, context));
    }

    private void gone(Decision decision) {
        underway.remove(decision.getMetadata().getUid());
    }

    private UpdateControl<Decision> reconcilePresent(Decision decision, Context<Decision> context) {
        tellOfUnanswered(decision);
        Instant now = clocks.get().earlier();
        Optional<DataUsageAgreement> agreement = caches.agreement(
                        decision.getSpec().agreement().namespace(),
                        decision.getSpec().agreement().name())
                .map(statuses::trusted);
        Fate fate = judge.judge(FiledDecision.of(decision), agreement, guard.get(), now);
        if (isForGood(fate)
                && agreement
                        .filter(seen -> !AgreementThere.is(seen, context.getClient()))
                        .isPresent()) {
            write(decision, DecisionStatusFactory.of(decision, Fate.Open.notSeen(), now), context);
            return UpdateControl.<Decision>noUpdate().rescheduleAfter(UNSEEN_AGAIN.toMillis());
        }
        if (fate instanceof Fate.Bind bind) {
            // the event of this write brings us back, and then the agreement is told
            AgreementUid.write(decision, bind.annotation(), context.getClient());
        } else if (fate instanceof Fate.Taken taken) {
            write(decision, DecisionStatusFactory.of(taken), context);
            // others may have waited for room on its record, which is there now that this one says that it was taken
            agreement.filter(DecisionReconciler::isFull).ifPresent(caches.agreements()::lookAgain);
        } else if (fate instanceof Fate.Open open) {
            if (open.outcome() == Outcome.Waiting && agreement.isPresent()) {
                caches.agreements().lookAgain(agreement.get());
            }
            write(decision, DecisionStatusFactory.of(decision, open, now), context);
        }
        return UpdateControl.noUpdate();
    }

    private static boolean isForGood(Fate fate) {
        return fate instanceof Fate.Bind || (fate instanceof Fate.Open open && open.outcome() == Outcome.Refused);
    }

    private static boolean isFull(DataUsageAgreement agreement) {
        return agreement.getStatus() != null
                && agreement.getStatus().approval() != null
                && Records.areFull(agreement.getStatus().approval());
    }

    private void write(Decision decision, DecisionStatus status, Context<Decision> context) {
        String uid = decision.getMetadata().getUid();
        if (status.outcome() == Outcome.Refused) {
            underway.put(uid, status);
        }
        StatusWriter.write(decision, status, new Decision(), context).ifPresent(this::tell);
        underway.remove(uid);
    }

    /** What was taken although no answer came is told when it is read. */
    private void tellOfUnanswered(Decision read) {
        DecisionStatus status = read.getStatus();
        DecisionStatus unanswered = underway.get(read.getMetadata().getUid());
        // it may be an earlier one of the same: all but the moment
        if (status != null
                && unanswered != null
                && status.outcome() == unanswered.outcome()
                && Objects.equals(status.reason(), unanswered.reason())) {
            tell(read);
            underway.remove(read.getMetadata().getUid());
        }
    }

    private void tell(Decision written) {
        DecisionStatus status = Objects.requireNonNull(written.getStatus());
        if (status.outcome() == Outcome.Refused) {
            AuditLog.refused(written, status);
        }
    }
}
