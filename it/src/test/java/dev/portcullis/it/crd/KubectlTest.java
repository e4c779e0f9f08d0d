package dev.portcullis.it.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.local.Await;
import dev.portcullis.local.Checkout;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see with kubectl: columns, short names, the category, field selectors, explanations. */
class KubectlTest {
    private static final CrdCluster CLUSTER = CrdCluster.get();
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String SPECS = """
            apiVersion: portcullis.dev/v1alpha1
            kind: Team
            metadata: {name: kubectl}
            spec: {namespaces: [marketing, growth]}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: ApprovalPolicy
            metadata: {name: kubectl}
            spec: {mode: Default, rules: [{name: all, when: "tru", approve: true}]}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataPlatform
            metadata: {name: kubectl}
            spec: {postgresql: {host: h, credentials: {namespace: n, name: s}}}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataProduct
            metadata: {name: kubectl, namespace: checkout}
            spec: {title: Orders}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: OutputPort
            metadata: {name: kubectl, namespace: checkout}
            spec: {dataProduct: orders, platform: warehouse, postgresql: {database: d, schema: s, tables: [{name: t}]}}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: AccessGrant
            metadata: {name: kubectl, namespace: checkout}
            spec: {installation: i, platform: events, outputPort: {name: kubectl, uid: u}, principal: taylor, objects: [{name: t}]}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataUsageAgreement
            metadata: {name: kubectl-one, namespace: marketing}
            spec:
              purpose: Train the monthly churn model.
              provider: {namespace: checkout, outputPort: kubectl-orders}
              consumer: {user: taylor@example.com}
              end: 2027-03-31
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataUsageAgreement
            metadata: {name: kubectl-two, namespace: marketing}
            spec:
              purpose: Train the monthly churn model.
              provider: {namespace: finance, outputPort: kubectl-invoices}
              consumer: {team: marketing}
            """;

    /** As the operator would write it. */
    private static final List<String> STATUSES = List.of("""
            kind: Team
            metadata: {name: kubectl}
            status:
              conditions:
              - {type: Ready, status: "True", reason: Accepted, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
            """, """
            kind: ApprovalPolicy
            metadata: {name: kubectl}
            status:
              conditions:
              - {type: Ready, status: "False", reason: ExpressionInvalid, message: "rule all, when: no", lastTransitionTime: "2026-01-01T00:00:00Z"}
            """, """
            kind: DataPlatform
            metadata: {name: kubectl}
            status:
              version: "16.15"
              entitlements: 12
              lastFullComparison: "2026-01-01T00:00:00Z"
              conditions:
              - {type: Ready, status: "True", reason: Comparing, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
              - {type: Reachable, status: "True", reason: Reached, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
              - {type: RemovalHeld, status: "True", reason: TooManyRemovals, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
            """, """
            kind: DataProduct
            metadata: {name: kubectl, namespace: checkout}
            status:
              agreements: {requested: 3, active: 4}
              conditions:
              - {type: Ready, status: "True", reason: Offered, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
            """, """
            kind: OutputPort
            metadata: {name: kubectl, namespace: checkout}
            status:
              agreements: {requested: 3, active: 4}
              conditions:
              - {type: Ready, status: "False", reason: NotExposed, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
              - {type: MayNotRead, status: "True", reason: RowSecurity, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
            """, """
            kind: AccessGrant
            metadata: {name: kubectl, namespace: checkout}
            status:
              observedGeneration: 1
              state: Granted
              conditions:
              - {type: Granted, status: "True", reason: Granted, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
            """, """
            kind: DataUsageAgreement
            metadata: {name: kubectl-one, namespace: marketing}
            status:
              phase: Active
              ends: "2027-04-01T00:00:00Z"
              recertifyBy: "2027-02-01T00:00:00Z"
              consumer: taylor@example.com (marketing)
              approval:
                status: Approved
                rule: manual
                decidedBy: olga@example.com
                decisions:
                - {decision: approved, by: rule/first, recordedBy: r, at: "2026-01-01T00:00:00Z", via: Annotation}
                - {decision: revoked, by: olga@example.com, recordedBy: r, at: "2026-01-02T00:00:00Z", via: Annotation}
              conditions:
              - {type: Approved, status: "True", reason: Approved, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
              - {type: Ready, status: "True", reason: Granted, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
              - {type: AccessBeyond, status: "True", reason: MoreThanAgreed, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
            """);

