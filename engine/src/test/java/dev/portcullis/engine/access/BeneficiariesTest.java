package dev.portcullis.engine.access;

import static dev.portcullis.engine.given.People.OLGA;
import static dev.portcullis.engine.given.People.QUINN;
import static dev.portcullis.engine.given.People.RILEY;
import static dev.portcullis.engine.given.People.TAYLOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.platform.PortId;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets the access, and what they are called on the platform. */
class BeneficiariesTest {
    private final Mesh mesh = Mesh.standard();

    private static Set<String> principals(Case agreement) {
        return agreement.entitlements().stream()
                .map(entitlement -> entitlement.principal().name())
                .collect(Collectors.toSet());
    }

    @Test
    void aUserUnderTheOwnNameWhereThePlatformSaysNothing() {
        Case agreement = mesh.request().decided("approved", OLGA).settle();

        assertThat(principals(agreement)).containsExactly(TAYLOR);
    }

    @Test
    void eachUnderTheRuleOfItsKind() {
        mesh.platform()
                .callsUsers("name.split('@')[0]")
                .callsProducts("'dp_' + namespace + '_' + name")
                .callsTeams("'team_' + name");
        mesh.team("bi").namespaces("bi").members(TAYLOR).asOnePrincipal();
        Case user = mesh.request().decided("approved", OLGA).settle();
        Case product =
                mesh.request().forProduct("churn").decided("approved", OLGA).settle();
        Case members = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", OLGA)
                .settle();
        Case team = mesh.requestFrom("bi")
                .forWholeTeam("bi")
                .decided("approved", OLGA)
                .settle();

        assertThat(principals(user)).containsExactly("taylor");
        assertThat(principals(product)).containsExactly("dp_marketing_churn");
        assertThat(principals(members)).containsExactlyInAnyOrder("taylor", "quinn");
        assertThat(principals(team)).containsExactly("team_bi");
    }

    @Test
    void theUserBeforeTheTeam() {
        Case agreement = mesh.request()
                .forUser(RILEY)
                .actingFor("marketing")
                .decided("approved", OLGA)
                .settle();

        assertThat(principals(agreement)).containsExactly(RILEY);
        assertThat(agreement.status().consumer()).isEqualTo("riley@example.com (marketing)");
    }

    @Test
    void theProductBeforeTheTeam() {
        Case agreement = mesh.request()
                .forProduct("churn")
                .actingFor("marketing")
                .decided("approved", OLGA)
                .settle();

        assertThat(principals(agreement)).containsExactly("churn");
        assertThat(agreement.status().consumer()).isEqualTo("data product marketing/churn");
    }

    @Test
    void theyGetThePortByItsUid() {
        Case agreement = mesh.request().decided("approved", OLGA).settle();

        assertThat(agreement.entitlements())
                .extracting(entitlement -> entitlement.port())
                .containsExactly(new PortId("port-1", "checkout", "orders-v1"));
        assertThat(((Access.Wanted) agreement.access()).platform()).isEqualTo("warehouse");
    }

    @Test
    void aTeamThatBecomesOnePrincipalIsGrantedAsOne() {
        Case agreement = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", OLGA)
                .settle();

        mesh.team("marketing").asOnePrincipal();

        assertThat(principals(agreement.settle())).containsExactly("marketing");
    }

    @Test
    void whatIsAskedIsTheSameHoweverOftenItIsAsked() {
        Case agreement = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", OLGA)
                .settle();

        assertThat(agreement.access()).isEqualTo(agreement.access());
    }

    /** The first look at an agreement decides it: there is no status yet to remember anybody by. */
    @ParameterizedTest
    @ValueSource(strings = {"name.", "name.split('@')[7]", "''"})
    void aBrokenRuleIsSaidOnAnAgreementThatIsApprovedAtOnce(String rule) {
        mesh.platform().callsUsers(rule);
        mesh.port().autoApprove(true);

        Case agreement = mesh.request().settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Provisioning);
        assertThat(agreement.ready()).isEqualTo("False/PrincipalInvalid");
        assertThat(agreement.message("Ready")).contains("principals.user");
        assertThat(agreement.granted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name.", "name.split('@')[7]", "''"})
    void aRuleThatBreaksLaterTakesNothingAway(String rule) {
        Case agreement = mesh.request().decided("approved", OLGA).settle();

        mesh.platform().callsUsers(rule);

        assertThat(principals(agreement.settle())).containsExactly(TAYLOR);
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.status().provisioning().principals()).containsExactly(TAYLOR);
        assertThat(agreement.condition("Granted")).isEqualTo("True/PartlyGranted");
        assertThat(agreement.message("Granted")).contains("principals.user");

        mesh.platform().callsUsers("name.split('@')[0]");
        assertThat(principals(agreement.settle())).containsExactly("taylor");
        assertThat(agreement.condition("Granted")).isEqualTo("True/Granted");
    }

