package dev.portcullis.engine.policy;

import dev.portcullis.api.policy.ApprovalPolicy;
import java.util.Comparator;

/** The order in which policies are asked: Mandatory ones first, each mode by its order, then by name. */
public final class PolicyOrder {
    public static final Comparator<ApprovalPolicy> AS_ASKED = Comparator.<ApprovalPolicy, Enum<?>>comparing(
                    policy -> policy.getSpec().mode(), Comparator.comparing(Enum::ordinal))
            .thenComparing(policy -> policy.getSpec().order())
            .thenComparing(policy -> policy.getMetadata().getName());

    private PolicyOrder() {}
}
