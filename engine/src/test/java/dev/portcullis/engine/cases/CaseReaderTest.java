package dev.portcullis.engine.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.given.MemoryPlatform;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.policy.PolicyExpressions;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.principal.PrincipalMapper;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a file of cases is said with its line, and never passes. */
class CaseReaderTest {
    private static final PolicyExpressions EXPRESSIONS = new PolicyExpressions();

    private static final String POLICY = """
            apiVersion: portcullis.dev/v1alpha1
            kind: ApprovalPolicy
            metadata: {name: pii}
            spec:
              mode: Mandatory
              rules:
              - name: none
                when: "true"
                reject: Not here.
            """;

    private static final String CASES = """
            policies: [pii.yaml]
            given:
            - apiVersion: portcullis.dev/v1alpha1
              kind: Team
              metadata: {name: marketing}
              spec:
                namespaces: [marketing]
                members:
                - user: taylor@example.com
            - apiVersion: portcullis.dev/v1alpha1
              kind: DataPlatform
              metadata: {name: warehouse}
              spec:
                postgresql: {host: pg.example.com, credentials: {namespace: n, name: s}}
                exposes: [{namespaces: [checkout], postgresql: [{database: shop, schemas: [sales]}]}]
            - apiVersion: portcullis.dev/v1alpha1
              kind: DataProduct
              metadata: {name: orders, namespace: checkout}
              spec: {title: Orders}
            - apiVersion: portcullis.dev/v1alpha1
              kind: OutputPort
              metadata: {name: orders-v1, namespace: checkout}
              spec:
                dataProduct: orders
                platform: warehouse
                postgresql: {database: shop, schema: sales, tables: [{name: orders}]}
            - apiVersion: portcullis.dev/v1alpha1
              kind: DataUsageAgreement
              metadata:
                name: churn
                namespace: marketing
              spec:
                purpose: Train the monthly churn model.
                provider: {namespace: checkout, outputPort: orders-v1}
                consumer: {user: taylor@example.com}
            cases:
            - name: Nobody gets it
              expect:
                decision: rejected
                rule: pii/none
            """;

    private final Map<String, String> files = new HashMap<>(Map.of("cases.yaml", CASES, "pii.yaml", POLICY));

    private CaseReading read() {
        return new CaseReader(path -> Optional.ofNullable(files.get(path)), EXPRESSIONS).read("cases.yaml");
    }

    private CaseResult run() {
        CaseReading reading = read();
        assertThat(reading.faults()).isEmpty();
        return new CaseRunner(
                        new PlatformModules(List.of(new MemoryPlatform())),
                        new PrincipalMapper(new PrincipalExpressions()),
                        EXPRESSIONS)
                .run(reading.cases().get(0));
    }

    private void edit(String from, String to) {
        assertThat(CASES).contains(from);
        files.put("cases.yaml", CASES.replace(from, to));
    }

    private void editPolicy(String from, String to) {
        assertThat(POLICY).contains(from);
        files.put("pii.yaml", POLICY.replace(from, to));
    }

    private void assertFault(String... parts) {
        assertThat(read().faults()).singleElement().asString().contains(parts);
        assertThat(read().cases()).isEmpty();
    }

    @Test
    void whatIsRightPasses() {
        assertThat(run().hasPassed()).isTrue();
        assertThat(run().text()).isEqualTo("ok   Nobody gets it");
    }

