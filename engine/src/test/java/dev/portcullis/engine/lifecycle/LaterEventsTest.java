package dev.portcullis.engine.lifecycle;

import static dev.portcullis.engine.given.People.OLGA;
import static dev.portcullis.engine.given.People.OTTO;
import static dev.portcullis.engine.given.People.QUINN;
import static dev.portcullis.engine.given.People.RILEY;
import static dev.portcullis.engine.given.People.TAYLOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.port.Changes;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.engine.given.PortDraft;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The design's table "What happens to an approved agreement later", row by row. */
class LaterEventsTest {
    private static final String ALL = ": order_items(order_id,sku) orders";

    private final Mesh mesh = Mesh.standard();

    private Case approved() {
        return approved(mesh.request());
    }

    private static Case approved(Case request) {
        Case agreement = request.decided("approved", OLGA).settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        return agreement;
    }

    record Pause(String what, BiConsumer<Mesh, Case> begins, BiConsumer<Mesh, Case> ends, Phase phase, String reason) {
        @Override
        public String toString() {
            return what + ": " + phase + ", " + reason;
        }
    }

    static final List<Pause> pauses = List.of(
            new Pause(
                    "port suspended",
                    (mesh, agreement) -> mesh.port().suspend(true),
                    (mesh, agreement) -> mesh.port().suspend(false),
                    Phase.Suspended,
                    "SuspendedByProvider"),
            new Pause(
                    "product suspended",
                    (mesh, agreement) -> mesh.product().suspend(true),
                    (mesh, agreement) -> mesh.product().suspend(false),
                    Phase.Suspended,
                    "SuspendedByProvider"),
            new Pause(
                    "agreement suspended",
                    (mesh, agreement) -> agreement.suspend(true),
                    (mesh, agreement) -> agreement.suspend(false),
                    Phase.Suspended,
                    "SuspendedByConsumer"),
            new Pause(
                    "member left",
                    (mesh, agreement) -> mesh.team("marketing").without(TAYLOR),
                    (mesh, agreement) -> mesh.team("marketing").with(TAYLOR),
                    Phase.Suspended,
                    "LeftTeam"),
            new Pause(
                    "last member left",
                    (mesh, agreement) -> mesh.team("marketing").members(),
                    (mesh, agreement) -> mesh.team("marketing").members(TAYLOR),
                    Phase.Suspended,
                    "LeftTeam"),
            new Pause(
                    "port Retired",
                    (mesh, agreement) -> mesh.port().lifecycle(Lifecycle.Retired),
                    (mesh, agreement) -> mesh.port().lifecycle(Lifecycle.Active),
                    Phase.Invalid,
                    "PortRetired"),
            new Pause(
                    "product Retired",
                    (mesh, agreement) -> mesh.product().lifecycle(Lifecycle.Retired),
                    (mesh, agreement) -> mesh.product().lifecycle(Lifecycle.Deprecated),
                    Phase.Invalid,
                    "PortRetired"),
            new Pause(
                    "exposes withdrawn",
                    (mesh, agreement) -> mesh.platform().exposesNothing(),
                    (mesh, agreement) -> mesh.platform().exposes("checkout", "shop", "sales"),
                    Phase.Invalid,
                    "NotExposed"),
            new Pause(
                    "product gone",
                    (mesh, agreement) -> mesh.withoutProduct(),
                    (mesh, agreement) -> mesh.product(),
                    Phase.Invalid,
                    "ProductNotFound"),
            new Pause(
                    "platform gone",
                    (mesh, agreement) -> mesh.withoutPlatform(),
                    (mesh, agreement) -> mesh.platform().exposes("checkout", "shop", "sales"),
                    Phase.Invalid,
                    "PlatformNotFound"),
            new Pause(
                    "nothing left of what was asked for",
                    (mesh, agreement) -> mesh.port().tables("customers"),
                    (mesh, agreement) -> mesh.port().tables("customers", "orders", "order_items(order_id,sku)"),
                    Phase.Invalid,
                    "NothingLeft"));

