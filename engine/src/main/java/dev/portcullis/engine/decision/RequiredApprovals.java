package dev.portcullis.engine.decision;

import dev.portcullis.api.policy.RequiredApproval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Adds required approvals up, and puts them into words for people. */
public final class RequiredApprovals {
    /** As many as one entry of a status counts. */
    private static final int MOST = 8;

    private RequiredApprovals() {}

    /** The same, added up by group and in the order of their names: whose policy asks first changes nothing. */
    static List<RequiredApproval> addedUp(List<RequiredApproval> required) {
        Map<String, RequiredApproval> byGroup = new TreeMap<>();
        required.forEach(approval -> byGroup.merge(
                Approvers.name(approval.from()),
                approval,
                (one, other) -> new RequiredApproval(one.from(), one.count() + other.count())));
        List<RequiredApproval> sums = new ArrayList<>();
        for (RequiredApproval sum : byGroup.values()) {
            for (int rest = sum.count(); rest > 0; rest -= MOST) {
                sums.add(new RequiredApproval(sum.from(), Math.min(MOST, rest)));
            }
        }
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
