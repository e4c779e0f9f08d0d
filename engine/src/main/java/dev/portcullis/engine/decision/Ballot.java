package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.MissingApproval;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.engine.facts.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The approvals of one request: those on record, and those that come in now. A person counts once, by whatever name. */
final class Ballot {
    private final Needs needs;
    private final FourEyes people;
    private final DataPlatform platform;
    private final List<DecisionRecord> recorded;
    private final List<DecisionRecord> fresh = new ArrayList<>();

    /** @param recorded all decisions on record */
    Ballot(Needs needs, FourEyes people, DataPlatform platform, List<DecisionRecord> recorded) {
        this.needs = needs;
        this.people = people;
        this.platform = platform;
        this.recorded = recorded.stream()
                .filter(decision -> decision.decision() == Verdict.approved)
                .toList();
    }

    /** Why an approval does not help; what does not help now never will, since those that are counted stay. */
    Optional<Problem> objection(DecisionRecord approval) {
        if (approvals().anyMatch(counted -> people.isOnePerson(counted.by(), approval.by(), platform))) {
            return Optional.of(Problem.healing(
                    "CountedAlready", approval.by() + " has approved already, and a person counts once"));
        }
        return isEnough() || !helps(approval)
                ? Optional.of(Problem.healing(
                        "NotNeeded",
                        "there are enough approvals of those whom " + approval.by() + " could approve for"
                                + (isEnough() ? "" : "; still needed: " + RequiredApprovals.inWords(missing()))))
                : Optional.empty();
    }

    private boolean helps(DecisionRecord approval) {
        return needs.approvals().isEmpty()
                || (lacksApprover() && approval.groups().contains(Needs.APPROVER))
                || size(quorum(Stream.of(approval)).missing())
                        < size(quorum(Stream.empty()).missing());
    }

    /** Where nobody else is asked, only approvers are heard. */
    private boolean lacksApprover() {
        return needs.namesApprovers()
                && approvals().noneMatch(vote -> vote.groups().contains(Needs.APPROVER));
    }

    /** Counts an approval to which there is no objection. */
    void add(DecisionRecord approval) {
        fresh.add(approval);
    }

    /** What came in now. */
    List<DecisionRecord> fresh() {
        return List.copyOf(fresh);
    }

    /** Whether that is enough: where nothing is required, anybody's approval is. */
    boolean isEnough() {
        return approvals().findAny().isPresent() && quorum(Stream.empty()).isMet() && !lacksApprover();
    }

    /** What is still needed; where the provider's team is asked, its approver is one of them. */
    List<MissingApproval> missing() {
        List<MissingApproval> missing =
                RequiredApprovals.missing(quorum(Stream.empty()).missing());
        return lacksApprover() && missing.stream().noneMatch(Ballot::isOfProvider)
                ? Stream.concat(Stream.of(Needs.OF_AN_APPROVER), missing.stream())
                        .toList()
                : missing;
    }

    private static boolean isOfProvider(MissingApproval approval) {
        return approval.from().provider() != null;
    }

    private Quorum<DecisionRecord> quorum(Stream<DecisionRecord> more) {
        return new Quorum<>(
                needs.approvals(),
                Stream.concat(approvals(), more).toList(),
                (approval, vote) -> vote.groups().contains(Approvers.name(approval.from())));
    }

    private static int size(List<RequiredApproval> missing) {
        return missing.stream().mapToInt(RequiredApproval::count).sum();
    }

    private Stream<DecisionRecord> approvals() {
        return Stream.concat(recorded.stream(), fresh.stream());
    }
}
