package dev.portcullis.engine.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who has a principal that several beneficiaries are called by. */
class PrincipalClaimsTest {
    private final Mesh mesh = Mesh.standard();
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
        note(ask("b", at, user("taylor@one.example"), "taylor"));
        note(ask("a", at, user("taylor@two.example"), "taylor"));

        assertThat(claims.otherOwner(grantee(user("taylor@one.example"), "taylor")))
                .contains("taylor@two.example");
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

    /** An earlier one that comes back takes from nobody what somebody has. */
    @Test
    void whoHasThePrincipalKeepsItForAsLongAsAnyAgreementAsksIt() {
        Ask earlier = ask("a", "2026-01-01T00:00:00Z", user("taylor@one.example"), "taylor");
        Ask later = ask("b", "2026-01-02T00:00:00Z", user("taylor@two.example"), "taylor");
        Ask alsoLater = ask("c", "2026-01-03T00:00:00Z", user("taylor@two.example"), "taylor");
        note(later);
        assertThat(claims.otherOwner(grantee(user("taylor@two.example"), "taylor")))
                .isEmpty();

        claims.note(new Scope.Everything(), List.of(earlier, later, alsoLater));
        assertThat(claims.otherOwner(grantee(user("taylor@one.example"), "taylor")))
                .contains("taylor@two.example");
        claims.note(new Scope.Everything(), List.of(earlier, alsoLater));
        assertThat(claims.otherOwner(grantee(user("taylor@one.example"), "taylor")))
                .contains("taylor@two.example");
        claims.note(new Scope.Everything(), List.of(earlier));
        assertThat(claims.otherOwner(grantee(user("taylor@one.example"), "taylor")))
                .isEmpty();
    }

    @Test
    void afterARestartWhoWasGrantedThePrincipalHasIt() {
        note(
                ask("a", "2026-01-01T00:00:00Z", user("taylor@one.example"), "taylor"),
                ask("b", "2026-01-02T00:00:00Z", user("taylor@two.example"), "taylor", Set.of("taylor"), true));

        assertThat(claims.otherOwner(grantee(user("taylor@one.example"), "taylor")))
                .contains("taylor@two.example");
    }

    @Test
    void whoWasGrantedAnotherOrIsNotGrantedAnyMoreHasNoPrecedence() {
        note(
                ask("a", "2026-01-01T00:00:00Z", user("taylor@one.example"), "taylor"),
                ask("b", "2026-01-02T00:00:00Z", user("taylor@two.example"), "taylor", Set.of("taylor_two"), true),
                ask("c", "2026-01-02T00:00:00Z", user("taylor@three.example"), "taylor", Set.of("taylor"), false));

        assertThat(claims.otherOwner(grantee(user("taylor@two.example"), "taylor")))
                .contains("taylor@one.example");
    }

    @Test
    void aComparisonOfOnePortForgetsNoClaimOnAnother() {
        Ask there = ask("b", "2026-01-02T00:00:00Z", user("taylor@two.example"), "taylor");
        note(
                ask("a", "2026-01-01T00:00:00Z", user("taylor@one.example"), "taylor"),
                new Ask(there.agreement(), there.access(), "port-2", Set.of(), Set.of(), false));

        noteOnPort();

        assertThat(claims.otherOwner(grantee(user("taylor@one.example"), "taylor")))
                .contains("taylor@two.example");
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

    /** Of an agreement whose status does not say yet that anything was granted. */
    private Ask ask(String uid, String approvedAt, Beneficiary beneficiary, String principal) {
        return ask(uid, approvedAt, beneficiary, principal, Set.of(), false);
    }

    private Ask ask(
            String uid,
            String approvedAt,
            Beneficiary beneficiary,
            String principal,
            Set<String> recorded,
            boolean wasProvisioned) {
        DataUsageAgreement agreement = mesh.at(approvedAt)
                .request()
                .withUid(uid)
                .decided("approved", People.OLGA)
                .look()
                .object();
        Access access = new Access.Wanted(
                "warehouse",
                new PortId("port-1", "checkout", "orders-v1"),
                mesh.offer("orders-v1").profile(),
                List.of(grantee(beneficiary, principal)),
                List.of());
        return new Ask(
                agreement,
                access,
                "port-1",
                recorded.stream().map(Principal::new).collect(Collectors.toSet()),
                Set.of(),
                wasProvisioned);
    }
}
