package dev.portcullis.engine.decision;

import dev.portcullis.api.policy.RequiredApproval;
import java.util.List;
import java.util.stream.Collectors;

/** Puts required approvals into words for people. */
public final class RequiredApprovals {
    private RequiredApprovals() {}

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
