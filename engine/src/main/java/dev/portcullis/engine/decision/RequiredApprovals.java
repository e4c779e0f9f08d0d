package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.MissingApproval;
import dev.portcullis.api.agreement.VoterGroup;
import dev.portcullis.api.policy.RequiredApproval;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Adds required approvals up, and puts them into words for people. */
public final class RequiredApprovals {
    private RequiredApprovals() {}

    /** The same, added up by group and in the order of their names: whose policy asks first changes nothing. */
    static List<RequiredApproval> addedUp(List<RequiredApproval> required) {
        Map<String, RequiredApproval> byGroup = new TreeMap<>();
        required.forEach(approval -> byGroup.merge(
                Approvers.name(approval.from()),
                approval,
                (one, other) -> new RequiredApproval(one.from(), one.count() + other.count())));
        return List.copyOf(byGroup.values());
    }

    /** The same, as a status lists it. */
    static List<MissingApproval> missing(List<RequiredApproval> required) {
        return required.stream()
                .map(approval -> new MissingApproval(
                        approval.from().team() == null
                                ? VoterGroup.ofProvider()
                                : VoterGroup.of(approval.from().team()),
                        approval.count()))
                .toList();
    }

    /** How many, and of whom: {@code 1 approval of the provider's team and 2 approvals of team privacy}. */
    public static String inWords(List<MissingApproval> missing) {
        return missing.stream()
                .map(approval -> approval.count()
                        + (approval.count() == 1 ? " approval of " : " approvals of ")
                        + inWords(approval.from()))
                .collect(Collectors.joining(" and "));
    }

    private static String inWords(VoterGroup group) {
        return group.team() != null
                ? "team " + group.team()
                : group.provider() != null ? "the provider's team" : "somebody with the verb approve on the port";
    }
}
