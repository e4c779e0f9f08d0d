package dev.portcullis.engine.given;

import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.ApprovalPolicySpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Policies as people write them. */
final class PolicyYaml {
    /** Reading YAML costs more than judging by it. */
    private static final Map<String, ApprovalPolicySpec> READ = new ConcurrentHashMap<>();

    private PolicyYaml() {}

    static ApprovalPolicy policy(String name, String spec) {
        ApprovalPolicy policy = new ApprovalPolicy();
        policy.setMetadata(
                new ObjectMetaBuilder().withName(name).withGeneration(1L).build());
        policy.setSpec(
                READ.computeIfAbsent(spec, text -> Serialization.unmarshal("---\n" + text, ApprovalPolicySpec.class)));
        return policy;
    }
}