    @BeforeAll
    static void create() {
        PortcullisManifests.parse(SPECS)
                .forEach(object -> CLUSTER.client().resource(object).create());
        STATUSES.forEach(status -> {
            GenericKubernetesResource object = PortcullisManifests.parse(
                            "apiVersion: portcullis.dev/v1alpha1\n" + status)
                    .get(0);
            CLUSTER.client().resource(object).patchStatus();
        });
    }

    @Test
    void columnsOfAgreements() {
        List<String> lines = kubectl("get", "dua", "-n", "marketing", "kubectl-one", "kubectl-two");
        assertThat(columns(lines.get(0)))
                .containsExactly("NAME", "APPROVAL", "PHASE", "PORT", "CONSUMER", "ENDS", "NOTICE", "AGE");
        assertThat(columns(lines.get(1)))
                .startsWith(
                        "kubectl-one",
                        "Approved",
                        "Active",
                        "kubectl-orders",
                        "taylor@example.com (marketing)",
                        "2027-04-01T00:00:00Z",
                        "AccessBeyond");
        assertThat(lines.get(2)).matches("kubectl-two +kubectl-invoices +\\d+s");
    }

    @Test
    void moreColumnsOfAgreements() {
        List<String> lines = kubectl("get", "dua", "-n", "marketing", "kubectl-one", "-o", "wide");
        assertThat(columns(lines.get(0)))
                .containsExactly(
                        "NAME",
                        "APPROVAL",
                        "PHASE",
                        "PORT",
                        "CONSUMER",
                        "ENDS",
                        "NOTICE",
                        "AGE",
                        "RECERTIFY-BY",
                        "RULE",
                        "DECIDED-BY",
                        "REASON");
        assertThat(columns(lines.get(1))).endsWith("2027-02-01T00:00:00Z", "manual", "olga@example.com", "Granted");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            teams         ; NAME GRANT-AS NAMESPACES READY AGE                           ; kubectl Members ["marketing","growth"] True
            apol          ; NAME MODE ORDER READY REASON AGE                             ; kubectl Default 100 False ExpressionInvalid
            dataplatforms ; NAME READY REASON VERSION ENTITLEMENTS NOTICE AGE            ; kubectl True Comparing 16.15 12 RemovalHeld
            dp            ; NAME TITLE LIFECYCLE READY REQUESTED ACTIVE AGE              ; kubectl Orders Active True 3 4
            grant         ; NAME STATE PLATFORM PORT PRINCIPAL DELETED AGE               ; kubectl Granted events kubectl taylor
            port          ; NAME PRODUCT PLATFORM AUTO-APPROVE READY REQUESTED ACTIVE NOTICE AGE; kubectl orders warehouse false False 3 4 MayNotRead
            """)
    void columns(String type, String header, String values) {
        List<String> lines = kubectl("get", type, "kubectl", "-n", "checkout");
        assertThat(columns(lines.get(0))).containsExactly(header.split(" "));
        assertThat(columns(lines.get(1))).startsWith(values.split(" "));
    }

    @Test
    void moreColumnsOfPorts() {
        List<String> lines = kubectl("get", "port", "kubectl", "-n", "checkout", "-o", "wide");
        assertThat(columns(lines.get(0))).endsWith("AGE", "REASON");
        assertThat(columns(lines.get(1))).endsWith("NotExposed");
    }

    @Test
    void whatIsWrongWithPoliciesIsAColumn() {
        List<String> lines = kubectl("get", "approvalpolicies", "kubectl", "-o", "wide");
        assertThat(columns(lines.get(0))).endsWith("AGE", "MESSAGE");
        assertThat(columns(lines.get(1))).endsWith("rule all, when: no");
    }

    @Test
    void theCategoryHasEveryKind() {
        List<String> names = kubectl("get", "datamesh", "--all-namespaces", "-o", "name");
        assertThat(names)
                .contains(
                        "team.portcullis.dev/kubectl",
                        "approvalpolicy.portcullis.dev/kubectl",
                        "dataplatform.portcullis.dev/kubectl",
                        "dataproduct.portcullis.dev/kubectl",
                        "outputport.portcullis.dev/kubectl",
                        "accessgrant.portcullis.dev/kubectl",
                        "datausageagreement.portcullis.dev/kubectl-one",
                        "datausageagreement.portcullis.dev/kubectl-two");
    }

    @Test
    void agreementsAreSelectedByNamespaceAndPort() {
        assumeTrue(CrdCluster.get().selectsByFields());
        List<String> onPort = kubectl(
                "get",
                "dua",
                "--all-namespaces",
                "-o",
                "name",
                "--field-selector=spec.provider.namespace=checkout,spec.provider.outputPort=kubectl-orders");
        assertThat(onPort).containsExactly("datausageagreement.portcullis.dev/kubectl-one");
        List<String> ofFinance = kubectl(
                "get", "dua", "-n", "marketing", "-o", "name", "--field-selector=spec.provider.namespace=finance");
        assertThat(ofFinance).containsExactly("datausageagreement.portcullis.dev/kubectl-two");
    }

    /** The operator looks for them so, and not by their labels, which can be taken off. */
    @Test
    void accessGrantsAreSelectedByTheirPort() {
        assumeTrue(CrdCluster.get().selectsByFields());
        assertThat(kubectl("get", "grant", "-A", "-o", "name", "--field-selector=spec.outputPort.uid=u"))
                .containsExactly("accessgrant.portcullis.dev/kubectl");
        assertThat(kubectl("get", "grant", "-A", "-o", "name", "--field-selector=spec.outputPort.uid=v"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            team.spec.grantAs                                ; Never inferred.              ; ENUM: Members Principal
            dataplatforms.spec.postgresql.sslMode            ; libpq's words                ; verify-full
            dp.spec.suspend                                  ; The switch for incidents     ; false brings them back.
            port.spec.postgresql.tables.columns              ; Absent: the whole table.     ; <[]string>
            dua.spec                                         ; What the data will be used   ; -required-
            dua.status.phase                                 ; DESCRIPTION                  ; Provisioning
            """)
    void fieldsAreExplained(String field, String one, String other) {
        // what the types say reaches the document that kubectl asks for a moment after they are served
        Await.until(
                SOON,
                () -> "explained: " + field + "\n"
                        + CLUSTER.kubectl("explain", field).text(),
                () -> {
                    String text = String.join(
                            " ", CLUSTER.kubectl("explain", field).text().split("\\s+"));
                    return text.contains(one) && text.contains(other) && !text.contains("<empty>");
                });
    }

