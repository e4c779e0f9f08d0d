package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.MissingApproval;
import dev.portcullis.api.agreement.VoterGroup;
import dev.portcullis.api.policy.RequiredApproval;
import dev.portcullis.api.port.Workflow;
import java.util.List;

/**
 * What people have to say before a request is approved.
 *
 * @param rule the rule that asks them
 * @param workflow External: only what is recorded counts
 * @param approvals what policies require
 * @param approver whether one of those who approve has to be somebody who may decide on the port, whatever policies require besides: they make nothing easier
 */
record Needs(String rule, Workflow workflow, List<RequiredApproval> approvals, boolean approver) {
    /** The name of those who may decide on the port, as a vote is recorded with it where policies ask for others. */
    static final String APPROVER = "approver";

    /** How that is shown among what is missing. */
    static final MissingApproval OF_AN_APPROVER = new MissingApproval(VoterGroup.ofApprovers(), 1);

    /** Whether an approver is needed besides others: where nobody else is asked, all who are heard are approvers. */
    boolean namesApprovers() {
        return approver && !approvals.isEmpty();
    }
}
