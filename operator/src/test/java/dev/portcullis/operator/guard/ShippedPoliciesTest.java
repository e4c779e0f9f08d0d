package dev.portcullis.operator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShippedPoliciesTest {
    private final ShippedPolicies shipped = new ShippedPolicies();

    @Test
    void knowsEveryValidatingPolicyAndItsBinding() {
        assertThat(shipped.policies().keySet())
                .containsExactlyInAnyOrder(
                        "agreements.portcullis.dev",
                        "decisions.portcullis.dev",
                        "status.portcullis.dev",
                        "ports.portcullis.dev",
                        "grants.portcullis.dev",
                        "in-use.portcullis.dev");
        assertThat(shipped.bindings().keySet()).isEqualTo(shipped.policies().keySet());
    }

    @Test
    void eachFailsClosedAndIsBoundToDeny() {
        assertThat(shipped.policies().values()).allSatisfy(policy -> {
            assertThat(policy.path("failurePolicy").asText()).isEqualTo("Fail");
            assertThat(policy.path("validations")).isNotEmpty();
            assertThat(policy.at("/matchConstraints/resourceRules")).isNotEmpty();
        });
        shipped.bindings().forEach((name, binding) -> {
            assertThat(binding.path("policyName").asText()).isEqualTo(name);
            assertThat(binding.path("validationActions")).hasSize(1);
            assertThat(binding.at("/validationActions/0").asText()).isEqualTo("Deny");
        });
    }
}