    /** kubectl validates strictly by itself. */
    @ParameterizedTest
    @ValueSource(strings = {"purpos: Train the monthly churn model.", "durations: P90D"})
    void typingErrorsAreRefused(String line, @TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("typing-error.yaml"), """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: typing-error, namespace: marketing}
                spec:
                  purpose: Train the monthly churn model.
                  provider: {namespace: checkout, outputPort: orders-v1}
                  consumer: {user: taylor@example.com}
                  %s
                """.formatted(line));
        CrdCluster.Said said = CLUSTER.kubectl("apply", "-f", file.toString());
        assertThat(said.code()).isNotZero();
        assertThat(said.text()).contains("unknown field \"spec." + line.substring(0, line.indexOf(':')) + "\"");
    }

    /** Its YAML is stricter than the one these tests read samples with elsewhere: a question mark before a comma, for one. */
    @ParameterizedTest
    @ValueSource(strings = {"quickstart", "by-hand", "terms", "votes", "granular", "external-platform", "policies"})
    void samplesAreReadByKubectl(String folder) {
        String path = Checkout.root().resolve("samples").resolve(folder).toString();
        assertThat(kubectl("annotate", "--local", "-o", "name", "-f", path, "read=yes"))
                .isNotEmpty();
    }

    private static List<String> kubectl(String... arguments) {
        CrdCluster.Said said = CLUSTER.kubectl(arguments);
        assertThat(said.code()).as(said.text()).isZero();
        return said.lines();
    }

    /** kubectl puts three spaces between columns; one space belongs to a value. */
    private static List<String> columns(String line) {
        return Stream.of(line).flatMap(l -> Arrays.stream(l.split(" {2,}"))).toList();
    }
}
