package dev.portcullis.engine.decision;

import static dev.portcullis.engine.given.People.BOT;
import static dev.portcullis.engine.given.People.OLGA;
import static dev.portcullis.engine.given.People.OTTO;
import static dev.portcullis.engine.given.People.QUINN;
import static dev.portcullis.engine.given.People.RILEY;
import static dev.portcullis.engine.given.People.TAYLOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither requester nor beneficiary decides, whatever they are called. Requests are taylor's, in marketing, where quinn is a member too. */
class FourEyesTest {
    private static final Consumer<Mesh> AS_IT_IS = mesh -> {};
    private static final Consumer<Mesh> LOCAL_PART = mesh -> mesh.platform().callsUsers("name.split('@')[0]");

    private static final Function<Case, Case> FOR_TAYLOR = request -> request.forUser(TAYLOR);
    private static final Function<Case, Case> FOR_QUINN = request -> request.forUser(QUINN);
    private static final Function<Case, Case> FOR_RILEY = request -> request.forUser(RILEY);
    private static final Function<Case, Case> FOR_PRODUCT = request -> request.forProduct("churn");
    private static final Function<Case, Case> FOR_TEAM = request -> request.forWholeTeam("marketing");

    record Row(String what, Consumer<Mesh> mesh, Function<Case, Case> request, String decider, boolean allowed) {
        @Override
        public String toString() {
            return what + (allowed ? ": allowed" : ": SelfDecision");
        }
    }

    static final List<Row> rows = List.of(
            new Row("somebody else", AS_IT_IS, FOR_TAYLOR, OLGA, true),
            new Row("the requester", AS_IT_IS, FOR_QUINN, TAYLOR, false),
            new Row("the requester in capitals", AS_IT_IS, FOR_QUINN, "Taylor@Example.COM", false),
            new Row("the requester with spaces", AS_IT_IS, FOR_QUINN, " taylor@example.com ", false),
            new Row("the beneficiary", AS_IT_IS, FOR_RILEY, RILEY, false),
            new Row("the beneficiary in capitals", AS_IT_IS, FOR_RILEY, "RILEY@example.com", false),
            new Row("the beneficiary with spaces", AS_IT_IS, FOR_RILEY, "riley@example.com\t", false),
            new Row(
                    "who wrote the request",
                    AS_IT_IS,
                    request -> request.forUser(RILEY).writtenBy(BOT),
                    BOT,
                    false),
            new Row(
                    "the beneficiary's principal under another name",
                    LOCAL_PART,
                    FOR_RILEY,
                    "riley@other.example.org",
                    false),
            new Row("another principal", LOCAL_PART, FOR_RILEY, "olga@other.example.org", true),
            new Row(
                    "the requester's principal under another name, for somebody else",
                    LOCAL_PART,
                    FOR_RILEY,
                    "taylor@other.example.org",
                    true),
            new Row(
                    "who is called as the product is",
                    mesh -> mesh.platform().callsProducts("'dp_' + name"),
                    FOR_PRODUCT,
                    "dp_churn",
                    false),
            new Row("who is called as the team is", FourEyesTest::teamAsOne, FOR_TEAM, "team_marketing", false),
            new Row("a member, for another user", AS_IT_IS, FOR_RILEY, QUINN, true),
            new Row("a member of the beneficiary team", AS_IT_IS, FOR_TEAM, QUINN, false),
            new Row("a member of the beneficiary team in capitals", AS_IT_IS, FOR_TEAM, "Quinn@Example.com", false),
            new Row(
                    "a member of a beneficiary team that is one principal",
                    mesh -> mesh.team("marketing").asOnePrincipal(),
                    FOR_TEAM,
                    QUINN,
                    false),
            new Row(
                    "a member's principal under another name, for the team",
                    LOCAL_PART,
                    FOR_TEAM,
                    "quinn@other.example.org",
                    false),
            new Row("a member of the product's team", AS_IT_IS, FOR_PRODUCT, QUINN, false),
            new Row("a member of the port's team, for a team", AS_IT_IS, FOR_TEAM, OLGA, true),
            new Row("a member of the port's team, for a product", AS_IT_IS, FOR_PRODUCT, OTTO, true),
            new Row(
                    "a member of both teams, for a product",
                    mesh -> mesh.team("checkout").with(QUINN),
                    FOR_PRODUCT,
                    QUINN,
                    false));

