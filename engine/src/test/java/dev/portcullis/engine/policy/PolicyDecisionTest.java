package dev.portcullis.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.MissingApproval;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What policies make of requests. */
class PolicyDecisionTest {
    private static final String EMPLOYEES = """
            mode: %s
            rules:
            - name: contractors-on-pii
              when: port.containsPii && beneficiaries.exists(b, b.attributes.employment == 'contractor')
              require: {approvals: [{from: {team: privacy}}]}
            - name: employees-without-pii
              when: "!port.containsPii && beneficiaries.all(b, b.attributes.employment == 'employee')"
              approve: true
            - {name: nobody-else, when: "true", reject: Ask the data office first.}
            """;

    private final Mesh mesh = Mesh.standard();

    private void employments(String taylor, String quinn) {
        mesh.team("marketing")
                .knows(People.TAYLOR, Map.of("employment", taylor))
                .knows(People.QUINN, Map.of("employment", quinn));
        mesh.team("privacy").members("pat@example.com");
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        mesh.policy("pii", EMPLOYEES.formatted("Mandatory"));
        employments("employee", "contractor");

        Case agreement = mesh.request().settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.approval().rule()).isEqualTo("pii/employees-without-pii");
        assertThat(agreement.decisions()).containsExactly("approved by rule/pii/employees-without-pii");
    }

    @Test
    void anEmployeeWhoAsksForAContractorIsJudgedByTheContractor() {
        mesh.policy("pii", EMPLOYEES.formatted("Mandatory"));
        employments("employee", "contractor");

        Case agreement = mesh.request().forUser(People.QUINN).settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Rejected);
        assertThat(agreement.approval().rule()).isEqualTo("pii/nobody-else");
        assertThat(agreement.lastDecision().reason()).isEqualTo("Ask the data office first.");
    }

    @Test
    void oneContractorInTheTeamIsEnough() {
        mesh.policy("pii", EMPLOYEES.formatted("Mandatory"));
        mesh.port().pii(true).autoApprove(true);
        employments("employee", "contractor");

        Case agreement = mesh.request().forWholeTeam("marketing").settle();

        assertThat(agreement.phase()).as("not by the port's flag").isEqualTo(Phase.Requested);
        assertThat(agreement.approval().missing())
                .extracting(MissingApproval::from)
                .extracting("team")
                .containsExactly("privacy");
        agreement.decided("approved", People.OLGA).settle();
        assertThat(agreement.phase()).as("olga is not of team privacy").isEqualTo(Phase.Requested);
        agreement.decided("approved", "pat@example.com").settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.approval().missing()).isEmpty();
    }

    @Test
    void whatCannotBeEvaluatedWaitsAndHeals() {
        mesh.policy("pii", EMPLOYEES.formatted("Mandatory"));
        mesh.port().autoApprove(true);

        Case agreement = mesh.request().settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Invalid);
        assertThat(agreement.ready()).isEqualTo("False/PolicyUnclear");
        assertThat(agreement.message("Ready")).contains("employees-without-pii", "ApprovalPolicy pii", "employment");
        agreement.decided("approved", People.OLGA).settle();
        assertThat(agreement.approval().status()).isEqualTo(ApprovalStatus.Requested);

        employments("employee", "employee");
        assertThat(agreement.cleared().settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void whoCanHelpWhereARuleHasNoAnswerIsSaid() {
        mesh.policy("pii", EMPLOYEES.formatted("Mandatory"));
        assertThat(mesh.request().settle().message("Ready"))
                .endsWith(
                        ": 'employment' is not known, which it looks at; the platform team mends the policy, or the Team says what is"
                                + " missing of its people");

        mesh.policy("pii", "{mode: Mandatory, rules: [{name: broken, when: port.pii, approve: true}]}");
        assertThat(mesh.request().settle().message("Ready"))
                .endsWith(
                        ": it is broken at line 1, column 5: undefined field 'pii'; the platform team mends the policy");
    }

    @Test
    void aTeamThatListsNobodyIsNotATeamOfEmployees() {
        mesh.policy("pii", EMPLOYEES.formatted("Mandatory"));
        mesh.team("marketing").members();

        Case agreement = mesh.request().forProduct("churn").settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Invalid);
        assertThat(agreement.ready()).isEqualTo("False/PolicyUnclear");
        assertThat(agreement.message("Ready")).contains("'beneficiaries' is not known");
    }

    @Test
    void whereADefaultPolicyIsUnclearPeopleDecide() {
        mesh.policy("pii", EMPLOYEES.formatted("Default"));
        mesh.policy("zz-open", "{mode: Default, rules: [{name: all, when: 'true', approve: true}]}");

        Case agreement = mesh.request().settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
        assertThat(agreement.approval().rule()).isEqualTo("manual");
        assertThat(agreement.decided("approved", People.OLGA).settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void defaultPoliciesComeAfterThePortsWord() {
        mesh.policy("closed", "{mode: Default, rules: [{name: all, when: 'true', reject: Not here.}]}");
        mesh.port().autoApprove(true);

        assertThat(mesh.request().settle().approval().rule()).isEqualTo("auto-approve");
        mesh.port().autoApprove(false);
        assertThat(mesh.request().settle().approval().rule()).isEqualTo("closed/all");
    }

    /** Neither how long, nor who may stay: another has decided before it is looked at. */
    @Test
    void aDefaultPolicyThatHasNoSayLimitsNothing() {
        mesh.policy(
                "short",
                "{mode: Default, requestTimeout: P1D, rules: [{name: all, when: 'true', while: 'false',"
                        + " require: {maxDuration: P7D, recertifyEvery: P2D}}]}");
        mesh.port().autoApprove(true);

        Case approved = mesh.request().settle();

        assertThat(approved.phase()).isEqualTo(Phase.Active);
        assertThat(approved.status().ends()).isNull();
        assertThat(approved.status().recertifyBy()).isNull();
        assertThat(approved.status().snapshot().policies().rules()).isEmpty();

        mesh.port().autoApprove(false);
        assertThat(approved.settle().phase()).isEqualTo(Phase.Active);
        Case another = mesh.request().settle();
        assertThat(another.status().ends()).as("of the request").isNotNull();
        assertThat(another.decided("approved", People.OLGA).settle().ready()).isEqualTo("False/PolicyNotMet");
    }

    @Test
    void aTeamThatIsNotThereCannotBeAskedAndNothingIsKeptOfThat() {
        mesh.policy(
                "typo",
                "{mode: Mandatory, rules: [{name: r, when: 'true', require: {approvals: [{from: {team: privcay}}]}}]}");
        Case agreement = mesh.request().settle();
        assertThat(agreement.ready()).isEqualTo("False/PolicyUnclear");
        assertThat(agreement.message("Ready")).contains("there is no such Team");

        mesh.team("privacy").members("pat@example.com");
        mesh.policy(
                "typo",
                "{mode: Mandatory, rules: [{name: r, when: 'true', require: {approvals: [{from: {team: privacy}}]}}]}");

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void mandatoryPoliciesAddUp() {
        mesh.policy("open", "{mode: Mandatory, order: 1, rules: [{name: all, when: 'true', approve: true}]}");
        mesh.policy(
                "two",
                "{mode: Mandatory, order: 2, rules: [{name: both, when: 'true', require: {approvals: [{from: {provider: true}}, {from: {team: privacy}}]}}]}");
        mesh.team("privacy").members("pat@example.com");

        Case agreement = mesh.request().settle();

        assertThat(agreement.phase()).as("an approval skips nothing").isEqualTo(Phase.Requested);
        assertThat(agreement.approval().missing()).hasSize(2);
        agreement.decided("approved", People.OLGA).settle();
        assertThat(agreement.approval().missing())
                .extracting(MissingApproval::from)
                .extracting("team")
                .containsExactly("privacy");
    }

    @Test
    void aPolicyMayWantRecordedDecisions() {
        mesh.policy("tickets", "{mode: Mandatory, rules: [{name: all, when: 'true', require: {workflow: External}}]}");

        Case agreement = mesh.request().settle();

        assertThat(agreement.approval().workflow()).isEqualTo(Workflow.External);
        assertThat(agreement
                        .recorded("approved", People.OTTO, "ticket-bot")
                        .settle()
                        .phase())
                .isEqualTo(Phase.Active);
    }

    @Test
    void aLaterEditionChangesNothingOfWhatWaits() {
        mesh.policy(
                "ask",
                "{mode: Mandatory, rules: [{name: ask, when: 'true', require: {approvals: [{from: {provider: true}}]}}]}");
        Case agreement = mesh.request().settle();

        mesh.policy("ask", "{mode: Mandatory, rules: [{name: never, when: 'true', reject: No.}]}");
        mesh.policy("all", "{mode: Mandatory, rules: [{name: all, when: 'true', approve: true}]}");

        assertThat(agreement.settle().approval().rule()).isEqualTo("ask/ask");
        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void aPolicyIsAboutThePortsItNames() {
        mesh.policy(
                "no",
                "{mode: Mandatory, ports: {namespaces: [sales]}, rules: [{name: no, when: 'true', reject: No.}]}");
        mesh.policy(
                "labels",
                "{mode: Mandatory, ports: {namespaceLabels: {tier: gold}}, rules: [{name: no, when: 'true', reject: Gold.}]}");
        mesh.port().autoApprove(true);

        assertThat(mesh.request().settle().phase()).isEqualTo(Phase.Active);
        mesh.labels("checkout", Map.of("tier", "gold"));
        assertThat(mesh.request().settle().approval().rule()).isEqualTo("labels/no");
    }

    /** Namespace, port and agreement are created at once, and the operator is told of them one after the other. */
    @Test
    void whileTheLabelsOfTheNamespaceAreNotKnownNothingSlipsThrough() {
        mesh.policy(
                "labels",
                "{mode: Mandatory, ports: {namespaceLabels: {tier: gold}}, rules: [{name: no, when: 'true', reject: Gold.}]}");
        mesh.port().autoApprove(true);
        mesh.unseen("checkout");

        Case agreement = mesh.request().settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Invalid);
        assertThat(agreement.ready()).isEqualTo("False/PolicyUnclear");
        assertThat(agreement.message("Ready")).contains("namespace checkout", "ApprovalPolicy labels");

        mesh.labels("checkout", Map.of("tier", "gold"));
        assertThat(agreement.settle().approval().rule()).isEqualTo("labels/no");
    }

    private void asksForEight(String policy, String mode) {
        mesh.team("privacy").members("pat@example.com");
        mesh.policy(
                policy,
                "{mode: %s, rules: [{name: r, when: 'true', require: {approvals: [{from: {team: privacy}, count: 8}]}}]}"
                        .formatted(mode));
    }

    @Test
    void moreApprovalsThanAStatusCanHoldAreNotAskedFor() {
        IntStream.range(0, 4).forEach(i -> asksForEight("m" + i, "Mandatory"));
        asksForEight("default", "Default");

        Case agreement = mesh.request().settle();

        assertThat(agreement.ready()).isEqualTo("False/PolicyUnclear");
        assertThat(agreement.message("Ready")).contains("5 policies ask for 40 approvals");
    }

    /** The port's own word comes before Default policies. */
    @Test
    void aDefaultPolicyThatNobodyAsksRequiresNothing() {
        IntStream.range(0, 4).forEach(i -> asksForEight("m" + i, "Mandatory"));
        asksForEight("default", "Default");
        mesh.port().autoApprove(true);

        Case agreement = mesh.request().settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
        assertThat(agreement.approval().missing())
                .extracting(MissingApproval::count)
                .containsExactly(32);
    }

    @Test
    void whatOnePolicyRejectsOthersRequireNothingOf() {
        IntStream.range(0, 5).forEach(i -> asksForEight("m" + i, "Mandatory"));
        mesh.policy("no", "{mode: Mandatory, rules: [{name: r, when: 'true', reject: No.}]}");

        assertThat(mesh.request().settle().approval().rule()).isEqualTo("no/r");
    }

    @Test
    void insideTheTeamAMandatoryPolicyHoldsToo() {
        mesh.team("privacy").members("pat@example.com");
        mesh.policy(
                "ask",
                "{mode: Mandatory, rules: [{name: ask, when: 'true', require: {approvals: [{from: {team: privacy}}]}}]}");
        mesh.product("checkout", "own");

        Case agreement = mesh.requestFrom("checkout")
                .requestedBy(People.OLGA)
                .forUser(People.OLGA)
                .settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void datesAreCompared() {
        mesh.policy("dated", """
                mode: Mandatory
                rules:
                - {name: open-end, when: "!has(agreement.end)", reject: Say when it ends.}
                - {name: long, when: "agreement.end - now > duration('2400h')", reject: At most 100 days.}
                - {name: short, when: "true", approve: true}
                """);

        assertThat(mesh.request().settle().approval().rule()).isEqualTo("dated/open-end");
        assertThat(mesh.request().until("2027-11-30").settle().approval().rule())
                .isEqualTo("dated/long");
        assertThat(mesh.request().until("2026-12-31").settle().approval().rule())
                .isEqualTo("dated/short");
    }

    @Test
    void mandatoryPoliciesAreAskedFirstThenByOrderThenByName() {
        String rules = "rules: [{name: r, when: 'true', approve: true}]}";
        mesh.policy("a", "{mode: Default, order: 1, " + rules)
                .policy("c", "{mode: Mandatory, order: 2, " + rules)
                .policy("b", "{mode: Mandatory, order: 2, " + rules)
                .policy("d", "{mode: Mandatory, order: 1, " + rules);

        List<ApprovalPolicy> shuffled = new ArrayList<>(mesh.policies());
        Collections.reverse(shuffled);

        assertThat(shuffled.stream().sorted(PolicyOrder.AS_ASKED))
                .extracting(policy -> policy.getMetadata().getName())
                .containsExactly("d", "b", "c", "a");
    }

    @Test
    void aPolicyMayBeAboutSomeProducts() {
        String of = "{mode: Mandatory, ports: {products: [%s]}, rules: [{name: no, when: 'true', reject: Ask first.}]}";
        mesh.policy("theirs", of.formatted("customers"));
        assertThat(mesh.request().settle().phase()).isEqualTo(Phase.Requested);

        mesh.policy("ours", of.formatted("customers, orders"));
        assertThat(mesh.request().settle().approval().rule()).isEqualTo("ours/no");
    }

    private static final String IN_GERMANY = """
            mode: Mandatory
            rules:
            - name: all
              when: "true"
              approve: true
              while: beneficiaries.all(b, b.attributes.country == 'DE')
            """;

    private void countries(String taylor, String quinn) {
        mesh.team("marketing")
                .knows(People.TAYLOR, Map.of("country", taylor))
                .knows(People.QUINN, Map.of("country", quinn));
    }

    @Test
    void whoDoesNotMeetWhatHasToStayTrueIsLeftOut() {
        mesh.policy("germany", IN_GERMANY);
        countries("DE", "FR");

        Case agreement = mesh.request().forWholeTeam("marketing").settle();

        assertThat(agreement.granted()).singleElement().asString().startsWith("taylor");
        assertThat(agreement.message("Ready"))
                .contains("not to 1 of 2 members of team marketing", "what rule all of ApprovalPolicy germany asks");
        var status = agreement.status();
        assertThat(agreement.restart().look().status())
                .as("a restart writes nothing")
                .isEqualTo(status);
        countries("DE", "DE");
        assertThat(agreement.settle().granted()).hasSize(2);
        assertThat(agreement.message("Ready")).isEqualTo("the access is granted");
        mesh.team("marketing").with("robin@example.com");
        assertThat(agreement.settle().granted()).as("nothing is known of robin").hasSize(2);
        assertThat(agreement.message("Ready")).contains("not to 1 of 3 members");
        countries("FR", "DE");
        assertThat(agreement.settle().granted()).singleElement().asString().startsWith("quinn");
    }

    private static final String ASKED_OF_PEOPLE_IN_GERMANY = """
            mode: Mandatory
            rules:
            - name: all
              when: "true"
              require: {approvals: [{from: {provider: true}, count: 1}]}
              while: beneficiaries.all(b, b.attributes.country == 'DE')
            """;

    @Test
    void aRequestThatWouldGiveNobodyTheAccessSaysSoWhileItWaits() {
        mesh.policy("germany", ASKED_OF_PEOPLE_IN_GERMANY);
        countries("FR", "FR");
        Case one = mesh.request().settle();
        Case all = mesh.request().forWholeTeam("marketing").settle();

        assertThat(one.phase()).isEqualTo(Phase.Requested);
        assertThat(one.ready()).endsWith("/WaitingForDecision");
        assertThat(one.message("Ready"))
                .contains("nobody the access: " + People.TAYLOR + " does not meet", "ApprovalPolicy germany");
        assertThat(one.message("Approved")).contains("nobody the access: ");
        assertThat(all.message("Ready"))
                .contains("nobody the access: nobody of team marketing meets", "rule all of ApprovalPolicy germany");

        countries("FR", "DE");
        assertThat(one.settle().message("Ready")).contains("nobody the access: ");
        assertThat(all.settle().message("Ready")).doesNotContain("nobody the access");
        countries("DE", "DE");
        assertThat(one.settle().message("Ready")).doesNotContain("nobody the access");
        assertThat(one.phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void ofATeamOfManyEachIsAskedAboutOnceALook() {
        mesh.policy("germany", IN_GERMANY);
        mesh.team("marketing")
                .members(Stream.concat(
                                Stream.of(People.TAYLOR),
                                IntStream.range(0, 500).mapToObj(number -> "m" + number + "@example.com"))
                        .toArray(String[]::new))
                .knows("m7@example.com", Map.of("country", "DE"));
        Case agreement = mesh.request().forWholeTeam("marketing").settle();
        int before = mesh.peopleLookedUp();

        agreement.look();
        int afterLook = mesh.peopleLookedUp();
        Access access = agreement.access();

        assertThat(access)
                .asInstanceOf(type(Access.Wanted.class))
                .satisfies(wanted -> assertThat(wanted.grantees()).hasSize(1));
        assertThat(afterLook - before).isLessThan(501 + 10);
        assertThat(mesh.peopleLookedUp() - afterLook).isLessThan(501 + 10);
    }

    @Test
    void aUserWhoDoesNotMeetItAnyMoreIsSuspendedAndComesBack() {
        mesh.policy("germany", IN_GERMANY);
        countries("DE", "DE");
        Case agreement = mesh.request().settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Active);

        countries("FR", "DE");
        mesh.withoutPolicy("germany");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);
        assertThat(agreement.ready()).endsWith("/PolicyNotMet");
        assertThat(agreement.message("Ready")).contains(People.TAYLOR, "ApprovalPolicy germany");
        assertThat(agreement.granted()).isEmpty();

        countries("DE", "DE");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void oneWhoDoesNotMeetItSuspendsWhatManyShare() {
        mesh.policy("germany", IN_GERMANY);
        countries("DE", "FR");

        Case agreement = mesh.request().forProduct("churn").settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Suspended);
        assertThat(agreement.message("Ready")).contains(People.QUINN);
        countries("DE", "DE");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void whatManyShareIsSuspendedWhereTheTeamDoesNotSayWhoTheyAre() {
        mesh.policy("germany", IN_GERMANY);
        mesh.team("marketing").members();

        Case agreement = mesh.request().forProduct("churn").settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Suspended);
        assertThat(agreement.granted()).isEmpty();
        assertThat(agreement.message("Ready")).contains("team marketing does not list its people", "germany");
    }

    @Test
    void whileTheTeamIsGoneWhoHasTheAccessKeepsIt() {
        mesh.policy("germany", IN_GERMANY);
        countries("DE", "DE");
        Case agreement = mesh.request().settle();

        mesh.withoutTeam("marketing");

        assertThat(agreement.settle().granted()).hasSize(1);
    }

    @Test
    void moreApprovalsThanAStatusHoldsAreNotAskedFor() {
        String all = "{mode: Mandatory, rules: [{name: all, when: 'true', require: {approvals: [%s]}}]}";
        mesh.team("privacy").members("pat@example.com");
        String many = "{from: {team: privacy}, count: 8}";
        mesh.policy("many", all.formatted(String.join(", ", many, many, many, many)));

        assertThat(mesh.request().settle().phase()).as("32").isEqualTo(Phase.Requested);
        mesh.policy("more", all.formatted("{from: {provider: true}}"));
        Case agreement = mesh.request().settle();

        assertThat(agreement.phase()).as("33").isEqualTo(Phase.Invalid);
        assertThat(agreement.message("Ready"))
                .contains("2 policies ask for 33 approvals", "at most 64", "32 approvals");
    }
}
