package dev.portcullis.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.grant.AccessGrant;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client library guesses names that are not said, by some dozens of regular expressions for each object that is made: a seventh of the time of a plan. */
class ResourceNamesTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                AccessGrant.class,
                ApprovalPolicy.class,
                DataPlatform.class,
                DataProduct.class,
                DataUsageAgreement.class,
                Decision.class,
                OutputPort.class,
                Team.class
            })
    void everyKindSaysItsNames(Class<? extends CustomResource<?, ?>> kind) {
        assertThat(kind).hasAnnotations(Plural.class, Singular.class);
    }
}