    private static void teamAsOne(Mesh mesh) {
        mesh.team("marketing").asOnePrincipal();
        mesh.platform().callsTeams("'team_' + name");
    }

    @ParameterizedTest
    @FieldSource("rows")
    void nobodyDecidesOnAnAgreementOfTheirOwn(Row row) {
        for (String decision : new String[] {"approved", "rejected"}) {
            Mesh mesh = Mesh.standard();
            row.mesh().accept(mesh);
            Case request = row.request().apply(mesh.request()).look();

            request.decided(decision, row.decider()).look();

            if (row.allowed()) {
                assertThat(request.decisions()).containsExactly(decision + " by " + row.decider());
            } else {
                assertThat(request.condition("Approved")).isEqualTo("False/SelfDecision");
                assertThat(request.message("Approved")).contains(row.decider(), "somebody else decides");
                assertThat(request.approval().refusedDecision()).startsWith(decision + " by " + row.decider() + " (");
                assertThat(request.approval().status()).isEqualTo(ApprovalStatus.Requested);
            }
        }
    }

    @Test
    void somebodyElseMayDecideAfterwards() {
        Mesh mesh = Mesh.standard();
        Case request = mesh.request().decided("approved", TAYLOR).look();

        request.decided("approved", OLGA).look();

        assertThat(request.decisions()).containsExactly("approved by " + OLGA);
        assertThat(request.condition("Approved")).isEqualTo("True/Approved");
    }

    @Test
    void insideTheProvidersTeamItsMembersDecide() {
        Mesh mesh = Mesh.standard();
        mesh.product("checkout", "churn");
        Case request = mesh.requestFrom("checkout")
                .requestedBy(RILEY)
                .forProduct("churn")
                .look();
        assertThat(request.approval().status()).as("riley is not listed").isEqualTo(ApprovalStatus.Requested);

        request.decided("approved", OTTO).look();

        assertThat(request.approval().status()).isEqualTo(ApprovalStatus.Approved);
    }

    @Test
    void whoRecordsADecisionOfAnotherIsNotTheDecider() {
        Mesh mesh = Mesh.standard();
        Case request = mesh.request().forUser(RILEY).look();

        request.recorded("approved", RILEY, BOT).look();

        assertThat(request.condition("Approved")).isEqualTo("False/SelfDecision");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name.", "nonsense", "name.split('@')[7]", "''", "dyn(7)"})
    void whatCannotBeComparedIsNotTakenForDifferent(String brokenRule) {
        Mesh mesh = Mesh.standard();
        mesh.platform().callsUsers(brokenRule);

        for (Function<Case, Case> to : List.of(FOR_TAYLOR, FOR_PRODUCT, FOR_TEAM)) {
            Case request = to.apply(mesh.request()).look();

            request.decided("approved", OLGA).look();

            assertThat(request.condition("Approved")).isEqualTo("False/PrincipalUnknown");
            assertThat(request.message("Approved")).contains("spec.principals", "warehouse", "decide again");
        }
    }

    @Test
    void aRuleThatFailsForTheBeneficiaryAloneIsNotTakenForDifferentEither() {
        Mesh mesh = Mesh.standard();
        mesh.platform().callsUsers("name.split('@')[1]");
        Case request = mesh.request().forUser("machine").look();

        request.decided("approved", OLGA).look();

        assertThat(request.condition("Approved")).isEqualTo("False/PrincipalUnknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {TAYLOR, QUINN, OLGA})
    void revokingIsAlwaysAllowed(String whoever) {
        Mesh mesh = Mesh.standard();
        mesh.platform().callsUsers("name.split('@')[0]");
        Case agreement = mesh.request()
                .forWholeTeam("marketing")
                .decided("approved", OLGA)
                .settle();

        agreement.decided("revoked", whoever).settle();

        assertThat(agreement.decisions()).containsExactly("approved by " + OLGA, "revoked by " + whoever);
    }
}
