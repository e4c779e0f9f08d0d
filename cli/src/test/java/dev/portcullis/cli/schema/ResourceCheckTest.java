package dev.portcullis.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is told of a resource. That it is the same as the API server tells is seen in the module it, with hundreds of files. */
class ResourceCheckTest {
    private static final Path CRDS =
            Path.of(System.getProperty("portcullis.root")).resolve("crds");
    private static final ResourceCheck CHECK = new ResourceCheck();
    private static final String AGREEMENT = """
            apiVersion: portcullis.dev/v1alpha1
            kind: DataUsageAgreement
            metadata: {name: churn-orders, namespace: marketing}
            spec:
              purpose: Train the monthly churn model.
              provider: {namespace: checkout, outputPort: orders-v1}
              consumer: {user: taylor@example.com}
              end: 2027-03-31
            """;
    private static final String FIXED_PURPOSE =
            "spec: Invalid value: spec.purpose is what was asked for and cannot be changed: request another agreement";
    private static final String FIXED_END =
            "spec: Invalid value: spec.end is what was asked for and cannot be changed: request another agreement";

    @TestFactory
    Stream<DynamicTest> everyDefinitionIsFoundAndUnderstoodWithAllItsRules() throws IOException {
        try (Stream<Path> files = Files.list(CRDS)) {
            return files
                    .map(file -> yaml(file).at("/spec/names/kind").asText())
                    .map(kind -> DynamicTest.dynamicTest(kind, () -> {
                        assertThat(ResourceKind.read(kind)).isPresent();
                        CHECK.compile(kind);
                    }))
                    .toList()
                    .stream();
        }
    }

    @Test
    void takesWhatIsRight() {
        assertThat(CHECK.check(null, yaml(AGREEMENT))).isEmpty();
        assertThat(CHECK.check(yaml(AGREEMENT), yaml(AGREEMENT + "  suspend: true\n")))
                .isEmpty();
    }

    @Test
    void tellsWhatMustNotChangeInTheApiServersWords() {
        assertThat(changed("purpose: Train", "purpose: Sell")).containsExactly(FIXED_PURPOSE);
        assertThat(changed("end: 2027-03-31", "end: 2028-03-31")).containsExactly(FIXED_END);
        assertThat(changed("  end: 2027-03-31\n", "")).containsExactly(FIXED_END);
        assertThat(changed("  end:", "  start: 2026-12-01\n  end:"))
                .containsExactly(
                        "spec: Invalid value: spec.start is what was asked for and cannot be changed: request another agreement");
    }

    @Test
    void whatWouldBeRefusedItselfWasNeverThereToChange() {
        JsonNode never = yaml(AGREEMENT.replace("Train the monthly churn model.", "Train."));
        assertThat(CHECK.check(never, yaml(AGREEMENT))).isEmpty();
    }

    @Test
    void givesThePlaceAsFieldAndAsPointer() {
        ObjectNode agreement = yaml(AGREEMENT);
        agreement.withObject("/spec/links").put("a/b", "x".repeat(2049));
        assertThat(CHECK.check(null, agreement)).singleElement().satisfies(refusal -> {
            assertThat(refusal.field()).isEqualTo("spec.links.a/b");
            assertThat(refusal.pointer()).isEqualTo("/spec/links/a~1b");
            assertThat(refusal.message()).isEqualTo("Too long: may not be more than 2048 bytes");
        });
    }

    @Test
    void saysNothingElseOfWhatHasUnknownFields() {
        assertThat(said(AGREEMENT.replace("purpose:", "porpose:")))
                .containsExactly("spec.porpose: unknown field \"spec.porpose\"");
        assertThat(said(AGREEMENT.replace("{name:", "{owner: me, name:")))
                .containsExactly("metadata.owner: unknown field \"metadata.owner\"");
    }

    @Test
    void looksAtAStatusForUnknownFieldsAlone() {
        assertThat(said(AGREEMENT + "status: {phase: Active, active: 7}\n")).isEmpty();
        assertThat(said(AGREEMENT + "status: {fase: Active}\n"))
                .containsExactly("status.fase: unknown field \"status.fase\"");
    }

    @Test
    void aNullSaysNothingAndWhatIsNotSaidHasItsDefault() {
        ObjectNode agreement = yaml(AGREEMENT + "  suspend: null\n  duration: null\n");
        Defaults.apply(
                agreement, ResourceKind.read("DataUsageAgreement").orElseThrow().schema("portcullis.dev/v1alpha1"));
        assertThat(agreement.at("/spec/suspend").booleanValue()).isFalse();
        assertThat(agreement.at("/spec/cancelled").isBoolean()).isTrue();
        assertThat(agreement.path("spec").has("duration")).isFalse();
        assertThat(said(AGREEMENT.replace("Train the monthly churn model.", "null")))
                .containsExactly("spec.purpose: Required value");
    }

    @Test
    void orderInAListOfNamesSaysNothing() {
        String selecting = AGREEMENT + "  select: {tables: [{name: a, columns: [x, y]}, {name: b}]}\n";
        String otherwise = AGREEMENT + "  select: {tables: [{name: b}, {name: a, columns: [y, x]}]}\n";
        assertThat(CHECK.check(yaml(selecting), yaml(otherwise))).isEmpty();
    }

    @Test
    void checksTheMetadata() {
        assertThat(said(AGREEMENT.replace("{name: churn-orders", "{name: churn-orders, labels: {a b: c, d: -e}")))
                .hasSize(2)
                .allMatch(refusal -> refusal.startsWith("metadata.labels: Invalid value: "));
        assertThat(said(AGREEMENT.replace("{name: churn-orders", "{name: churn-orders, annotations: {a: 1}")))
                .containsExactly("metadata.annotations.a: Invalid value: 1: must be a text: quote it");
        assertThat(said(AGREEMENT.replace(", namespace: marketing", "")))
                .containsExactly("metadata.namespace: Required value");
    }

    @Test
    void othersKindsAreNoneOfItsBusiness() {
        assertThat(said("{apiVersion: v1, kind: Secret, data: 7}")).isEmpty();
        assertThat(said("{apiVersion: portcullis.dev/v1alpha1, kind: Unknown}")).isEmpty();
        assertThat(said(AGREEMENT.replace("v1alpha1", "v7")))
                .containsExactly(
                        "apiVersion: Unsupported value: \"portcullis.dev/v7\": supported values: \"portcullis.dev/v1alpha1\"");
    }

    private static List<String> changed(String what, String into) {
        assertThat(AGREEMENT).contains(what);
        return CHECK.check(yaml(AGREEMENT), yaml(AGREEMENT.replace(what, into))).stream()
                .map(Refusal::toString)
                .toList();
    }

    private static List<String> said(String text) {
        return CHECK.check(null, yaml(text)).stream().map(Refusal::toString).toList();
    }

    private static ObjectNode yaml(String text) {
        return JsonMapper.builder()
                .build()
                .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    private static ObjectNode yaml(Path file) {
        try {
            return yaml(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
