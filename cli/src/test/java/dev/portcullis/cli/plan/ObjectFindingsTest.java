package dev.portcullis.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator would say of platforms, products, ports and policies, before anybody asks for anything. */
class ObjectFindingsTest {
    private static final String PORT = """
            apiVersion: portcullis.dev/v1alpha1
            kind: OutputPort
            metadata: {name: new-v1, namespace: checkout}
            spec:
              dataProduct: orders
              description: One row per order.
              platform: warehouse
              postgresql: {database: shop, schema: sales, tables: [{name: orders}]}
            """;

    @TempDir
    private Path folder;

    private PlannedFolders folders;

    @BeforeEach
    void copySamples() throws IOException {
        folders = new PlannedFolders(folder);
    }

    @Test
    void aRuleForPrincipalsThatCannotBeUsedIsInvalid() throws IOException {
        folders.edit("30-platform.yaml", "name.split('@')[0]", "nam.split('@')[0]");

        Ran ran = folders.plan();

        assertThat(ran.out())
                .containsPattern(
                        "DataPlatform warehouse is not ready \\(PrincipalRulesInvalid\\): spec.principals.user is not usable: .*nam")
                .containsPattern("30-platform.yaml:1[0-9]");
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void aPortThatNobodyAsksForYetSaysWhatItLacks() throws IOException {
        folders.write("70-port.yaml", PORT.replace("platform: warehouse", "platform: warehosue"));
        assertThat(folders.plan())
                .satisfies(ran -> assertThat(ran.code()).isEqualTo(2))
                .extracting(Ran::out)
                .asString()
                .contains(
                        "OutputPort checkout/new-v1 is not ready (PlatformNotFound): there is no DataPlatform warehosue")
                .contains("70-port.yaml:1");

        folders.write("70-port.yaml", PORT.replace("dataProduct: orders", "dataProduct: order"));
        assertThat(folders.plan().out()).contains("OutputPort checkout/new-v1 is not ready (ProductNotFound)");

        folders.write("70-port.yaml", PORT.replace("schema: sales", "schema: secrets"));
        assertThat(folders.plan().out()).contains("OutputPort checkout/new-v1 is not ready (NotExposed)");

        folders.write("70-port.yaml", PORT);
        assertThat(folders.plan()).satisfies(ran -> assertThat(ran.code()).isZero());
    }

    @Test
    void aProductOfATeamThatDoesNotActThereIsInvalid() throws IOException {
        folders.write("70-product.yaml", """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataProduct
                metadata: {name: new, namespace: checkout}
                spec: {title: New, team: marketing}
                """);

        Ran ran = folders.plan("-o", "json");

        assertThat(ran.out())
                .contains("\"reason\" : \"TeamUnknown\"")
                .contains("\"about\" : \"DataProduct checkout/new\"");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(folders.plan("-o", "junit").out()).contains("failures=\"1\"");
        assertThat(folders.plan("-o", "markdown").out()).contains("DataProduct checkout/new");
    }

    /** The port itself stays as it was. */
    @Test
    void whatTheChangeBreaksIsSaid() throws IOException {
        folders.edit("30-platform.yaml", "schemas: [sales]", "schemas: [other]");

        assertThat(folders.plan().out())
                .contains("OutputPort checkout/orders-v1 is not ready (NotExposed)")
                .contains("OutputPort checkout/order-items-v1 is not ready (NotExposed)");
    }

    @Test
    void whatWasBrokenBeforeAndIsLeftAloneIsNot() throws IOException {
        PlannedFolders.edit(folders.before, "30-platform.yaml", "schemas: [sales]", "schemas: [other]");
        folders.edit("30-platform.yaml", "schemas: [sales]", "schemas: [other]");

        assertThat(folders.plan()).satisfies(ran -> assertThat(ran.code()).isZero());
    }

    @Test
    void whatIsSuspendedOnPurposeIsNotInvalid() throws IOException {
        folders.edit("50-offer.yaml", "  autoApprove: true", "  suspend: true");

        Ran ran = folders.plan();

        assertThat(ran.out()).contains("OutputPort checkout/order-items-v1 is not ready (Suspended)");
        assertThat(ran.code()).isZero();
    }

    @Test
    void aPolicyThatAsksATeamWhichIsNotThereSaysSo() throws IOException {
        folders.write("70-policy.yaml", """
                apiVersion: portcullis.dev/v1alpha1
                kind: ApprovalPolicy
                metadata: {name: asks}
                spec:
                  mode: Mandatory
                  ports: {namespaces: [checkout]}
                  rules: [{name: one, when: "true", require: {approvals: [{from: {team: privcay}}]}}]
                """);

        assertThat(folders.plan().out())
                .contains("ApprovalPolicy asks (TeamsMissing): ")
                .contains("create privcay");
    }
}
