package dev.portcullis.cli.exports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.cli.console.Ran;
import dev.portcullis.cli.document.StandardSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExportCommandTest {
    private static final Path ROOT = Path.of(System.getProperty("portcullis.root"));
    private static final Path SAMPLES = ROOT.resolve("samples");
    private static final Path FIXTURES = ROOT.resolve("it/src/test/resources/crd/datausageagreements/valid");
    private static final String OFFER = """
            apiVersion: portcullis.dev/v1alpha1
            kind: OutputPort
            metadata: {name: %s, namespace: %s}
            spec:
              dataProduct: orders
              platform: warehouse
              contract: {id: orders-contract, version: 1.2.0}
              postgresql: {database: shop, schema: sales, tables: [{name: orders}]}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everySampleHasADocument(Standard standard) {
        Ran ran = Ran.portcullis("export", "--standard", standard.name(), SAMPLES.toString());

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        List<JsonNode> documents = StandardSchema.documents(ran.out());
        assertThat(documents).hasSizeGreaterThan(7);
        assertThat(documents)
                .allSatisfy(document -> assertThat(schema(standard).faults(document))
                        .as(document.toPrettyString())
                        .isEmpty());
    }

    /** One would be exported and the other not, and nobody would see which. */
    @Test
    void whatIsThereTwiceIsNotLeftOutInSilence() throws IOException {
        for (String file : List.of("one.yaml", "two.yaml")) {
            Files.writeString(folder.resolve(file), OFFER.formatted("orders-v1", "checkout"));
        }

        Ran ran = Ran.portcullis("export", folder.toString());

        assertThat(ran.err())
                .contains("two.yaml:3: there is another OutputPort checkout/orders-v1 in " + folder.resolve("one.yaml"))
                .contains("leave one of them out");
        assertThat(ran.code()).isNotZero();
    }

    static Stream<Path> fixtures() throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            // those that are as long as can be are written in a language of the test that applies them
            return files.filter(file -> !text(file).contains("$(")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void everythingTheApiServerTakesHasADocument(Path fixture) throws IOException {
        List<JsonNode> manifests = StandardSchema.documents(text(fixture));
        JsonNode manifest = manifests.get(manifests.size() - 1);
        JsonNode provider = manifest.at("/spec/provider");
        // of a fixture that is an update only the last state counts
        Files.writeString(folder.resolve("agreement.json"), manifest.toString());
        Files.writeString(
                folder.resolve("offer.yaml"),
                OFFER.formatted(
                        provider.path("outputPort").asText(),
                        provider.path("namespace").asText()));
        boolean datesExist = !fixture.getFileName().toString().startsWith("dates-that-do-not-exist");

        for (Standard standard : Standard.values()) {
            Ran ran = Ran.portcullis("export", "--standard", standard.name(), folder.toString());

            List<JsonNode> documents = StandardSchema.documents(ran.out());
            assertThat(documents).as(ran.err()).hasSize(datesExist ? 1 : 0);
            assertThat(ran.code()).as(ran.err()).isEqualTo(datesExist ? 0 : 1);
            documents.forEach(document -> assertThat(schema(standard).faults(document))
                    .as(document.toPrettyString())
                    .isEmpty());
        }
    }

    @Test
    void whatTheOperatorSaidOfAnAgreementIsInItsDocument() throws IOException {
        Files.writeString(folder.resolve("dump.yaml"), StandardSchema.resource("/exports/dump.yaml"));

        assertThat(Ran.portcullis("export", folder.toString()).out())
                .isEqualTo(StandardSchema.resource("/exports/churn-orders.duas.yaml"));
        assertThat(Ran.portcullis("export", "--standard", "odaa", folder.toString())
                        .out())
                .isEqualTo(StandardSchema.resource("/exports/churn-orders.odaa.yaml"));
    }

    @Test
    void theExpectedDocumentsAreValid() {
        assertThat(StandardSchema.DUAS.faults(document("churn-orders.duas.yaml")))
                .isEmpty();
        assertThat(StandardSchema.ODAA.faults(document("churn-orders.odaa.yaml")))
                .isEmpty();
    }

    private static JsonNode document(String name) {
        return StandardSchema.documents(StandardSchema.resource("/exports/" + name))
                .get(0);
    }

    @Test
    void whoseProductNobodyKnowsIsLeftOutAndSaid() throws IOException {
        Files.copy(SAMPLES.resolve("quickstart/62-agreement-manual.yaml"), folder.resolve("agreement.yaml"));

        Ran ran = Ran.portcullis("export", folder.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("DataUsageAgreement marketing/churn-orders is left out")
                .contains("checkout/orders-v1")
                .contains("there is no Team in");
    }

    @Test
    void aFileForEachAgreement() throws IOException {
        Path to = folder.resolve("out");

        Ran ran = Ran.portcullis(
                "export",
                "-o",
                "json",
                "-n",
                "marketing",
                "--to",
                to.toString(),
                SAMPLES.resolve("quickstart").toString());

        assertThat(ran.code()).isZero();
        try (Stream<Path> files = Files.list(to)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("marketing.basket-items.duas.json", "marketing.churn-orders.duas.json");
        }
        assertThat(StandardSchema.documents(Files.readString(to.resolve("marketing.churn-orders.duas.json"))))
                .allSatisfy(document ->
                        assertThat(StandardSchema.DUAS.faults(document)).isEmpty());
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws IOException {
        Files.writeString(folder.resolve("offer.yaml"), OFFER.formatted("orders-v1", "checkout"));
        Files.writeString(
                folder.resolve("agreement.yaml"),
                text(SAMPLES.resolve("quickstart/62-agreement-manual.yaml")).replace("churn-orders", "../../out"));

        Ran ran = Ran.portcullis("export", "--to", folder.resolve("a/b").toString(), folder.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("no agreement can be called so");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void whatIsNoManifestIsNamedWithItsLine() throws IOException {
        Path file = folder.resolve("agreement.yaml");
        Files.writeString(
                file,
                text(SAMPLES.resolve("quickstart/62-agreement-manual.yaml")).replace("purpose:", "porpoise:"));

        Ran ran = Ran.portcullis("export", folder.toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(file + ":6: there is no field porpoise here");
    }

    @Test
    void folderOrClusterAndNothingElse() {
        assertThat(Ran.portcullis("export").code()).isEqualTo(64);
        assertThat(Ran.portcullis("export", "--cluster", ".").code()).isEqualTo(64);
        assertThat(Ran.portcullis("export", "--standard", "odrl", ".").code()).isEqualTo(64);
        assertThat(Ran.portcullis("export", folder.resolve("nowhere").toString())
                        .code())
                .isEqualTo(1);
    }

    private static StandardSchema schema(Standard standard) {
        return switch (standard) {
            case DUAS -> StandardSchema.DUAS;
            case ODAA -> StandardSchema.ODAA;
        };
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatComesToNothingIsSaid() throws IOException {
        String quickstart = SAMPLES.resolve("quickstart").toString();
        assertThat(Ran.portcullis("export", "-n", "marketting", quickstart)
                        .err()
                        .lines())
                .containsExactly(
                        "portcullis: warning: there is no agreement in namespace marketting: did you mean marketing?; there are some in checkout, marketing");

        Ran nothing = Ran.portcullis("export", folder.toString());
        assertThat(nothing.err().lines())
                .containsExactly("portcullis: warning: there is no agreement, so there is no document");
        assertThat(nothing.code()).isZero();
    }

    @Test
    void optionsThatSayNothingAreRefused() {
        assertThat(Ran.portcullis("export", "--context", "x", folder.toString()).err())
                .startsWith("portcullis export: --context is for --cluster");
        Ran noName = Ran.portcullis("export", "-n", "", folder.toString());
        assertThat(noName.err()).startsWith("portcullis export: no namespace can be called");
        assertThat(noName.code()).isEqualTo(64);
    }
}