    @Test
    void aRuleThatFailsForOneMemberLeavesTheOthers() {
        mesh.platform().callsUsers("name.split('@')[1] + '_' + name.split('@')[0]");
        mesh.team("marketing").with("machine");

        Case agreement = mesh.request().forWholeTeam("marketing").decided("approved", "root@example.com");
        agreement.settle();
        assertThat(agreement.condition("Approved"))
                .as("nobody knows what machine is called")
                .isEqualTo("False/PrincipalUnknown");

        mesh.team("marketing").without("machine");
        agreement.decided("approved", "root@example.com").because("again").settle();
        mesh.team("marketing").with("machine");
        agreement.settle();

        assertThat(principals(agreement)).containsExactlyInAnyOrder("example.com_taylor", "example.com_quinn");
        assertThat(agreement.condition("Granted")).isEqualTo("True/PartlyGranted");
        assertThat(agreement.message("Granted")).contains("machine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name.matches('.*@example[.]com') ? name.split('@')[0] : ''",
                "name.split('@')[1].split('example.com')[0] + name.split('@')[0]"
            })
    void whoLeftIsNotRememberedByThoseWhoHaveNoName(String rule) {
        Case agreement = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", OLGA)
                .settle();
        mesh.platform().callsUsers(rule);
        mesh.team("marketing").with("machine");
        assertThat(principals(agreement.settle())).containsExactlyInAnyOrder("taylor", "quinn");

        mesh.team("marketing").without(TAYLOR).without(QUINN);
        agreement.settle();

        assertThat(principals(agreement)).isEmpty();
        assertThat(principals(agreement.restart().settle()))
                .as("after a restart, too")
                .isEmpty();
        assertThat(agreement.message("Ready")).contains("machine");
    }

    /** It may be a rule that somebody broke; or those who had a name are the ones who left. */
    @ParameterizedTest
    @ValueSource(strings = {"name.split('@')[7]", "''"})
    void aTeamHasTheAccessBackWhenARuleThatNamedNobodyDoesAgain(String rule) {
        Case agreement = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", OLGA)
                .settle();

        mesh.platform().callsUsers(rule);
        assertThat(principals(agreement.settle())).isEmpty();
        assertThat(agreement.message("Ready")).contains("principals.user");

        mesh.platform().callsUsers("name");
        assertThat(principals(agreement.settle())).containsExactlyInAnyOrder(TAYLOR, QUINN);
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
    }

    @Test
    void membersAreNotRememberedByTheNameOfTheirTeam() {
        mesh.platform().callsTeams("''");
        Case agreement = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", OLGA)
                .settle();

        mesh.team("marketing").asOnePrincipal();

        assertThat(principals(agreement.settle())).isEmpty();
    }

    @Test
    void aTeamKeepsItsAccessWhileTheRuleIsBrokenForEverybody() {
        Case agreement = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", OLGA)
                .settle();

        mesh.platform().callsUsers("name.");

        assertThat(principals(agreement.settle())).containsExactlyInAnyOrder(TAYLOR, QUINN);
    }

    @Test
    void aTeamThatVanishesIsRememberedByItsPrincipals() {
        mesh.platform().callsUsers("name.split('@')[0]");
        Case agreement = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", OLGA)
                .settle();

        mesh.withoutTeam("marketing");
        assertThat(principals(agreement.settle())).containsExactlyInAnyOrder("quinn", "taylor");
        assertThat(principals(agreement.restart().settle()))
                .as("after a restart, too")
                .containsExactlyInAnyOrder("quinn", "taylor");
        assertThat(agreement.phase()).isEqualTo(Phase.Active);

        mesh.team("marketing").namespaces("marketing").members(QUINN);
        assertThat(principals(agreement.settle())).as("back, with fewer").containsExactly("quinn");
    }

    @Test
    void aTeamThatVanishedIsRememberedWhileThePlatformLacksItsPeopleForAMoment() {
        Case agreement = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", OLGA)
                .settle();
        mesh.withoutTeam("marketing");

        mesh.platformMisses(TAYLOR).platformMisses(QUINN);
        agreement.settle();
        assertThat(principals(agreement)).containsExactlyInAnyOrder(QUINN, TAYLOR);

        mesh.platformKnows(TAYLOR).platformKnows(QUINN);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void nothingIsAskedThatIsNotWritten() {
        mesh.port().autoApprove(true);
        Case agreement = mesh.request();

        assertThat(agreement.access()).isEqualTo(new Access.NotWanted(false, false));
        assertThat(agreement.look().access()).isInstanceOf(Access.Wanted.class);
    }

    /** Where a status does not say who had the access, these may have it. */
    @Test
    void whoIsConcernedIsKnownWhateverBecameOfTheAgreement() {
        mesh.platform().callsUsers("name.split('@')[0]");
        Case revoked = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", OLGA)
                .settle()
                .decided("revoked", OLGA)
                .settle();
        assertThat(principals(revoked)).isEmpty();
        assertThat(concerned(revoked)).containsExactlyInAnyOrder("taylor", "quinn");

        assertThat(concerned(mesh.request())).as("nobody has looked at it").isEmpty();
        mesh.platform().callsUsers("name.nothing");
        assertThat(concerned(revoked)).as("nobody has a name there").isEmpty();
        mesh.platform().callsUsers("name");
        assertThat(concerned(revoked)).containsExactlyInAnyOrder(TAYLOR, QUINN);
        mesh.withoutPort();
        assertThat(concerned(revoked)).as("on which platform nobody knows").isEmpty();
    }

    private Set<String> concerned(Case agreement) {
        return mesh.engine().concerned(agreement.object()).stream()
                .map(principal -> principal.name())
                .collect(Collectors.toSet());
    }
}
