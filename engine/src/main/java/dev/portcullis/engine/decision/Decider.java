package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.AppliedRule;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.platform.ApprovalRules;
import dev.portcullis.api.policy.PolicyMode;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.facts.DecisionsOnRecord;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.time.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides a valid request: by the first rule that applies, else by what people say. */
public final class Decider {
    private final PeopleDecider people;
    private final RestoredVotes restored;
    private final Unheard unheard;

    public Decider(FourEyes fourEyes, World world) {
        OpenDecisions open = new OpenDecisions(world);
        this.people = new PeopleDecider(world, fourEyes);
        this.restored = new RestoredVotes(fourEyes, open, new RequestHearing(world, fourEyes));
        this.unheard = new Unheard(open);
    }

    /** Decides a request that waits. */
    public Ruling decide(DataUsageAgreement agreement, Approval so, Validity.Valid request, Guard guard, Instant now) {
        Course course = course(agreement, request, now);
        Ruling ruling = course instanceof Course.Decided decided
                ? restored.with(decided.ruling(), agreement, so, request, guard, now)
                : people.decide(agreement, so, request, (Course.Asks) course, guard, now);
        return ruling instanceof Ruling.Taken taken && taken.approves()
                ? unheard.on(agreement, so, request.snapshot(), guard)
                        .<Ruling>map(why -> new Ruling.PutOff(why, Ruling.PutOff.Until.HEARD))
                        .orElse(ruling)
                : ruling;
    }

    /**
     * What Mandatory policies require comes on top of what would decide without them, so that another of them makes nothing easier; only a Mandatory approval
     * stands for that.
     */
    static Course course(DataUsageAgreement agreement, Validity.Valid request, Instant now) {
        Snapshot snapshot = request.snapshot();
        PolicyDemands mandatory = PolicyDemands.of(PolicyMode.Mandatory, snapshot);
        PolicyDemands byDefault = PolicyDemands.of(PolicyMode.Default, snapshot);
        Optional<Ruling.Taken> rejected = mandatory
                .rejection()
                .map(rule -> byRule(PolicyDemands.name(rule), Verdict.rejected, rule.reason(), snapshot, now));
        if (rejected.isPresent()) {
            return new Course.Decided(rejected.get());
        }
        Optional<Ruling.Taken> otherwise = mandatory
                .approval()
                .map(rule -> approved(rule, snapshot, now))
                .or(() -> byTheMesh(agreement, request, now))
                .or(() -> byDefault
                        .rejection()
                        .map(rule -> byRule(PolicyDemands.name(rule), Verdict.rejected, rule.reason(), snapshot, now)))
                .or(() -> byDefault.approval().map(rule -> approved(rule, snapshot, now)));
        boolean isRejected = otherwise
                .filter(ruling -> ruling.decisions().get(0).decision() == Verdict.rejected)
                .isPresent();
        return otherwise.isPresent() && (isRejected || mandatory.question().isEmpty())
                ? new Course.Decided(otherwise.get())
                : new Course.Asks(
                        needs(snapshot, mandatory, byDefault, otherwise.isPresent()),
                        otherwise.map(ruling -> ruling.decisions().get(0)));
    }

    /** @param isApprovedOtherwise whether it would be approved without what Mandatory policies require */
    private static Needs needs(
            Snapshot snapshot, PolicyDemands mandatory, PolicyDemands byDefault, boolean isApprovedOtherwise) {
        List<PolicyDemands> asking = isApprovedOtherwise ? List.of(mandatory) : List.of(mandatory, byDefault);
        List<RequiredApproval> required = RequiredApprovals.addedUp(
                asking.stream().flatMap(demands -> demands.approvals().stream()).toList());
        boolean defaultSaysWho = !byDefault.approvals().isEmpty();
        Workflow workflow =
                asking.stream().anyMatch(PolicyDemands::areExternal) ? Workflow.External : snapshot.workflow();
        return new Needs(
                asking.stream()
                        .flatMap(demands -> demands.question().stream())
                        .findFirst()
                        .map(PolicyDemands::name)
                        .orElse((snapshot.workflow() == Workflow.External ? Rule.EXTERNAL : Rule.MANUAL).id()),
                workflow,
                required,
                required.isEmpty() || (!isApprovedOtherwise && !defaultSaysWho));
    }