    @ParameterizedTest
    @FieldSource("pauses")
    void takesTheAccessAwayAndBringsItBack(Pause pause) {
        Case agreement = approved();
        var before = agreement.granted();

        pause.begins().accept(mesh, agreement);
        assertThat(agreement.granted()).as("at once").isEmpty();
        agreement.look();
        assertThat(agreement.phase()).isEqualTo(pause.phase());
        assertThat(agreement.ready()).isEqualTo("False/" + pause.reason());
        assertThat(agreement.isActive()).isFalse();
        assertThat(agreement.approval().status()).isEqualTo(ApprovalStatus.Approved);
        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Deprovisioning);
        assertThat(agreement.condition("Granted")).isEqualTo("True/Deprovisioning");
        assertThat(agreement.condition("Stalled")).isEqualTo("absent");
        assertThat(agreement.settle().provisioning()).isEqualTo(ProvisioningStatus.Deprovisioned);
        assertThat(agreement.condition("Granted")).isEqualTo("False/Deprovisioned");

        pause.ends().accept(mesh, agreement);
        assertThat(agreement.look().phase()).isEqualTo(Phase.Provisioning);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        assertThat(agreement.granted()).isEqualTo(before);
        assertThat(agreement.decisions()).containsExactly("approved by " + OLGA);
    }

    @Test
    void portDeprecatedKeepsAndTakesNoNewRequests() {
        Case agreement = approved();

        mesh.port().lifecycle(Lifecycle.Deprecated);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        assertThat(agreement.granted()).containsExactly(TAYLOR + ALL);
        assertThat(mesh.request().look().ready()).isEqualTo("False/PortNotActive");
    }

    @Test
    void portDeletedRevokes() {
        Case agreement = approved();

        mesh.withoutPort();

        assertThat(agreement.granted()).as("at once").isEmpty();
        assertRevoked(agreement.settle(), "port-deleted");
    }

    @Test
    void portBeingDeletedRevokes() {
        Case agreement = approved();

        mesh.port().beingDeleted();

        assertThat(agreement.granted()).as("at once").isEmpty();
        assertRevoked(agreement.settle(), "port-deleted");
    }

    @Test
    void portCreatedAnewRevokes() {
        Case agreement = approved();

        mesh.recreatePort();

        assertThat(agreement.granted()).as("at once").isEmpty();
        assertRevoked(agreement.settle(), "port-replaced");
    }

    @Test
    void portDeletedRevokesForGood() {
        Case agreement = approved();
        mesh.withoutPort();
        agreement.settle();

        mesh.port().uid("port-1").tables("orders", "order_items(order_id,sku)");

        assertRevoked(agreement.settle(), "port-deleted");
        assertThat(agreement.granted()).isEmpty();
    }

    private static void assertRevoked(Case agreement, String rule) {
        assertThat(agreement.phase()).isEqualTo(Phase.Revoked);
        assertThat(agreement.decisions()).containsExactly("approved by " + OLGA, "revoked by rule/" + rule);
        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Deprovisioned);
        assertThat(agreement.ready()).isEqualTo("True/Ended");
        assertThat(agreement.condition("Stalled")).isEqualTo("absent");
    }

    @Nested
    class OfTheTables {
        @Test
        void aTableTakenOffIsGoneForAllAtOnce() {
            Case agreement = approved();
            Case other = approved(mesh.request().forUser(RILEY));

            mesh.port().tables("orders");

            assertThat(agreement.granted()).containsExactly(TAYLOR + ": orders");
            assertThat(other.granted()).containsExactly(RILEY + ": orders");
            assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        }

        @Test
        void aColumnTakenOffIsGone() {
            Case agreement = approved();

            mesh.port().tables("orders", "order_items(order_id)");

            assertThat(agreement.granted()).containsExactly(TAYLOR + ": order_items(order_id) orders");
        }

        @Test
        void aTableOrColumnAddedIsForLaterRequestsOnly() {
            Case earlier = approved();

            mesh.port().tables("orders", "order_items(order_id,sku,margin)", "customers");
            Case later = approved(mesh.request());

            assertThat(earlier.settle().granted()).containsExactly(TAYLOR + ALL);
            assertThat(later.granted()).containsExactly(TAYLOR + ": customers order_items(margin,order_id,sku) orders");
        }

        @Test
        void whereThePortSaysFollowWhatIsAddedIsForAll() {
            mesh.port().changes(Changes.Follow);
            Case agreement = approved();
            var frozen = agreement.status().snapshot();

            mesh.port().tables("orders", "order_items(order_id,sku,margin)", "customers");

            assertThat(agreement.settle().granted())
                    .containsExactly(TAYLOR + ": customers order_items(margin,order_id,sku) orders");
            assertThat(agreement.message("Granted")).doesNotContain("less than was asked");
            assertThat(agreement.status().snapshot()).isEqualTo(frozen);
        }

        /** Who approved less has seen no more than that. */
        @Test
        void whatAnApproverNarrowedFollowsNothing() {
            mesh.port().changes(Changes.Follow);
            Case agreement = approved().allowing(PortDraft.selected(null, "orders"));

            mesh.port().tables("orders", "order_items(order_id,sku)", "customers");

            assertThat(agreement.settle().granted()).containsExactly(TAYLOR + ": orders");
        }

        @Test
        void whoFollowsKeepsWhatIsOfferedInsteadOfWhatWasAsked() {
            mesh.port().changes(Changes.Follow);
            Case agreement = approved();

            mesh.port().tables("customers");

            assertThat(agreement.settle().granted()).containsExactly(TAYLOR + ": customers");
            assertThat(agreement.message("Ready")).contains("less than was asked");
        }

        @Test
        void aPortThatSaysSoLaterDoesNotOverruleWhoApprovedBefore() {
            Case waiting = mesh.request().look();
            Case agreement = approved();
            mesh.port().changes(Changes.Follow).tables("orders", "order_items(order_id,sku)", "customers");

            assertThat(agreement.settle().granted()).containsExactly(TAYLOR + ALL);
            assertThat(waiting.decided("approved", People.OLGA).settle().granted())
                    .as("requested before")
                    .containsExactly(TAYLOR + ALL);
        }

        @Test
        void aPortThatDoesNotSayFollowAnyMoreGivesWhatWasAsked() {
            mesh.port().changes(Changes.Follow);
            Case agreement = approved();
            mesh.port().tables("orders", "order_items(order_id,sku)", "customers");
            agreement.settle();

            mesh.port().changes(Changes.Snapshot);
            assertThat(agreement.settle().granted()).containsExactly(TAYLOR + ALL);

            mesh.port().changes(Changes.Follow);
            assertThat(agreement.settle().granted())
                    .containsExactly(TAYLOR + ": customers order_items(order_id,sku) orders");
        }

        @Test
        void aTableThatIsTakenOffAndComesBackComesBack() {
            Case agreement = approved();
            mesh.port().tables("orders");
            agreement.settle();

            mesh.port().tables("orders", "order_items(order_id,sku)");

            assertThat(agreement.granted()).containsExactly(TAYLOR + ALL);
        }

        @Test
        void ofAWholeTableThatIsNarrowedTheRestIsGone() {
            Case agreement = approved();

            mesh.port().tables("orders(id)", "order_items");

            assertThat(agreement.granted()).containsExactly(TAYLOR + ": order_items(order_id,sku) orders(id)");
        }

        @Test
        void aRequestIsJudgedByTheTablesOfItsDayHoweverLateItIsApproved() {
            Case request = mesh.request().look();

            mesh.port().tables("orders", "order_items(order_id,sku)", "customers");
            request.decided("approved", OLGA).settle();

            assertThat(request.granted()).containsExactly(TAYLOR + ALL);
        }
    }

    @Nested
    class OfTheTeam {
        @Test
        void whoWasNeverListedHasNotLeft() {
            Case agreement = approved(mesh.request().forUser(RILEY));

            mesh.team("marketing").members(QUINN);

            assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        }

        @Test
        void whoIsListedLaterAndLeavesHasNotLeft() {
            Case agreement = approved(mesh.request().forUser(RILEY));
            mesh.team("marketing").with(RILEY);
            agreement.settle();

            mesh.team("marketing").without(RILEY);

            assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        }

        @Test
        void aRequesterWhoLeavesTakesNothingFromTheBeneficiary() {
            Case agreement = approved(mesh.request().forUser(QUINN));

            mesh.team("marketing").without(TAYLOR);

            assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        }

        @ParameterizedTest
        @ValueSource(strings = {OLGA, OTTO})
        void inTheSameTeamRequesterAndBeneficiaryStayMembers(String leaver) {
            Case agreement =
                    mesh.requestFrom("checkout").requestedBy(OLGA).forUser(OTTO).settle();
            assertThat(agreement.approval().rule()).isEqualTo("same-team");
            assertThat(agreement.phase()).isEqualTo(Phase.Active);

            mesh.team("checkout").without(leaver);

            assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);
            assertThat(agreement.ready()).isEqualTo("False/LeftTeam");
            assertThat(agreement.message("Ready")).contains(leaver, "checkout");
            assertThat(agreement.granted()).isEmpty();

            mesh.team("checkout").with(leaver);
            assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        }

        /** What policies require comes on top of what the team may do inside itself, and that is only for its members. */
        @ParameterizedTest
        @ValueSource(strings = {OLGA, OTTO})
        void inTheSameTeamTheyStayMembersAlsoWhereAPolicyAskedOthersBesides(String leaver) {
            mesh.team("privacy").members(RILEY);
            mesh.policy(
                    "pii",
                    "{mode: Mandatory, rules: [{name: r, when: 'true', require: {approvals: [{from: {team: privacy}}]}}]}");
            Case agreement =
                    mesh.requestFrom("checkout").requestedBy(OLGA).forUser(OTTO).settle();
            assertThat(agreement.phase()).isEqualTo(Phase.Requested);
            agreement.recorded("approved", RILEY, People.BOT).settle();
            assertThat(agreement.phase()).isEqualTo(Phase.Active);
            assertThat(agreement.decisions()).containsExactly("approved by rule/same-team", "approved by " + RILEY);

            mesh.team("checkout").without(leaver);

            assertThat(agreement.settle().ready()).isEqualTo("False/LeftTeam");
            assertThat(agreement.granted()).isEmpty();
        }

        /** A sync that takes the Team away and brings it back must not let those in who left. */
        @Test
        void whoLeftDoesNotComeBackWhenTheTeamVanishes() {
            Case agreement = approved(mesh.request());
            mesh.team("marketing").without(TAYLOR);
            assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);

            mesh.withoutTeam("marketing");

            assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);
            assertThat(agreement.ready()).isEqualTo("False/TeamUnknown");
            assertThat(agreement.restart().settle().granted()).isEmpty();
            mesh.team("marketing").namespaces("marketing").members(QUINN);
            assertThat(agreement.settle().ready()).isEqualTo("False/LeftTeam");
        }

        @Test
        void whoHasTheAccessKeepsItWhenTheTeamVanishesAndGetsNoneBack() {
            Case agreement = approved(mesh.request());

            mesh.withoutTeam("marketing");
            assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);

            mesh.port().suspend(true);
            assertThat(agreement.settle().granted()).isEmpty();
            mesh.port().suspend(false);
            assertThat(agreement.settle().ready()).isEqualTo("False/TeamUnknown");
            mesh.team("marketing").namespaces("marketing").members(TAYLOR);
            assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        }

        @ParameterizedTest
        @ValueSource(strings = {OLGA, OTTO})
        void whoLeftTheSameTeamDoesNotComeBackEither(String leaver) {
            Case agreement =
                    mesh.requestFrom("checkout").requestedBy(OLGA).forUser(OTTO).settle();
            mesh.team("checkout").without(leaver);
            agreement.settle();

            mesh.withoutTeam("checkout");

            assertThat(agreement.settle().granted()).isEmpty();
        }

        @Test
        void aWholeTeamFollowsItsMembers() {
            Case agreement = approved(mesh.request().forWholeTeam("marketing"));
            assertThat(agreement.granted()).containsExactly(QUINN + ALL, TAYLOR + ALL);

            mesh.team("marketing").with(RILEY).without(TAYLOR);

            assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
            assertThat(agreement.granted()).containsExactly(QUINN + ALL, RILEY + ALL);
            assertThat(agreement.status().provisioning().principals()).containsExactly(QUINN, RILEY);
        }

        @Test
        void aTeamThatVanishesKeepsWhatWasGranted() {
            Case forUser = approved();
            Case forProduct = approved(mesh.request().forProduct("churn"));
            Case forTeam = approved(mesh.request().forWholeTeam("marketing"));

            mesh.withoutTeam("marketing");

            assertThat(forUser.settle().granted()).containsExactly(TAYLOR + ALL);
            assertThat(forProduct.settle().granted()).containsExactly("churn" + ALL);
            assertThat(forTeam.settle().granted()).containsExactly(QUINN + ALL, TAYLOR + ALL);
            assertThat(List.of(forUser.phase(), forProduct.phase(), forTeam.phase()))
                    .containsOnly(Phase.Active);
        }

        @Test
        void aNamespaceTakenOffItsTeamKeepsWhatWasGranted() {
            Case agreement = approved();

            mesh.team("marketing").namespaces();

            assertThat(agreement.settle().granted()).containsExactly(TAYLOR + ALL);
        }

        @Test
        void whileTheTeamIsUnknownNothingIsDecided() {
            Case request = mesh.request().look();
            mesh.team("marketing").namespaces();

            request.decided("approved", OLGA).settle();

            assertThat(request.ready()).isEqualTo("False/TeamUnknown");
            assertThat(request.decisions()).isEmpty();
            mesh.team("marketing").namespaces("marketing");
            assertThat(request.settle().phase()).isEqualTo(Phase.Active);
        }

        @Test
        void whileTheTeamIsGoneNothingIsDecided() {
            mesh.withoutTeam("marketing").team("mkt").namespaces("marketing").members(TAYLOR, QUINN);
            Case request = mesh.request().forProduct("churn").look();
            assertThat(request.status().snapshot().team()).isEqualTo("mkt");
            mesh.withoutTeam("mkt");

            request.decided("approved", QUINN).settle();

            assertThat(request.decisions())
                    .as("quinn was a member of mkt, which cannot be seen any more")
                    .isEmpty();
        }

        @Test
        void whileTheTeamIsGoneWhatEndsEnds() {
            Case revoked = approved();
            Case cancelled = approved();
            Case expired = approved(mesh.request().until("2026-11-30"));
            Case deleted = approved();
            mesh.withoutTeam("marketing").at("2026-12-01T00:00:00Z");

            revoked.decided("revoked", OLGA).settle();
            cancelled.cancel().settle();
            expired.settle();
            deleted.delete().settle();

            assertThat(List.of(revoked.phase(), cancelled.phase(), expired.phase()))
                    .containsExactly(Phase.Revoked, Phase.Cancelled, Phase.Expired);
            for (Case ended : List.of(revoked, cancelled, expired, deleted)) {
                assertThat(ended.granted()).isEmpty();
                assertThat(ended.provisioning()).isEqualTo(ProvisioningStatus.Deprovisioned);
            }
        }
    }

    @Nested
    class OfTheConsumer {
        @Test
        void cancellingEndsTheAccess() {
            Case agreement = approved();

            agreement.cancel();

            assertThat(agreement.granted()).as("at once").isEmpty();
            assertThat(agreement.settle().phase()).isEqualTo(Phase.Cancelled);
            assertThat(agreement.ready()).isEqualTo("True/Ended");
        }

        @Test
        void aCancelledRequestIsNotDecided() {
            Case request = mesh.request().look();

            request.cancel().decided("approved", OLGA).settle();

            assertThat(request.phase()).isEqualTo(Phase.Cancelled);
            assertThat(request.decisions()).isEmpty();
        }

        @Test
        void deletingEndsTheAccessAndIsTold() {
            Case agreement = approved();

            agreement.delete();

            assertThat(agreement.access()).isEqualTo(new Access.NotWanted(true, true));
            assertThat(agreement.settle().provisioning()).isEqualTo(ProvisioningStatus.Deprovisioned);
        }

        @Test
        void whatIsBeingDeletedIsNotDecided() {
            mesh.port().autoApprove(true);

            Case request = mesh.request().delete().settle();

            assertThat(request.decisions()).isEmpty();
            assertThat(request.granted()).isEmpty();
        }
    }

    @Test
    void theClockEndsWhateverThePhase() {
        Case suspended =
                approved(mesh.request().until("2026-11-30")).suspend(true).settle();
        Case active = approved(mesh.request().until("2026-11-30"));
        Case requested = mesh.request().until("2026-11-30").look();
        mesh.port().lifecycle(Lifecycle.Retired);
        Case invalid = mesh.request().until("2026-11-30").look();
        mesh.at("2026-12-01T00:00:00Z");

        for (Case each : List.of(suspended, active, requested, invalid)) {
            assertThat(each.granted()).isEmpty();
            assertThat(each.settle().phase()).isEqualTo(Phase.Expired);
            assertThat(each.ready()).isEqualTo("True/Ended");
        }
    }
}
