package dev.portcullis.engine.given;

import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.ApprovalPolicySpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Policies as people write them. */
final class PolicyYaml {
    private PolicyYaml() {}

    static ApprovalPolicy policy(String name, String spec) {
        ApprovalPolicy policy = new ApprovalPolicy();
        policy.setMetadata(
                new ObjectMetaBuilder().withName(name).withGeneration(1L).build());
        policy.setSpec(Serialization.unmarshal("---\n" + spec, ApprovalPolicySpec.class));
        return policy;
    }
}
