package dev.portcullis.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.cli.console.Ran;
import dev.portcullis.cli.document.StandardSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportCommandTest {
    @TempDir
    private Path folder;

    @Test
    void ourExamplesAreDocumentsOfTheirStandards() {
        assertThat(StandardSchema.DPS.faults(example("parcels.dps.yaml"))).isEmpty();
        assertThat(StandardSchema.ODPS.faults(example("returns.odps.yaml"))).isEmpty();
        assertThat(StandardSchema.ODPS.faults(example("stock.odps.yaml"))).isEmpty();
    }

    private static JsonNode example(String name) {
        return StandardSchema.documents(StandardSchema.resource("/imports/" + name))
                .get(0);
    }

    @Test
    void aDataProductSpecificationBecomesAProductAndItsPorts() throws IOException {
        Ran ran =
                ran("parcels.dps.yaml", "-n", "shipping", "--platform", "warehouse", "--external-platform", "streams");

        assertThat(ran.out()).isEqualTo(StandardSchema.resource("/imports/parcels.manifests.yaml"));
        assertThat(ran.code()).isZero();
        assertThat(ran.err().lines())
                .containsExactly(
                        "parcels.dps.yaml:8: warning: archetype has no place in our manifests and is left out",
                        "parcels.dps.yaml:11: warning: name has no place in our manifests and is left out",
                        "parcels.dps.yaml:15: warning: host has no place in our manifests and is left out",
                        "parcels.dps.yaml:28: warning: host has no place in our manifests and is left out",
                        "parcels.dps.yaml:31: warning: custom has no place in our manifests and is left out");
    }

    @Test
    void theTablesOfAPortMayBeInItsDataContract() throws IOException {
        copy("returns.odcs.yaml");

        Ran ran = ran(
                "returns.odps.yaml",
                "-n",
                "checkout",
                "--platform",
                "warehouse",
                folder.resolve("returns.odcs.yaml").toString());

        assertThat(ran.out()).isEqualTo(StandardSchema.resource("/imports/returns.manifests.yaml"));
        assertThat(ran.code()).isZero();
        assertThat(ran.err().lines())
                .containsExactlyInAnyOrder(
                        "returns.odps.yaml:8: warning: tenant has no place in our manifests and is left out",
                        "returns.odps.yaml:15: warning: inputPorts has no place in our manifests and is left out",
                        "returns.odps.yaml:22: warning: 1 of its people have no place in a data product: the platform"
                                + " team lists them in a Team",
                        "returns.odps.yaml:21: warning: tool has no place in our manifests and is left out");
    }

    @Test
    void whatNobodyKnowsIsAskedForAndNotInvented() throws IOException {
        Ran ran = ran("returns.odps.yaml", "-n", "checkout", "--platform", "warehouse");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(StandardSchema.documents(ran.out())).hasSize(1);
        assertThat(ran.err())
                .contains("output port returns-1.0.0 is left out")
                .contains("database (--database), schema (--schema), tables (--table)");

        Ran told = ran(
                "returns.odps.yaml",
                "-n",
                "checkout",
                "--platform",
                "warehouse",
                "--database",
                "shop",
                "--schema",
                "returns",
                "--table",
                "returns");
        assertThat(told.code()).isZero();
        assertThat(StandardSchema.documents(told.out())).hasSize(3);
    }

    @Test
    void aPortWithoutAPlatformIsLeftOut() throws IOException {
        Ran ran = ran("parcels.dps.yaml", "-n", "shipping");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("--platform").contains("--external-platform");
        assertThat(StandardSchema.documents(ran.out())).hasSize(1);
    }

    @Test
    void aProductOfVersion11HasATeamAndSaysWhereItsTablesAre() throws IOException {
        Ran ran = ran("stock.odps.yaml", "-n", "stock", "--platform", "warehouse");

        List<JsonNode> manifests = StandardSchema.documents(ran.out());
        assertThat(manifests).hasSize(2);
        assertThat(manifests.get(0).at("/spec/team").asText()).isEqualTo("warehousing");
        assertThat(manifests.get(0).at("/spec/subjectMatterExpert").asText()).isEqualTo("kim@example.com");
        assertThat(manifests.get(0).at("/spec/lifecycle").asText()).isEqualTo("InDevelopment");
        assertThat(manifests.get(1).at("/spec/postgresql/tables")).hasSize(2);
        assertThat(manifests.get(1).at("/spec/autoApprove").asBoolean()).isTrue();
        assertThat(ran.code()).as("forecasts has no tables").isEqualTo(1);
        assertThat(ran.err())
                .contains("it has no name")
                .contains("custom property costCenter has no place")
                .contains("9: warning: name has no place");
    }

    @Test
    void namesBecomeNamesOfKubernetesAndKeepTheirIds() throws IOException {
        Files.writeString(folder.resolve("names.yaml"), """
                dataProductSpecification: 0.0.1
                id: Ä/Ö
                info: {title: Umlauts, owner: Team Ü, status: sunset}
                outputPorts:
                - {id: a_b, name: a, server: {database: d, schema: s, table: t}}
                - {id: a-b, name: b, server: {database: d, schema: s, table: t}}
                - {id: a-b, name: c, server: {database: d, schema: s, table: t}}
                """);

        Ran ran = run(
                "import",
                "-n",
                "x",
                "--platform",
                "p",
                folder.resolve("names.yaml").toString());

        List<JsonNode> manifests = StandardSchema.documents(ran.out());
        List<String> names = new ArrayList<>();
        manifests.forEach(manifest -> names.add(manifest.at("/metadata/name").asText() + " "
                + manifest.at("/metadata/annotations/standards.portcullis.dev~1id")
                        .asText()));
        assertThat(names).hasSize(3);
        assertThat(ran.err()).contains("there is another output port with the id a-b");
        assertThat(names.get(0)).matches("x-[0-9a-f]{6} Ä/Ö");
        assertThat(names.get(1)).isEqualTo("a-b a_b");
        assertThat(names.get(2)).matches("x-[0-9a-f]{6}-a-b a-b");
        assertThat(manifests.get(0).at("/spec/lifecycle").asText()).isEqualTo("Proposed");
        assertThat(manifests.get(0).at("/spec/team").isMissingNode()).isTrue();
        assertThat(ran.err()).contains("Team Ü").contains("sunset");
    }

    @Test
    void whatIsExportedCallsProductsAsTheyWereCalledWhenImported() throws IOException {
        Ran ran =
                ran("parcels.dps.yaml", "-n", "shipping", "--platform", "warehouse", "--external-platform", "streams");
        Path mesh = Files.createDirectory(folder.resolve("mesh"));
        Files.writeString(mesh.resolve("offer.yaml"), ran.out());
        Files.writeString(mesh.resolve("agreement.yaml"), """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: routes, namespace: planning}
                spec:
                  purpose: Plan tomorrow's routes.
                  provider: {namespace: shipping, outputPort: parcels-pg-v1}
                  consumer: {user: taylor@example.com}
                """);

        JsonNode document =
                StandardSchema.documents(run("export", mesh.toString()).out()).get(0);

        assertThat(document.at("/provider/teamId").asText()).isEqualTo("shipping");
        assertThat(document.at("/provider/dataProductId").asText()).isEqualTo("parcels_all");
        assertThat(document.at("/provider/outputPortId").asText()).isEqualTo("parcels_pg_v1");
        assertThat(document.at("/provider/dataContractId").asText()).isEqualTo("parcels-v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: DataProduct\napiVersion: v2.0.0\nid: x\n",
                "dataProductSpecification: 0.0.1\nid: x\n",
                "dataProductSpecification: 0.0.1\nid: x\nid: y\n",
                "a: b\n",
                "apiVersion: v1.0.0\nkind: DataProduct\nstatus: active\n"
            })
    void whatIsNoDocumentOfThemIsRefused(String text) throws IOException {
        Files.writeString(folder.resolve("x.yaml"), text);

        Ran ran = run("import", "-n", "x", folder.resolve("x.yaml").toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("x.yaml:");
    }

    @Test
    void theCommandHasANamespaceAndAFile() {
        assertThat(run("import", "-n", "x").code()).isEqualTo(64);
        assertThat(run("import", "x.yaml").code()).isEqualTo(64);
        assertThat(run("import", "-n", "x", folder.resolve("nowhere").toString())
                        .code())
                .isEqualTo(1);
        Ran noName = run("import", "-n", "X!", folder.resolve("nowhere").toString());
        assertThat(noName.code()).isEqualTo(64);
        assertThat(noName.err()).startsWith("portcullis import: no namespace can be called X!: ");
    }

    private Ran ran(String example, String... options) throws IOException {
        copy(example);
        List<String> all = new ArrayList<>(List.of("import"));
        all.addAll(List.of(options));
        all.add(folder.resolve(example).toString());
        return run(all.toArray(String[]::new));
    }

    /** Files as somebody names them who is in their folder. */
    private Ran run(String... args) {
        Ran ran = Ran.portcullis(args);
        return new Ran(ran.code(), ran.out(), ran.err().replace(folder + "/", ""));
    }

    private void copy(String example) throws IOException {
        Files.writeString(folder.resolve(example), StandardSchema.resource("/imports/" + example));
    }
}