    @Test
    void whatIsNotAsExpectedIsSaidSideBySide() {
        edit(
                "decision: rejected",
                "decision: approved\n    missing: [{from: {team: privacy}, count: 2}]\n    reason: Fine.");

        assertThat(run().hasPassed()).isFalse();
        assertThat(run().text()).isEqualTo("""
                FAIL Nobody gets it (cases.yaml:37)
                     decision: expected approved, was rejected
                     missing: expected 2 approvals of team privacy, was none
                     reason: expected … Fine. …, was Not here.
                     Rejected: Not here.""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            - user: taylor@example.com    | - users: taylor@example.com      | cases.yaml:9: | there is no field users here; there are attributes, user
            - user: taylor@example.com    | - attributes: {country: DE}      | cases.yaml:9: | the field user is required
            spec: {title: Orders}         | "spec: {title: Orders, owner: o}" | cases.yaml:19: | there is no field owner
            spec: {title: Orders}         | spec: {title: 7}                 | cases.yaml:19: | 7 does not fit here: a text is meant, so quote it
            spec: {title: Orders}         | spec: {}                         | cases.yaml:19: | the field title is required
            spec: {title: Orders}         | "spec: {title: A, title: B}"     | cases.yaml:19: | the field title is there twice
            spec: {title: Orders}         | "spec: {title: A, lifecycle: On}" | cases.yaml:19: | On does not fit here: it is one of Proposed, InDevelopment, Active
            kind: Team                    | kind: Group                      | cases.yaml:4: | kind is one of Team, DataPlatform
            metadata: {name: marketing}   | "metadata: {name: marketing, namespace: a}" | cases.yaml:5: | is in no namespace
            metadata: {name: marketing}   | "metadata: {name: marketing, owner: a}" | cases.yaml:5: | there is no field owner
            metadata: {name: marketing}   | metadata: {}                     | cases.yaml:5: | metadata.name is required
            "    namespace: marketing"    | "    labels: {}"                 | cases.yaml:29: | metadata.namespace is required
            rule: pii/none                | rule: pii/some                   | cases.yaml:40: | there is no rule pii/some: name one as POLICY/RULE, or same-team, auto-approve, manual, external
            rule: pii/none                | because: I say so                | cases.yaml:40: | there is no field because
            rule: pii/none                | reason: Not here.                | cases.yaml:38: | does not say by which rule
            decision: rejected            | decision: denied                 | cases.yaml:39: | denied does not fit here: it is one of approved, rejected
            decision: rejected            | reason: No.                      | cases.yaml:38: | the field decision is required
            - name: Nobody gets it        | - name: ''                       | cases.yaml:37: | a case has a name
            policies: [pii.yaml]          | policies: [other.yaml]           | cases.yaml:1: | there is no file other.yaml
            policies: [pii.yaml]          | policies: [../pii.yaml]          | cases.yaml:1: | there is no file ../pii.yaml
            policies: [pii.yaml]          | policies: [/pii.yaml]            | cases.yaml:1: | there is no file /pii.yaml
            policies: [pii.yaml]          | policy: pii.yaml                 | cases.yaml:1: | there is no field policy here; there are cases, given, policies
            policies: [pii.yaml]          | policies: [pii.yaml              | cases.yaml:2: | this is no YAML
            """)
    void whatIsWrongIsSaidWithItsLine(String from, String to, String place, String message) {
        edit(from, to);

        assertFault(place, message);
    }

    @Test
    void aCaseThatExpectsNothingIsNone() {
        files.put("cases.yaml", CASES.substring(0, CASES.indexOf("  expect:")));

        assertFault("cases.yaml:37: the case expects nothing");
    }

    @Test
    void aFileWithoutCasesIsNone() {
        files.put("cases.yaml", CASES.substring(0, CASES.indexOf("cases:\n")));
        assertFault("cases.yaml:1: the file has no cases");
        files.put("cases.yaml", "# nothing yet\n");
        assertFault("cases.yaml:1: the file has no cases");
        files.remove("cases.yaml");
        assertFault("cases.yaml:1: there is no such file");
    }

    @Test
    void aCaseIsAboutOneAgreement() {
        edit("kind: DataUsageAgreement", "kind: OutputPort");
        assertThat(read().faults()).isNotEmpty();
        edit("cases:\n", """
                - apiVersion: portcullis.dev/v1alpha1
                  kind: DataUsageAgreement
                  metadata: {name: second, namespace: marketing}
                  spec:
                    purpose: Train the monthly churn model.
                    provider: {namespace: checkout, outputPort: orders-v1}
                    consumer: {user: taylor@example.com}
                cases:
                """);
        assertFault("is given 2: leave all but one out");
    }

    @Test
    void whatSomebodyDecidesStandsUnderDecisions() {
        edit(
                "    namespace: marketing",
                "    namespace: marketing\n    annotations: {portcullis.dev/decision: approved}");

        assertFault("cases.yaml:32: what somebody decides stands under decisions");
    }

    @Test
    void aStatusIsNotGiven() {
        edit("cases:\n", "  status: {phase: Active}\ncases:\n");

        assertFault("a DataUsageAgreement is given here without status");
    }

    @Test
    void instantsAreInstants() {
        edit("  expect:", "  now: 2026-12-01\n  expect:");

        assertFault("cases.yaml:38: 2026-12-01 is no instant like");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            when: "true"         | when: port.containsPersonalData | pii.yaml:8: | the expression is broken at its line 1, column 5
            when: "true"         | when: tru                       | pii.yaml:8: | the expression is broken at its line 1, column 1
            when: "true"         | when: true                      | pii.yaml:8: | true does not fit here: a text is meant, so quote it
            reject: Not here.    | approve: false                  | pii.yaml:7: | a rule says one thing
            reject: Not here.    | required: {}                    | pii.yaml:9: | there is no field required here
            """)
    void policiesAreReadAsStrictly(String from, String to, String place, String message) {
        editPolicy(from, to);

        assertThat(read().faults().get(0).toString()).contains(place, message);
    }

    @Test
    void filesUnderPoliciesHavePoliciesAlone() {
        files.put("pii.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: checkout}}");
        assertThat(read().faults().get(0).toString()).contains("pii.yaml:1:", "have ApprovalPolicies alone");
        files.put("pii.yaml", "");
        assertFault("pii.yaml:1: the file has no policy");
    }

    @Test
    void whatUnfoldsWithoutEndIsNotRead() {
        edit("policies: [pii.yaml]", "policies: &all [*all]");
        assertThat(read().faults()).isNotEmpty();
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(10, "*a" + (i - 1)))));
        }
        files.put("cases.yaml", bomb.toString());
        assertFault("unfolds to more than");
        files.put("cases.yaml", "[".repeat(5000) + "]".repeat(5000));
        assertThat(read().faults()).isNotEmpty();
    }

    @Test
    void namesOfFilesAreSeenFromTheFile() {
        assertThat(CaseFiles.beside("a/b/cases.yaml", "../pii.yaml")).contains("a/pii.yaml");
        assertThat(CaseFiles.beside("a/b/cases.yaml", "./c/../pii.yaml")).contains("a/b/pii.yaml");
        assertThat(CaseFiles.beside("/a/cases.yaml", "../pii.yaml")).contains("/pii.yaml");
        assertThat(CaseFiles.beside("a/cases.yaml", "../../pii.yaml")).isEmpty();
        assertThat(CaseFiles.beside("a/cases.yaml", "/etc/passwd")).isEmpty();
    }

    @Test
    void ofWhatIsUnclearTheMandatoryRuleIsNamed() {
        files.put("pii.yaml", """
                apiVersion: portcullis.dev/v1alpha1
                kind: ApprovalPolicy
                metadata: {name: pii}
                spec:
                  mode: Mandatory
                  rules:
                  - {name: clear, when: "false", reject: No.}
                  - {name: unclear, when: "beneficiaries.all(b, b.attributes.floor == '1')", approve: true}
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: ApprovalPolicy
                metadata: {name: early}
                spec:
                  mode: Default
                  order: -1
                  rules:
                  - {name: unclear, when: "beneficiaries.all(b, b.attributes.floor == '2')", approve: true}
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: ApprovalPolicy
                metadata: {name: before}
                spec:
                  mode: Mandatory
                  order: -1
                  rules:
                  - {name: met, when: "true", require: {maxDuration: P90D}}
                """);
        edit("decision: rejected\n    rule: pii/none", "decision: invalid\n    rule: pii/unclear");

        assertThat(run().text()).isEqualTo("ok   Nobody gets it");
    }

    @Test
    void whatIsInvalidByNoRuleHasNone() {
        edit("outputPort: orders-v1}", "outputPort: orders-v2}");
        files.computeIfPresent(
                "cases.yaml",
                (name, text) -> text.replace(
                        "decision: rejected\n    rule: pii/none", "decision: invalid\n    rule: pii/none"));

        assertThat(run().text()).contains("rule: expected pii/none, was none");
    }

    @Test
    void whatMustStayTrueIsReadToo() {
        editPolicy("reject: Not here.", "approve: true\n    while: tru");

        assertFault("pii.yaml:10: ", "the expression is broken at its line 1, column 1");
    }
}
