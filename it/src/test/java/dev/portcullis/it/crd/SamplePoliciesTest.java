package dev.portcullis.it.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.local.Checkout;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The policies in samples/policies, and what their cases are given, are what a cluster takes. */
class SamplePoliciesTest {
    private static final Path SAMPLES = Checkout.root().resolve("samples/policies");

    @Test
    void theApiServerTakesThePolicies() {
        List<GenericKubernetesResource> policies = PortcullisManifests.load(SAMPLES);

        assertThat(policies).extracting(GenericKubernetesResource::getKind).containsOnly("ApprovalPolicy");
        policies.forEach(SamplePoliciesTest::isTaken);
    }

    @Test
    void theApiServerTakesWhatCasesAreGiven() throws IOException {
        List<GenericKubernetesResource> given = new ArrayList<>();
        for (Path file : files()) {
            for (JsonNode node : Serialization.unmarshal(Files.readString(file), JsonNode.class)
                    .findValues("given")) {
                node.forEach(one ->
                        given.add(Serialization.jsonMapper().convertValue(one, GenericKubernetesResource.class)));
            }
        }

        assertThat(given).hasSizeGreaterThan(30);
        given.stream()
                .filter(one -> !one.getKind().equals("Namespace"))
                // the other namespaces of the samples are not there
                .filter(one -> one.getMetadata().getNamespace() == null
                        || List.of("checkout", "marketing")
                                .contains(one.getMetadata().getNamespace()))
                .forEach(SamplePoliciesTest::isTaken);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES.resolve("cases"))) {
            return files.sorted().toList();
        }
    }

    private static void isTaken(GenericKubernetesResource one) {
        var created = CrdCluster.get()
                .client()
                .resource(one)
                .fieldValidation(Validation.STRICT)
                .create();
        CrdCluster.get().client().resource(created).delete();
    }
}
