package dev.portcullis.engine.decision;

import dev.portcullis.api.policy.ApproverGroup;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.request.Parties;
import dev.portcullis.engine.team.ActingTeam;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells whose approval a person can give. */
final class Approvers {
    private static final String PROVIDER = "provider";

    private final World world;

    Approvers(World world) {
        this.world = world;
    }

    /**
     * The groups of the required approvals that a person belongs to now, by the name they are recorded with; empty for whose approval nobody needs. That it is
     * an approver's is recorded with others, too: a port that approves by itself now may stop that before all have voted.
     *
     * @param isApprover whether the person decides by the verb approve or decide on the port: enough where the provider's Team lists nobody
     */
    List<String> groupsOf(String person, boolean isApprover, Needs needs, Parties parties) {
        List<String> groups = groupsOf(person, isApprover, needs.approvals(), parties);
        boolean isRecorded = isApprover && (needs.namesApprovers() || !groups.isEmpty());
        return Stream.concat(groups.stream(), Stream.of(Needs.APPROVER).filter(any -> isRecorded))
                .toList();
    }

    /** Those of the groups that a person belongs to now. */
    List<String> groupsOf(String person, boolean isApprover, List<RequiredApproval> required, Parties parties) {
        return required.stream()
                .map(RequiredApproval::from)
                .filter(group -> belongs(person, isApprover, group, parties))
                .map(Approvers::name)
                .distinct()
                .toList();
    }

    /** The name a group is recorded with. */
    static String name(ApproverGroup group) {
        return group.team() == null ? PROVIDER : "team/" + group.team();
    }

    private boolean belongs(String person, boolean isApprover, ApproverGroup group, Parties parties) {
        return Optional.ofNullable(group.team())
                .map(team -> new ActingTeam(team, world.team(team)).hasMember(person))
                .orElseGet(() ->
                        parties.provider().listsMembers() ? parties.provider().hasMember(person) : isApprover);
    }
}
