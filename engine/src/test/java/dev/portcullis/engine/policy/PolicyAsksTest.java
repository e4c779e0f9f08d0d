package dev.portcullis.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.AcceptedTerms;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.engine.request.KeptText;
import org.junit.jupiter.api.Test;

/** Terms of policies. */
class PolicyAsksTest {
    private static final String PII = """
            mode: %s
            rules:
            - name: handled-with-care
              when: "true"
              require: {terms: [{id: pii-handling, revision: "2026-01", text: Handle it with care.}]}
            """;

    private static final KeptText CARE = new KeptText("Handle it with care.");

    private final Mesh mesh = Mesh.standard();

    @Test
    void theTermsOfAMandatoryPolicyHaveToBeAccepted() {
        mesh.policy("pii", PII.formatted("Mandatory"));
        mesh.port().autoApprove(true);

        Case agreement = mesh.request().settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Invalid);
        assertThat(agreement.ready()).isEqualTo("False/TermsNotAccepted");
        assertThat(agreement.message("Ready"))
                .contains(
                        "ApprovalPolicy pii has terms pii-handling of revision 2026-01",
                        "spec.policyTerms: {pii-handling: \"2026-01\"}",
                        "kubectl get approvalpolicy pii");
        assertThat(agreement.status().snapshot()).as("nothing is frozen").isNull();
        assertThat(agreement
                        .decided("approved", People.OLGA)
                        .settle()
                        .approval()
                        .status())
                .isEqualTo(ApprovalStatus.Requested);
    }

    @Test
    void anotherRevisionIsNotAcceptedAndHeals() {
        mesh.policy("pii", PII.formatted("Mandatory"));

        Case agreement =
                mesh.request().acceptingOfPolicies("pii-handling", "2025-12").settle();

        assertThat(agreement.message("Ready")).contains("revision 2026-01, and the request accepts 2025-12");
        mesh.policy("pii", PII.formatted("Mandatory").replace("2026-01", "2025-12"));
        assertThat(agreement.cleared().settle().phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void whatWasAcceptedIsKeptAndLaterEditionsChangeNothing() {
        mesh.product().terms("7", "Do not re-identify customers.");
        mesh.policy("pii", PII.formatted("Mandatory"));
        Case agreement = mesh.request().accepting("7").acceptingOfPolicies("pii-handling", "2026-01");

        assertThat(agreement.assess().texts()).containsExactly(new KeptText("Do not re-identify customers."), CARE);
        assertThat(agreement.look().status().snapshot().terms())
                .extracting(AcceptedTerms::of)
                .containsExactly("product", "policy/pii/pii-handling");
        assertThat(agreement.status().snapshot().terms())
                .contains(new AcceptedTerms("policy/pii/pii-handling", "2026-01", CARE.sha256()));

        mesh.policy("pii", PII.formatted("Mandatory").replace("2026-01", "2026-02"));
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Requested);
        mesh.withoutPolicy("pii");
        assertThat(agreement.decided("approved", People.OLGA).settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void theHashOfTheRequestIsOverTheTextsOfPoliciesToo() {
        mesh.policy("pii", PII.formatted("Mandatory"));
        String before = accepting().look().status().snapshot().request();
        mesh.policy("pii", PII.formatted("Mandatory").replace("with care", "as you like"));

        assertThat(accepting().look().status().snapshot().request()).isNotEqualTo(before);
    }

    @Test
    void twoPoliciesThatWantDifferentTextsUnderOneIdAreAFault() {
        mesh.policy("pii", PII.formatted("Mandatory"));
        mesh.policy("more", PII.formatted("Mandatory").replace("2026-01", "2026-02"));

        Case agreement = accepting().settle();

        assertThat(agreement.ready()).isEqualTo("False/PolicyUnclear");
        assertThat(agreement.message("Ready"))
                .contains("ApprovalPolicies more (revision 2026-02) and pii (revision 2026-01)", "terms pii-handling");

        mesh.policy("more", PII.formatted("Mandatory").replace("with care", "as you like"));
        assertThat(agreement.settle().ready()).as("one revision of two texts").isEqualTo("False/PolicyUnclear");

        mesh.policy("more", PII.formatted("Mandatory"));
        assertThat(agreement.settle().phase()).as("the same text").isEqualTo(Phase.Requested);
        assertThat(agreement.status().snapshot().terms())
                .containsExactly(new AcceptedTerms("policy/more/pii-handling", "2026-01", CARE.sha256()));
    }

    @Test
    void termsOfSeveralIdsHaveToBeAcceptedEach() {
        mesh.policy("pii", PII.formatted("Mandatory"));
        mesh.policy("use", PII.formatted("Mandatory").replace("pii-handling", "no-resale"));

        assertThat(accepting().settle().message("Ready")).contains("ApprovalPolicy use has terms no-resale");
        assertThat(accepting()
                        .acceptingOfPolicies("no-resale", "2026-01")
                        .settle()
                        .phase())
                .isEqualTo(Phase.Requested);
    }

    @Test
    void aDefaultPolicyThatHasASayAsksToo() {
        mesh.policy("pii", PII.formatted("Default"));

        assertThat(mesh.request().settle().ready()).isEqualTo("False/TermsNotAccepted");
        assertThat(accepting().settle().phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void aDefaultPolicyThatNobodyListensToAsksNothing() {
        mesh.policy("pii", PII.formatted("Default"));
        mesh.port().autoApprove(true);

        assertThat(mesh.request().settle().approval().rule())
                .as("the port's word")
                .isEqualTo("auto-approve");

        mesh.port().autoApprove(false);
        mesh.policy(
                "people",
                "{mode: Mandatory, rules: [{name: two, when: 'true', require: {approvals: [{from: {provider: true}}]}}]}");
        assertThat(mesh.request().settle().phase())
                .as("what a Mandatory policy requires comes on top of what it asks")
                .isEqualTo(Phase.Invalid);

        mesh.policy("people", "{mode: Mandatory, rules: [{name: open, when: 'true', approve: true}]}");
        assertThat(mesh.request().settle().phase()).as("a policy approves").isEqualTo(Phase.Active);
        assertThat(mesh.request().settle().status().snapshot().terms()).isEmpty();
    }

    @Test
    void whatIsRejectedNeedsNothingAccepted() {
        mesh.policy("pii", PII.formatted("Mandatory"));
        mesh.policy("closed", "{mode: Mandatory, order: 200, rules: [{name: all, when: 'true', reject: Not here.}]}");

        assertThat(mesh.request().settle().phase()).isEqualTo(Phase.Rejected);
    }

    @Test
    void policiesSeeWhatARequestAnswersAndAccepts() {
        mesh.product().terms("7", "Be kind.").asks("retention", "How long?", false);
        mesh.policy("short", """
                mode: Mandatory
                rules:
                - name: short-and-accepted
                  when: >-
                    has(agreement.answers.retention) && agreement.answers.retention == '30 days'
                    && agreement.acceptedTerms == product.termsRevision && agreement.policyTerms['pii-handling'] == '2026-01'
                  approve: true
                - {name: others, when: "true", reject: Keep it for 30 days at most.}
                """);

        assertThat(accepting()
                        .accepting("7")
                        .answering("retention", "30 days")
                        .settle()
                        .phase())
                .isEqualTo(Phase.Active);
        assertThat(accepting().accepting("7").settle().phase()).isEqualTo(Phase.Rejected);
    }

    private Case accepting() {
        return mesh.request().acceptingOfPolicies("pii-handling", "2026-01");
    }
}
