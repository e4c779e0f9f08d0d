package dev.portcullis.engine.review;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.MissingApproval;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.decision.FourEyes;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.review.Review.Deciding;
import dev.portcullis.engine.review.Review.Given;
import dev.portcullis.engine.review.Review.Missing;
import dev.portcullis.engine.team.ActingTeam;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is still needed for a decision, and who may give it. */
final class WhoDecides {
    private final World world;
    private final FourEyes fourEyes;

    WhoDecides(World world, FourEyes fourEyes) {
        this.world = world;
        this.fourEyes = fourEyes;
    }

    /** @param request with its parties; empty where they are not known, so that nobody is named */
    Deciding on(DataUsageAgreement agreement, Approval so, Optional<Validity.Valid> request) {
        boolean recorded = so.workflow() == Workflow.External;
        List<Missing> missing = so.status() != ApprovalStatus.Requested
                ? List.of()
                : so.missing().isEmpty()
                        ? List.of(new Missing(1, anybody(agreement, recorded), List.of(), true))
                        : so.missing().stream()
                                .map(one -> request.map(known -> missing(agreement, so, known, one))
                                        .orElseGet(() -> missing(agreement, so, one)))
                                .toList();
        return new Deciding(
                so.rule(),
                recorded,
                missing,
                so.decisions().stream()
                        .map(one -> new Given(one.decision(), one.by(), one.at(), one.reason()))
                        .toList());
    }

    private static Missing missing(DataUsageAgreement agreement, Approval so, MissingApproval missing) {
        if (missing.from().approver() != null) {
            return ofApprovers(agreement, so, missing);
        }
        String team = missing.from().team();
        return new Missing(
                missing.count(),
                team == null ? "the provider's team, or " + anybody(agreement, false) : "members of team " + team,
                List.of(),
                team == null);
    }

    private Missing missing(
            DataUsageAgreement agreement, Approval so, Validity.Valid request, MissingApproval missing) {
        if (missing.from().approver() != null) {
            return ofApprovers(agreement, so, missing);
        }
        String name = missing.from().team();
        ActingTeam team = name == null ? request.provider() : new ActingTeam(name, world.team(name));
        Set<String> voters = so.decisions().stream().map(DecisionRecord::by).collect(Collectors.toSet());
        List<String> people = team.members()
                .filter(person -> !voters.contains(person))
                .filter(person -> fourEyes.objection(
                                person, agreement, request.snapshot().team(), request.parties())
                        .isEmpty())
                .toList();
        return name == null && !team.listsMembers()
                ? new Missing(missing.count(), anybody(agreement, false), people, true)
                : new Missing(missing.count(), "members of team " + team.name(), people, false);
    }

    private static Missing ofApprovers(DataUsageAgreement agreement, Approval so, MissingApproval missing) {
        return new Missing(missing.count(), anybody(agreement, so.workflow() == Workflow.External), List.of(), true);
    }

    private static String anybody(DataUsageAgreement agreement, boolean recorded) {
        var port = agreement.getSpec().provider();
        return "whoever holds the verb " + (recorded ? "decide" : "approve") + " on OutputPort " + port.outputPort()
                + " in namespace " + port.namespace();
    }
}