    /** How many approvals policies require of a request; none where a rule decides. */
    public static int required(DataUsageAgreement agreement, Validity.Valid request, Instant now) {
        return course(agreement, request, now) instanceof Course.Asks asks
                ? asks.needs().approvals().stream()
                        .mapToInt(RequiredApproval::count)
                        .sum()
                : 0;
    }

    /** Whether policies of a mode have a say: what somebody else rejects or decides leaves them out. */
    public static boolean listensTo(
            PolicyMode mode, DataUsageAgreement agreement, Validity.Valid request, Instant now) {
        PolicyDemands mandatory = PolicyDemands.of(PolicyMode.Mandatory, request.snapshot());
        if (mandatory.rejection().isPresent()) {
            return false;
        }
        return mode == PolicyMode.Mandatory
                || (mandatory.approval().isEmpty()
                        && byTheMesh(agreement, request, now).isEmpty());
    }

    private static Ruling.Taken approved(AppliedRule rule, Snapshot snapshot, Instant now) {
        return byRule(PolicyDemands.name(rule), Verdict.approved, "the policy approves it", snapshot, now);
    }

    /** What holds without any policy: use inside the team, and the port's own word. */
    private static Optional<Ruling.Taken> byTheMesh(DataUsageAgreement agreement, Validity.Valid request, Instant now) {
        if (isSameTeam(agreement, request)) {
            return Optional.of(byRule(
                    Rule.SAME_TEAM.id(),
                    Verdict.approved,
                    "requested inside team " + request.consumer().name(),
                    request.snapshot(),
                    now));
        }
        if (request.offer().port().getSpec().autoApprove()
                && request.offer().platform().getSpec().approval().autoApprove() == ApprovalRules.AutoApprove.Allowed) {
            return Optional.of(byRule(
                    Rule.AUTO_APPROVE.id(),
                    Verdict.approved,
                    "the port approves every request",
                    request.snapshot(),
                    now));
        }
        return Optional.empty();
    }

    /**
     * Looks at a request that is not valid: nothing is decided, but a decision that was not written under guard is refused for good, since the guard may be
     * back by the time the request is valid.
     */
    public static Optional<String> refusedMeanwhile(
            DataUsageAgreement agreement, Approval so, Guard guard, Instant now) {
        return WrittenDecision.in(agreement.getMetadata())
                .filter(written -> written.name().equals(so.refusedDecision())
                        || WrittenDecisionCheck.fault(written, guard, Sighting.of(agreement, so, now))
                                .isPresent())
                .map(WrittenDecision::name);
    }

    /** A revocation that no person wrote. */
    public static Ruling.Taken revokedByRule(Rule rule, String reason, Snapshot snapshot, Instant now) {
        return byRule(rule.id(), Verdict.revoked, reason, snapshot, now);
    }

    public static boolean isRevoked(Approval approval) {
        return DecisionsOnRecord.of(approval).revocation().isPresent();
    }

    /** Where the team lists members, requester and user beneficiary must be among them. */
    public static boolean isSameTeam(DataUsageAgreement agreement, Validity.Valid request) {
        return request.snapshot().team().equals(request.snapshot().providerTeam())
                && request.snapshot().team().equals(request.consumer().name())
                && SameTeam.outsider(agreement, request.consumer()).isEmpty();
    }

    private static Ruling.Taken byRule(
            String rule, Verdict verdict, @Nullable String reason, Snapshot snapshot, Instant now) {
        return new Ruling.Taken(
                List.of(new DecisionRecord(
                        verdict,
                        Rule.author(rule),
                        null,
                        Times.text(now),
                        reason,
                        null,
                        null,
                        DecisionRecord.Via.Rule,
                        snapshot.request(),
                        null,
                        null,
                        null,
                        List.of())),
                rule,
                snapshot.workflow(),
                Optional.empty());
    }
}
