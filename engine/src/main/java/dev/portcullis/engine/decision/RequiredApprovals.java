package dev.portcullis.engine.decision;

import dev.portcullis.api.policy.ApproverGroup;
import dev.portcullis.api.policy.RequiredApproval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts required approvals into words for people. */
public final class RequiredApprovals {
    /** As many as one entry of a status counts. */
    private static final int MOST = 8;

    private RequiredApprovals() {}

    /** The same, added up by group and in the order of their names: whose policy asks first changes nothing. */
    static List<RequiredApproval> addedUp(List<RequiredApproval> required) {
        Map<String, ApproverGroup> groups = new TreeMap<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (RequiredApproval approval : required) {
            String name = Approvers.name(approval.from());
            groups.put(name, approval.from());
            counts.merge(name, approval.count(), Integer::sum);
        }
        List<RequiredApproval> sums = new ArrayList<>();
        counts.forEach((name, count) -> {
            for (int rest = count; rest > 0; rest -= MOST) {
                sums.add(new RequiredApproval(
                        groups.getOrDefault(name, Needs.OF_AN_APPROVER.from()), Math.min(MOST, rest)));
            }
        });
        return sums;
    }

    /** How many, and of whom: {@code 1 approval of the provider's team and 2 approvals of team privacy}. */
    public static String inWords(List<RequiredApproval> required) {
        return required.stream()
                .map(approval -> approval.count()
                        + (approval.count() == 1 ? " approval of " : " approvals of ")
                        + (approval.from().team() == null
                                ? "the provider's team"
                                : "team " + approval.from().team()))
                .collect(Collectors.joining(" and "));
    }
}
