package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.engine.claim.PrincipalClaims;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Scope;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrincipalClaimsTest {
    private static final Profile PROFILE = ((Parsed.Ok)
                    new MemoryPlatform.Module().parse(Samples.portSpec(Samples.objects("orders"), false)))
            .profile();

    private final PrincipalClaims claims = new PrincipalClaims();

    @Test
    void aPrincipalOfOneBeneficiaryIsNobodyElses() {
        note(ask("a", "2026-01-01T00:00:00Z", user("taylor@one.example"), "taylor"));

        assertThat(claims.otherOwner(grantee(user("taylor@one.example"), "taylor")))
                .isEmpty();
        assertThat(claims.otherOwner(grantee(user("quinn@one.example"), "quinn")))
                .isEmpty();
    }

    @Test
    void theEarlierApprovalHasThePrincipalInWhateverOrderTheyAreNoted() {
        Ask earlier = ask("z", "2026-01-01T00:00:00Z", user("taylor@one.example"), "taylor");
        Ask later = ask("a", "2026-01-02T00:00:00Z", user("taylor@two.example"), "taylor");
        note(later);
        note(earlier);

        assertThat(claims.otherOwner(grantee(user("taylor@two.example"), "taylor")))
                .contains("taylor@one.example");
        assertThat(claims.otherOwner(grantee(user("taylor@one.example"), "taylor")))
                .isEmpty();
    }

    @Test
    void ofTwoInTheSameSecondTheUidDecidesAndAlwaysTheSame() {
        String at = "2026-01-01T00:00:00Z";
        note(ask("b", at, user("taylor@two.example"), "taylor"));
        note(ask("a", at, user("taylor@one.example"), "taylor"));

        assertThat(claims.otherOwner(grantee(user("taylor@two.example"), "taylor")))
                .contains("taylor@one.example");
    }

    @Test
    void severalAgreementsOfOneBeneficiaryShareNothing() {
        note(ask("a", "2026-01-01T00:00:00Z", user("taylor@one.example"), "taylor"));
        note(ask("b", "2026-01-02T00:00:00Z", user("taylor@one.example"), "taylor"));

        assertThat(claims.otherOwner(grantee(user("taylor@one.example"), "taylor")))
                .isEmpty();
    }

    @Test
    void whoIsNotWantedAnyMoreLeavesThePrincipalToTheNext() {
        Ask earlier = ask("a", "2026-01-01T00:00:00Z", user("taylor@one.example"), "taylor");
        Ask later = ask("b", "2026-01-02T00:00:00Z", user("taylor@two.example"), "taylor");
        note(earlier, later);

        noteOnPort(
                new Ask(earlier.agreement(), new Access.NotWanted(false, true), "port-1", Set.of(), Set.of(), false),
                later);

        assertThat(claims.otherOwner(grantee(user("taylor@two.example"), "taylor")))
                .isEmpty();
        assertThat(claims.otherOwner(grantee(user("taylor@one.example"), "taylor")))
                .contains("taylor@two.example");
    }

    @Test
    void anotherPrincipalFreesTheOneBefore() {
        note(ask("a", "2026-01-01T00:00:00Z", user("taylor@one.example"), "taylor"));
        noteOnPort(ask("a", "2026-01-01T00:00:00Z", user("taylor@one.example"), "taylor_one"));

        assertThat(claims.otherOwner(grantee(user("taylor@two.example"), "taylor")))
                .isEmpty();
        assertThat(claims.otherOwner(grantee(user("taylor@two.example"), "taylor_one")))
                .contains("taylor@one.example");
    }

    @Test
    void usersProductsAndTeamsAreDifferentBeneficiaries() {
        note(ask("a", "2026-01-01T00:00:00Z", new Beneficiary.Product("marketing", "churn"), "churn"));

        assertThat(claims.otherOwner(grantee(new Beneficiary.WholeTeam("churn"), "churn")))
                .contains("data product marketing/churn");
        assertThat(claims.otherOwner(grantee(user("churn"), "churn"))).isPresent();
    }

    @Test
    void whoIsOnlyRememberedClaimsNothingAndKeepsWhatThereIs() {
        note(ask("a", "2026-01-01T00:00:00Z", new Beneficiary.Remembered("taylor"), "taylor"));

        assertThat(claims.otherOwner(grantee(user("taylor@two.example"), "taylor")))
                .isEmpty();
        note(ask("b", "2026-01-01T00:00:00Z", user("taylor@two.example"), "taylor"));
        assertThat(claims.otherOwner(grantee(new Beneficiary.Remembered("taylor"), "taylor")))
                .isEmpty();
    }

    @Test
    void aFullComparisonStartsAnew() {
        note(ask("a", "2026-01-01T00:00:00Z", user("taylor@one.example"), "taylor"));

        claims.note(new Scope.Everything(), List.of());

        assertThat(claims.otherOwner(grantee(user("taylor@two.example"), "taylor")))
                .isEmpty();
        note(ask("b", "2026-01-02T00:00:00Z", user("taylor@two.example"), "taylor"));
        assertThat(claims.otherOwner(grantee(user("taylor@one.example"), "taylor")))
                .contains("taylor@two.example");
    }

    @Test
    void anAgreementThatVanishedClaimsNothingAnyMore() {
        Ask later = ask("b", "2026-01-02T00:00:00Z", user("taylor@two.example"), "taylor");
        note(ask("a", "2026-01-01T00:00:00Z", user("taylor@one.example"), "taylor"), later);

        // its finalizer was stripped, so that it is not among the asks
        noteOnPort(later);

        assertThat(claims.otherOwner(grantee(user("taylor@two.example"), "taylor")))
                .isEmpty();
    }

    private void note(Ask... asks) {
        claims.note(new Scope.Ports(Set.of()), List.of(asks));
    }

    /** All that the port's agreements ask now. */
    private void noteOnPort(Ask... asks) {
        claims.note(new Scope.Ports(Set.of("port-1")), List.of(asks));
    }

    private static Beneficiary user(String name) {
        return new Beneficiary.User(name);
    }

    private static Access.Grantee grantee(Beneficiary beneficiary, String principal) {
        return new Access.Grantee(beneficiary, new Principal(principal));
    }

    private static Ask ask(String uid, String approvedAt, Beneficiary beneficiary, String principal) {
        DataUsageAgreement agreement = Samples.approved(uid, "taylor", "orders-v1", "port-1", approvedAt);
        Access access = new Access.Wanted(
                "warehouse",
                new PortId("port-1", "checkout", "orders-v1"),
                PROFILE,
                List.of(grantee(beneficiary, principal)),
                List.of());
        return new Ask(agreement, access, "port-1", Set.of(), Set.of(), false);
    }
}
