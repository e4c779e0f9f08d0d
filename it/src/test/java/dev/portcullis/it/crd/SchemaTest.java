package dev.portcullis.it.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the schemas take and refuse, a file for each case; see {@link SchemaCase}. */
class SchemaTest {
    private static final CrdCluster CLUSTER = CrdCluster.get();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNPROCESSABLE = 422;

    /** What only somebody understands who has read the schema. */
    private static final List<String> NOT_FOR_PEOPLE =
            List.of("failed rule", "no such", "evaluat", "overload", "unmarshal", "self.", "cost", "internal error");

    /** The API server's hint that it looked no further. */
    private static final String LOOKED_NO_FURTHER = "some validation rules were not checked";

    @TestFactory
    Stream<DynamicTest> valid() {
        return SchemaCase.all("valid").map(one -> DynamicTest.dynamicTest(one.name(), () -> accepts(one)));
    }

    @TestFactory
    Stream<DynamicTest> invalid() {
        return SchemaCase.all("invalid").map(one -> DynamicTest.dynamicTest(one.name(), () -> refuses(one)));
    }

    /** A bound that no file breaks is a bound that nobody has seen work. */
    @Test
    void everyBoundAndEveryRuleOfTheSpecsIsBrokenBySomeFile() {
        Set<String> untested = new TreeSet<>();
        for (CustomResourceDefinition type : CLUSTER.types()) {
            String plural = type.getSpec().getNames().getPlural();
            Set<String> broken = SchemaCase.of(plural, "invalid")
                    .flatMap(one -> one.expected().stream())
                    .map(SchemaFaults::general)
                    .collect(Collectors.toSet());
            SchemaFaults.of(type).stream()
                    .filter(fault -> broken.stream().noneMatch(expected -> expected.contains(fault)))
                    .forEach(fault -> untested.add(plural + ": " + fault));
        }
        assertThat(untested).isEmpty();
    }

    private static void accepts(SchemaCase one) {
        try {
            GenericKubernetesResource stored = null;
            for (GenericKubernetesResource document : one.documents()) {
                stored = stored == null ? create(document) : update(stored, document);
            }
            JsonNode readBack =
                    JSON.valueToTree(CLUSTER.client().resource(stored).get());
            for (String expectation : one.stored()) {
                String[] pointerAndValue = expectation.split(" = ", 2);
                assertThat(readBack.at(pointerAndValue[0]))
                        .as(pointerAndValue[0])
                        .isEqualTo(json(pointerAndValue[1]));
            }
        } finally {
            CLUSTER.client().resource(one.first()).delete();
        }
    }

    private static void refuses(SchemaCase one) {
        assertThat(one.expected()).as("# expect: lines").isNotEmpty();
        int last = one.documents().size() - 1;
        GenericKubernetesResource refused = one.documents().get(last);
        Optional<GenericKubernetesResource> stored = Optional.empty();
        try {
            for (GenericKubernetesResource document : one.documents().subList(0, last)) {
                stored = Optional.of(create(document));
            }
            Optional<GenericKubernetesResource> before = stored;
            KubernetesClientException refusal = catchThrowableOfType(
                    KubernetesClientException.class,
                    () -> before.map(was -> update(was, refused)).orElseGet(() -> create(refused)));
            assertThat(refusal).as("the API server takes it").isNotNull();
            assertSays(refusal, one.expected());
            before.ifPresent(was -> assertThat(
                            CLUSTER.client().resource(was).get().getMetadata().getResourceVersion())
                    .isEqualTo(was.getMetadata().getResourceVersion()));
        } finally {
            CLUSTER.client().resource(one.first()).delete();
        }
    }

    /** Each thing that is expected is said, and nothing else. */
    private static void assertSays(KubernetesClientException refusal, List<String> expected) {
        String message = inTodaysWords(String.valueOf(refusal.getMessage()));
        assertThat(refusal.getCode()).as(message).isIn(HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE);
        assertThat(message).contains(expected);
        List<StatusCause> causes = Optional.ofNullable(refusal.getStatus().getDetails())
                .map(StatusDetails::getCauses)
                .orElse(List.of());
        for (StatusCause cause : causes) {
            String said = inTodaysWords(cause.getField() + ": " + cause.getMessage());
            if (!said.contains(LOOKED_NO_FURTHER)) {
                assertThat(expected).as(said).anyMatch(said::contains);
                assertThat(NOT_FOR_PEOPLE).as(said).noneMatch(said::contains);
            }
        }
    }

    /** Kubernetes 1.30 words one fault in another way. */
    private static String inTodaysWords(String message) {
        return message.replace("Too long: may not be longer than", "Too long: may not be more than");
    }

    private static GenericKubernetesResource create(GenericKubernetesResource document) {
        return CLUSTER.client()
                .resource(document)
                .fieldValidation(Validation.STRICT)
                .create();
    }

    /** As kubectl replace does it. */
    private static GenericKubernetesResource update(GenericKubernetesResource stored, GenericKubernetesResource next) {
        next.getMetadata().setResourceVersion(stored.getMetadata().getResourceVersion());
        return CLUSTER.client()
                .resource(next)
                .fieldValidation(Validation.STRICT)
                .update();
    }

    private static JsonNode json(String value) {
        try {
            return value.equals("absent") ? MissingNode.getInstance() : JSON.readTree(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("# stored: " + value, e);
        }
    }
}
