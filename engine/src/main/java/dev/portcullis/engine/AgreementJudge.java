package dev.portcullis.engine;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.decision.AfterApproval;
import dev.portcullis.engine.decision.ApprovalAfter;
import dev.portcullis.engine.decision.Decider;
import dev.portcullis.engine.decision.FourEyes;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.decision.Records;
import dev.portcullis.engine.decision.Rule;
import dev.portcullis.engine.decision.Ruling;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.WhoseStatus;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.lifecycle.Standing;
import dev.portcullis.engine.lifecycle.StandingJudge;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.policy.PolicyExpressions;
import dev.portcullis.engine.policy.PolicyJudge;
import dev.portcullis.engine.policy.StayingJudge;
import dev.portcullis.engine.request.RequestCheck;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.status.Judgement;
import dev.portcullis.engine.time.Dates;
import dev.portcullis.engine.time.Period;
import dev.portcullis.engine.time.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds everything about an agreement that its status is to say: what was decided, and what follows from that now. */
final class AgreementJudge {
    private static final Approval UNDECIDED =
            new Approval(ApprovalStatus.Requested, null, null, List.of(), List.of(), null);

    private final World world;
    private final Intake intake;
    private final Decider decider;
    private final AfterApproval afterApproval;
    private final StayingJudge staying;
    private final Records records;
    private final StandingJudge standings;

    AgreementJudge(World world, OfferLookup offers, FourEyes fourEyes, PolicyExpressions expressions) {
        this.world = world;
        this.intake = new Intake(new RequestCheck(world, offers), new PolicyJudge(world, expressions));
        this.decider = new Decider(fourEyes, world);
        this.afterApproval = new AfterApproval(fourEyes, world);
        this.records = new Records(world);
        this.staying = new StayingJudge(world, expressions);
        this.standings = new StandingJudge(world, offers, staying);
    }

    /** What was on record of an agreement. */
    private static Approval approval(@Nullable DataUsageAgreementStatus before) {
        return before == null || before.approval() == null ? UNDECIDED : before.approval();
    }

    private static @Nullable Snapshot snapshot(@Nullable DataUsageAgreementStatus before) {
        return before == null ? null : before.snapshot();
    }

    /** A request while what it names cannot be kept. */
    Judgement withhold(DataUsageAgreement agreement, Problem why, Guard guard, Instant now) {
        @Nullable DataUsageAgreementStatus before = agreement.getStatus();
        return undecidable(agreement, approval(before), snapshot(before), why, guard, now);
    }

    /** Everything about it now. */
    Judgement judge(DataUsageAgreement agreement, Dates dates, Guard guard, Instant now) {
        @Nullable DataUsageAgreementStatus before = agreement.getStatus();
        Approval approval = approval(before);
        @Nullable Snapshot snapshot = snapshot(before);
        Ruling nothing = new Ruling.Stands();
        Optional<Standing> ended =
                StandingJudge.ended(agreement, Optional.of(approval), dates.of(approval, snapshot), now);
        if (AgreementEngine.isBeingDeleted(agreement)) {
            return new Judgement(approval, snapshot, ended.orElseGet(Standing.Cancelled::new), nothing);
        }
        Optional<String> another = ended.isPresent() ? Optional.empty() : WhoseStatus.another(agreement, snapshot);
        if (another.isPresent()) {
            // admission lets it be revoked, by what the status says of an approval
            Ruling revoked = approval.status() == ApprovalStatus.Approved && snapshot != null
                    ? afterApproval.lookWhenOver(agreement, approval, snapshot, guard, now)
                    : nothing;
            if (revoked instanceof Ruling.Taken || !WhoseStatus.isConfirmed(agreement, another.get())) {
                Approval after = ApprovalAfter.of(agreement, approval, revoked, records);
                return new Judgement(after, snapshot, standing(agreement, after, snapshot, dates, now), revoked);
            }
            approval = UNDECIDED;
            snapshot = null;
        }
        if (approval.status() == ApprovalStatus.Approved && snapshot != null) {
            Ruling ruling = ended.isPresent()
                    ? afterApproval.lookWhenOver(agreement, approval, snapshot, guard, now)
                    : revocation(agreement, approval, snapshot, guard, now);
            Approval after = ApprovalAfter.of(agreement, approval, ruling, records);
            return new Judgement(after, snapshot, standing(agreement, after, snapshot, dates, now), ruling);
        }
        if (ended.isPresent()) {
            return new Judgement(approval, snapshot, ended.get(), nothing);
        }
        if (dates.problem().isPresent()) {
            return new Judgement(
                    approval, snapshot, new Standing.Invalid(dates.problem().get()), nothing);
        }
        Intake.Result taken = intake.take(agreement, snapshot, dates, now);
        if (taken instanceof Intake.Result.NotYet notYet) {
            return undecidable(agreement, approval, notYet.snapshot(), notYet.why(), guard, now)
                    .naming(notYet.texts());
        }
        Intake.Result.Ready ready = (Intake.Result.Ready) taken;
        Validity.Valid valid = ready.request();
        Ruling ruling = decider.decide(agreement, approval, valid, guard, now);
        if (ruling instanceof Ruling.PutOff later) {
            // as it was: a decision that is written meanwhile is no less under guard for it
            return new Judgement(approval, valid.snapshot(), new Standing.Invalid(later.why()), later, ready.texts());
        }
        Approval after = decided(agreement, approval, valid.snapshot(), ruling, guard, now);
        Standing standing = standing(agreement, after, valid.snapshot(), dates, now);
        return new Judgement(
                after,
                valid.snapshot(),
                standing instanceof Standing.Waiting ? waiting(agreement, valid, dates, now) : standing,
                ruling,
                ready.texts());
    }

