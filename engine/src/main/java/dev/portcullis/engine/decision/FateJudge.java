package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.WhoseStatus;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.engine.request.PartiesLookup;
import dev.portcullis.engine.request.RequestCheck;
import dev.portcullis.engine.request.Validity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what becomes of a Decision, by the status of its agreement as it is written: it counts as soon as it is on record there, not before. */
public final class FateJudge {
    private final FourEyes fourEyes;
    private final RequestHearing requests;
    private final ApprovedHearing approved;
    private final PartiesLookup parties;
    private final RequestCheck checks;

    public FateJudge(World world, OfferLookup offers, PrincipalMapper principals) {
        this.fourEyes = new FourEyes(principals);
        this.requests = new RequestHearing(world, fourEyes);
        this.approved = new ApprovedHearing(world, fourEyes);
        this.parties = new PartiesLookup(world);
        this.checks = new RequestCheck(world, offers);
    }

    /** @param agreement the one of the name that the Decision gives, if there is one */
    public Fate judge(FiledDecision decision, Optional<DataUsageAgreement> agreement, Guard guard, Instant now) {
        Optional<Approval> approval = agreement.filter(FateJudge::hasOwnStatus).flatMap(FateJudge::approval);
        Optional<DecisionRecord> record = approval.flatMap(decision::onRecord);
        if (record.isPresent()) {
            return new Fate.Taken(
                    agreement.orElseThrow().getMetadata().getUid(), record.get().at());
        }
        if (decision.outcome().equals(Optional.of(Outcome.Refused))
                || (decision.takenFor().isPresent() && !isRestored(decision, agreement))) {
            return new Fate.Stands();
        }
        if (agreement.isEmpty()) {
            return Fate.Open.waits(Problem.healing(
                    "NoAgreement",
                    "there is no DataUsageAgreement "
                            + decision.spec().agreement().name() + " in namespace "
                            + decision.spec().agreement().namespace()
                            + ": where the name is right, look at the request once it is there and decide then, unless spec.request names it already;"
                            + " where it is wrong, file another Decision"));
        }
        Binding binding = Binding.of(decision, agreement.get());
        if (binding instanceof Binding.Never never) {
            return Fate.Open.refused(never.why());
        }
        if (binding instanceof Binding.NotNow notNow) {
            return Fate.Open.waits(notNow.why());
        }
        return binding instanceof Binding.Free
                ? new Fate.Bind(
                        decision.boundTo().with(agreement.get().getMetadata().getUid()))
                : hear(decision, agreement.get(), guard, now);
    }

    /** Whether it was taken for what the agreement was before it came back from a backup without its status. */
    private static boolean isRestored(FiledDecision decision, Optional<DataUsageAgreement> agreement) {
        return agreement
                .filter(present -> !decision.takenFor()
                        .equals(Optional.of(present.getMetadata().getUid())))
                .map(present -> Binding.of(decision, present))
                .filter(binding -> binding instanceof Binding.Bound || binding instanceof Binding.Free)
                .isPresent();
    }

    private static boolean hasOwnStatus(DataUsageAgreement agreement) {
        return agreement.getStatus() == null
                || WhoseStatus.another(agreement, agreement.getStatus().snapshot())
                        .isEmpty();
    }

    private static Optional<Approval> approval(DataUsageAgreement agreement) {
        @Nullable DataUsageAgreementStatus status = agreement.getStatus();
        return status == null ? Optional.empty() : Optional.ofNullable(status.approval());
    }

    private Fate hear(FiledDecision decision, DataUsageAgreement agreement, Guard guard, Instant now) {
        @Nullable DataUsageAgreementStatus status = agreement.getStatus();
        if (status == null || status.approval() == null || status.snapshot() == null) {
            return notValidYet();
        }
        Approval so = status.approval();
        Snapshot snapshot = status.snapshot();
        if (status.phase() != null && status.phase().isOver()) {
            return Fate.Open.refused(Problem.healing(
                    "Ended", "the agreement is " + status.phase() + ", for good: a new request is decided anew"));
        }
        if (!hasOwnStatus(agreement)) {
            return notValidYet();
        }
        if (so.status() == ApprovalStatus.Approved) {
            return fate(
                    approved.hear(decision, agreement, so, snapshot, parties.find(agreement, snapshot), guard, now));
        }
        return status.phase() == Phase.Invalid
                ? notValidYet()
                : onRequest(decision, agreement, so, snapshot, guard, now);
    }

    private Fate onRequest(
            FiledDecision decision,
            DataUsageAgreement agreement,
            Approval so,
            Snapshot snapshot,
            Guard guard,
            Instant now) {
        if (!(checks.check(agreement, snapshot) instanceof Validity.Valid request) || snapshot.policies() == null) {
            return notValidYet();
        }
        if (!(Decider.course(agreement, request, now) instanceof Course.Asks asks)) {
            return Fate.Open.waits(Problem.healing("DecidedByRule", "a rule decides on the agreement"));
        }
        Ballot ballot = new Ballot(asks.needs(), fourEyes, request.parties().platform(), so.decisions());
        return fate(requests.hear(decision, agreement, request, asks.needs(), ballot, guard, now));
    }

    /** What counts is on record in a moment. */
    private static Fate fate(Hearing hearing) {
        if (hearing instanceof Hearing.Fails fails) {
            return Fate.Open.refused(fails.why());
        }
        return Fate.Open.waits(
                hearing instanceof Hearing.Waits waits
                        ? waits.why()
                        : Problem.healing("Counted", "it counts, and is being put on record"));
    }

    private static Fate notValidYet() {
        return Fate.Open.waits(Problem.healing(
                "NotValidYet", "the agreement is not a valid request now: its condition Ready says what is missing"));
    }
}
