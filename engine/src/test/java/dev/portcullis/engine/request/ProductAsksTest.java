package dev.portcullis.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.AcceptedTerms;
import dev.portcullis.api.agreement.AnsweredQuestion;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Terms and questions of products. */
class ProductAsksTest {
    /** As {@code printf %s 'Do not re-identify customers.' | sha256sum} says. */
    private static final String HASH = "sha256:20d9bbaea8cde3a501f8a8e7dd03411c57593ca2e52ba0f48556af82622fb1d4";

    private static final String TEXT = "Do not re-identify customers.";
    private static final String QUESTION = "How long do you keep the data?";

    private final Mesh mesh = Mesh.standard();

    @Test
    void termsThatAreNotAcceptedMakeARequestInvalid() {
        mesh.product().terms("2026-01", TEXT);
        mesh.port().autoApprove(true);

        Case agreement = mesh.request().settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Invalid);
        assertThat(agreement.ready()).isEqualTo("False/TermsNotAccepted");
        assertThat(agreement.message("Ready"))
                .contains(
                        "DataProduct orders in namespace checkout has terms of revision 2026-01",
                        "accepts none",
                        "spec.terms.text",
                        "request another agreement with spec.acceptedTerms: \"2026-01\"");
        assertThat(agreement.status().snapshot()).as("nothing is frozen").isNull();
        assertThat(agreement
                        .decided("approved", People.OLGA)
                        .settle()
                        .approval()
                        .status())
                .as("nobody can decide")
                .isEqualTo(ApprovalStatus.Requested);
    }

    @Test
    void termsOfAnotherRevisionAreNotAccepted() {
        mesh.product().terms("2026-02", TEXT);

        Case agreement = mesh.request().accepting("2026-01").settle();

        assertThat(agreement.ready()).isEqualTo("False/TermsNotAccepted");
        assertThat(agreement.message("Ready")).contains("revision 2026-02, and the request accepts 2026-01");
    }

    @Test
    void healsWhenTheAcceptedRevisionIsTheProducts() {
        mesh.product().terms("2026-02", TEXT);
        Case agreement = mesh.request().accepting("2026-01").settle();

        mesh.product().terms("2026-01", TEXT);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void whatWasAcceptedIsKeptWithTheHashOfItsText() {
        mesh.product().terms("2026-01", TEXT);

        Case agreement = mesh.request().accepting("2026-01");

        assertThat(agreement.assess().texts()).containsExactly(new KeptText(TEXT));
        assertThat(agreement.look().status().snapshot().terms())
                .containsExactly(new AcceptedTerms("product", "2026-01", HASH));
        assertThat(agreement.assess().texts()).as("named before").isEmpty();
    }

    @Test
    void laterEditsChangeNothingOfARequestThatWaits() {
        mesh.product().terms("2026-01", TEXT).asks("retention", QUESTION, true);
        Case agreement = mesh.request()
                .accepting("2026-01")
                .answering("retention", "30 days")
                .settle();
        var asked = agreement.status().snapshot();

        mesh.product()
                .terms("2026-02", "Pay first.")
                .asks("retention", "For how little?", true)
                .asks("more", "Why?", true);

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Requested);
        assertThat(agreement.decided("approved", People.OLGA).settle().phase()).isEqualTo(Phase.Active);
        assertThat(agreement.status().snapshot()).isEqualTo(asked);
        assertThat(agreement.lastDecision().request()).isEqualTo(asked.request());
    }

    @Test
    void consentIsToTheTextAndNotToItsName() {
        mesh.product().terms("2026-01", TEXT);
        var before = mesh.request().accepting("2026-01").look().status().snapshot();

        mesh.product().terms("2026-01", "Pay first.");
        var after = mesh.request().accepting("2026-01").look().status().snapshot();

        assertThat(after.terms()).isNotEqualTo(before.terms());
        assertThat(after.request()).isNotEqualTo(before.request());
    }

    @Test
    void whatIsAcceptedBeyondWhatIsAskedDoesNoHarm() {
        Case agreement = mesh.request()
                .accepting("2026-01")
                .acceptingOfPolicies("pii", "1")
                .settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
        assertThat(agreement.status().snapshot().terms()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void aBlankAnswerIsNone(String blank) {
        mesh.product().asks("retention", QUESTION, true).asks("place", "Where?", false);

        Case agreement = mesh.request().answering("retention", blank).settle();

        assertThat(agreement.ready()).isEqualTo("False/AnswersMissing");
        assertThat(agreement.message("Ready"))
                .contains("retention (How long do you keep the data?)", "spec.answers", "request another agreement")
                .doesNotContain("Where?");
        assertThat(agreement.status().snapshot()).isNull();
    }

    @Test
    void manyQuestionsDoNotHideWhatToDo() {
        for (int i = 0; i < 64; i++) {
            mesh.product().asks("question-" + i, "W".repeat(2000), true);
        }

        assertThat(mesh.request().settle().message("Ready")).contains("and 61 more; request another agreement");
    }

    @Test
    void onlyRequiredQuestionsNeedAnAnswer() {
        mesh.product().asks("place", "Where?", false);

        assertThat(mesh.request().settle().phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void answersAreKeptWithTheHashOfTheQuestion() {
        mesh.product()
                .asks("retention", QUESTION, true)
                .asks("place", "Where?", false)
                .asks("left-out", "What?", false);

        Case agreement = mesh.request().answering("retention", "30 days").answering("place", "Here.");

        assertThat(agreement.assess().texts()).containsExactly(new KeptText(QUESTION), new KeptText("Where?"));
        assertThat(agreement.look().status().snapshot().questions())
                .containsExactly(
                        new AnsweredQuestion("retention", new KeptText(QUESTION).sha256()),
                        new AnsweredQuestion("place", new KeptText("Where?").sha256()));
    }

    @Test
    void anAnswerToNoQuestionIsATypingError() {
        mesh.product().asks("retention", QUESTION, false);

        Case agreement = mesh.request().answering("retentoin", "30 days").settle();

        assertThat(agreement.ready()).isEqualTo("False/AnswerUnknown");
        assertThat(agreement.message("Ready")).contains("does not ask retentoin", "it asks retention");
        mesh.product().asksNothing();
        assertThat(agreement.settle().message("Ready")).contains("it asks nothing");
        mesh.product().asks("retentoin", QUESTION, false);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Requested);
    }
}