    /** An approval, and what was said besides for the time after it. */
    private Approval decided(
            DataUsageAgreement agreement, Approval before, Snapshot snapshot, Ruling ruling, Guard guard, Instant now) {
        Approval after = ApprovalAfter.of(agreement, before, ruling, records);
        return after.status() == ApprovalStatus.Approved
                        && afterApproval.lookWithApproval(agreement, after, snapshot, guard, now)
                                instanceof Ruling.Taken besides
                ? ApprovalAfter.of(agreement, after, besides.orNotTaken(ruling.notTaken()), records)
                : after;
    }

    /** People are not to be asked for weeks about an access that policies let nobody have: a Team may be wrong. */
    private Standing waiting(DataUsageAgreement agreement, Validity.Valid request, Dates dates, Instant now) {
        Period period = dates.period().orElseThrow();
        return new Standing.Waiting(staying.terms(agreement, request.snapshot(), request.offer(), period, now)
                .leavesNobody(agreement));
    }

    /** Nothing is decided now, and nobody can: without a workflow in the status, admission takes no decision. */
    private static Judgement undecidable(
            DataUsageAgreement agreement,
            Approval approval,
            @Nullable Snapshot snapshot,
            Problem why,
            Guard guard,
            Instant now) {
        Approval undecidable = new Approval(
                approval.status(),
                null,
                null,
                approval.decisions(),
                List.of(),
                Decider.refusedMeanwhile(agreement, approval, guard, now).orElse(null));
        return new Judgement(undecidable, snapshot, new Standing.Invalid(why), new Ruling.Stands());
    }

    /** A port that is gone, or another one under its name, revokes for good; so does a written revocation. */
    private Ruling revocation(
            DataUsageAgreement agreement, Approval approval, Snapshot snapshot, Guard guard, Instant now) {
        var provider = agreement.getSpec().provider();
        var port = world.port(provider.namespace(), provider.outputPort());
        if (port.isEmpty() || port.get().getMetadata().getDeletionTimestamp() != null) {
            return Decider.revokedByRule(Rule.PORT_DELETED, "the output port was deleted", snapshot, now);
        }
        if (!port.get().getMetadata().getUid().equals(snapshot.portUid())) {
            return Decider.revokedByRule(
                    Rule.PORT_REPLACED,
                    "the output port was deleted, and another created under its name",
                    snapshot,
                    now);
        }
        return afterApproval.look(agreement, approval, snapshot, guard, now);
    }

    /** What follows from what is on record. */
    Standing standing(
            DataUsageAgreement agreement, Approval approval, @Nullable Snapshot snapshot, Dates dates, Instant now) {
        Optional<Schedule> schedule = dates.of(approval, snapshot);
        Optional<Standing> ended = StandingJudge.ended(agreement, Optional.of(approval), schedule, now);
        if (ended.isPresent()) {
            return ended.get();
        }
        if (dates.problem().isPresent()) {
            return new Standing.Invalid(dates.problem().get());
        }
        Optional<String> another = WhoseStatus.another(agreement, snapshot);
        if (another.isPresent()) {
            return new Standing.Invalid(WhoseStatus.problem(another.get()));
        }
        return approval.status() == ApprovalStatus.Approved && snapshot != null
                ? standings.ofApproved(
                        agreement,
                        approval,
                        snapshot,
                        Optional.ofNullable(agreement.getStatus()).map(DataUsageAgreementStatus::provisioning),
                        schedule.orElseThrow(),
                        now)
                : new Standing.Waiting(Optional.empty());
    }
}
