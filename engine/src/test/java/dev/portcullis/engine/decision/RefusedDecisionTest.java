package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A decision that was not taken stands in its slot, said to be refused, until it is written anew. */
class RefusedDecisionTest {
    private static final Guard BROKEN = new Guard.Broken("policy portcullis-agreements is missing");

    private final Mesh mesh = Mesh.standard();
    private final Guard whole = mesh.guard();

    private Case refused() {
        Case request = mesh.request().look();
        mesh.guard(BROKEN);
        request.decided("approved", People.OLGA).because("fine").look();
        mesh.guard(whole);
        return request;
    }

    @Test
    void isNamedSoThatAdmissionKnowsIt() {
        assertThat(refused().approval().refusedDecision()).matches("approved by olga@example\\.com \\([0-9a-f]{8}\\)");
    }

    @Test
    void staysRefusedWhenTheCauseIsGone() {
        Case request = refused();

        request.look().look();

        assertThat(request.approval().status()).isEqualTo(ApprovalStatus.Requested);
        assertThat(request.condition("Approved")).isEqualTo("False/DecisionsUnguarded");
        assertThat(request.message("Approved")).contains("approved", People.OLGA, "is not taken");
    }

    @Test
    void isJudgedOnceAndNothingIsWrittenForLookingAgain() {
        Case request = refused();

        assertThat(request.assess().status()).isEqualTo(request.status());
    }

    static Stream<Consumer<Case>> ways() {
        return Stream.of(
                request -> request.because("fine, again"),
                request -> request.withMetadata("{\"ticket\": 7}"),
                request -> request.withLink("https://tickets.example.com/7"),
                request -> request.decided("approved", People.OTTO),
                request -> request.recorded("approved", People.OLGA, People.BOT),
                request -> request.decided("rejected", People.OLGA).because("fine"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void isLookedAtAnewWhenAnythingOfItChanges(Consumer<Case> change) {
        Case request = refused();

        change.accept(request);
        request.look();

        assertThat(request.decisions()).hasSize(1);
        assertThat(request.approval().refusedDecision()).isNull();
    }

    @Test
    void isForgottenWhenItIsTakenOut() {
        Case request = refused();

        request.cleared().look();

        assertThat(request.approval().refusedDecision()).isNull();
        assertThat(request.condition("Approved")).isEqualTo("False/WaitingForDecision");
    }

    @Test
    void mayBeWrittenWordByWordAgainAfterItWasTakenOut() {
        Case request = refused();

        request.cleared().look();
        request.decided("approved", People.OLGA).because("fine").look();

        assertThat(request.approval().status()).isEqualTo(ApprovalStatus.Approved);
    }

    @Test
    void aRevocationToo() {
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();
        mesh.guard(BROKEN);
        agreement.decided("revoked", People.OLGA).settle();
        assertThat(agreement.approval().refusedDecision()).startsWith("revoked by ");
        mesh.guard(whole);

        agreement.cleared().settle();
        assertThat(agreement.approval().refusedDecision())
                .as("names the decision that stands in the slot, and none does")
                .isNull();

        agreement.decided("revoked", People.OLGA).settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Revoked);
    }

    @Test
    void aRevocationThatIsNotTakenLeavesTheAccessAndSaysSo() {
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();

        mesh.guard(BROKEN);
        agreement.decided("revoked", People.OLGA).settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.granted()).isNotEmpty();
        assertThat(agreement.condition("Approved")).isEqualTo("True/DecisionsUnguarded");
        assertThat(agreement.message("Approved")).contains("revoked", "is not taken");

        mesh.guard(whole);
        agreement.settle();
        assertThat(agreement.condition("Approved")).as("still said").isEqualTo("True/DecisionsUnguarded");

        agreement.decided("revoked", People.OLGA).because("once more").settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Revoked);
        assertThat(agreement.granted()).isEmpty();
        assertThat(agreement.approval().refusedDecision()).isNull();
    }

    @Test
    void theReasonOutlivesATimeOfBeingInvalid() {
        Case request = refused();

        mesh.port().lifecycle(Lifecycle.Deprecated);
        request.look();
        assertThat(request.phase()).isEqualTo(Phase.Invalid);
        assertThat(request.approval().refusedDecision()).isNotNull();
        mesh.port().lifecycle(Lifecycle.Active);
        request.look();

        assertThat(request.phase()).isEqualTo(Phase.Requested);
        assertThat(request.condition("Approved"))
                .as("the port is Active again; what remains is the refused decision")
                .isIn("False/DecisionsUnguarded", "False/DecisionRefused");
    }

    @Test
    void aDecisionWrittenWhileInvalidIsNeitherTakenNorRefused() {
        mesh.port().lifecycle(Lifecycle.Deprecated);
        Case request = mesh.request().decided("approved", People.OLGA).look();

        assertThat(request.decisions()).isEmpty();
        assertThat(request.approval().refusedDecision()).isNull();

        mesh.port().lifecycle(Lifecycle.Active);
        assertThat(request.look().decisions()).containsExactly("approved by " + People.OLGA);
    }

    /** Also where a Decision approves at the same look, and another pauses: two rulings, and the first has said it. */
    @Test
    void isSaidWhateverElseIsDecidedAtTheSameLook() {
        Case request = mesh.request().settle();
        request.decided("approved", People.TAYLOR);
        mesh.decision("olga").says(Verdict.approved, People.OLGA);
        mesh.decision("pause").says(Verdict.suspended, People.OLGA);
        mesh.bind(request);

        request.look();

        assertThat(request.phase()).isEqualTo(Phase.Suspended);
        assertThat(request.approval().refusedDecision()).startsWith("approved by " + People.TAYLOR);
    }
}
