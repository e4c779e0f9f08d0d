package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written in the annotations, and whether it is taken. */
class WrittenDecisionTest {
    private static final Guard BROKEN = new Guard.Broken("policy portcullis-agreements is missing: apply it again");

    private final Mesh mesh = Mesh.standard();
    private final Case request = mesh.request().look();

    @Test
    void isRecordedWhole() {
        mesh.port().workflow(Workflow.External);
        Case external =
                mesh.request().withLink("https://tickets.example.com/DATA-7").look();

        mesh.at("2026-11-23T08:15:30.999Z");
        external.recorded("approved", People.OLGA, People.BOT)
                .because("purpose is fine")
                .withLink("https://tickets.example.com/DATA-7")
                .withMetadata("{\"ticket\": \"DATA-7\", \"votes\": {\"dpo\": true}, \"days\": 30}")
                .look();

        assertThat(external.approval().status()).isEqualTo(ApprovalStatus.Approved);
        assertThat(external.lastDecision())
                .isEqualTo(new DecisionRecord(
                        DecisionRecord.Verdict.approved,
                        People.OLGA,
                        People.BOT,
                        "2026-11-23T08:15:30Z",
                        "purpose is fine",
                        "https://tickets.example.com/DATA-7",
                        Map.of("ticket", "DATA-7", "votes", Map.of("dpo", true), "days", 30),
                        DecisionRecord.Via.Annotation));
    }

    @Test
    void aLinkMayComeBeforeTheDecision() {
        request.withLink("https://tickets.example.com/DATA-7").look();

        assertThat(request.phase()).isEqualTo(Phase.Requested);
        assertThat(request.approval().refusedDecision()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Approved",
                "APPROVED",
                " approved",
                "approved ",
                "approve",
                "yes",
                "rejected!",
                "{}",
                "suspended"
            })
    void anyOtherWordIsNoDecision(String word) {
        request.decided(word, People.OLGA).look();

        assertThat(request.approval().status()).isEqualTo(ApprovalStatus.Requested);
        assertThat(request.condition("Approved")).isEqualTo("False/DecisionUnknown");
        assertThat(request.message("Approved")).contains("approved or rejected", "decide again");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decided-by missing  | ''               | olga@example.com",
                "decided-by blank    | ' '              | olga@example.com",
                "recorded-by missing | olga@example.com | ''"
            })
    void mustSayWhoDecidedAndWhoRecorded(String what, String by, String recordedBy) {
        request.recorded("approved", by, recordedBy).look();

        assertThat(request.condition("Approved")).as(what).isEqualTo("False/DecisionIncomplete");
        assertThat(request.approval().status()).isEqualTo(ApprovalStatus.Requested);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "null", "{", "{} {}", " ", "\"DATA-7\"", "7", "{'ticket': 1}", "{\"a\":}"})
    void metadataMustBeAJsonObject(String text) {
        request.decided("approved", People.OLGA).withMetadata(text).look();

        assertThat(request.condition("Approved")).isEqualTo("False/DecisionIncomplete");
        assertThat(request.message("Approved")).contains("decision-metadata");
    }

    @Test
    void metadataMayBeAnEmptyObject() {
        request.decided("approved", People.OLGA).withMetadata("{}").look();

        assertThat(request.approval().status()).isEqualTo(ApprovalStatus.Approved);
        assertThat(request.assess().status()).isEqualTo(request.status());
    }

    /** Admission lets 8192 characters through. What the schema refuses is never written, so the access would stay. */
    @Test
    void manyKeysInMetadataDoNotKeepARevocationFromBeingAnswered() {
        request.decided("approved", People.OLGA).settle();

        String keys = IntStream.range(0, 65).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","));
        request.decided("revoked", People.OLGA).withMetadata("{" + keys + "}").look();

        assertThat(request.condition("Approved")).isIn("False/Revoked", "True/DecisionTooLong");
    }

    /** Admission lets 2000 characters through. */
    @ParameterizedTest
    @ValueSource(strings = {"rejected", "approved", "revoked"})
    void theLongestReasonIsRecorded(String decision) {
        if (decision.equals("revoked")) {
            request.decided("approved", People.OLGA).settle();
        }
        String reason = "x".repeat(2000);

        request.decided(decision, People.OLGA).because(reason).settle();

        assertThat(request.lastDecision().reason()).isEqualTo(reason);
        assertThat(request.lastDecision().decision().name()).isEqualTo(decision);
    }

    @Test
    void wasWrittenWhenItsAnnotationChangedLast() {
        mesh.guard(new Guard.Whole(mesh.now()));
        request.decided("approved", People.OLGA).writtenAt("kubectl-annotate", mesh.now());

        assertThat(request.look().approval().status())
                .as("in the very second the guard was made")
                .isEqualTo(ApprovalStatus.Approved);
    }

    /** Who decides again with another tool leaves the word to the first writer, and changes the reason. */
    @Test
    void wasWrittenWhenAnyPartOfItsRecordChangedLast() {
        mesh.guard(new Guard.Whole(mesh.now()));
        request.decided("approved", People.OLGA)
                .writersUnknown()
                .writtenAt("curl", mesh.now().minusSeconds(60));
        assertThat(request.look().condition("Approved")).isEqualTo("False/DecisionsUnguarded");

        request.because("again").writtenAt("kubectl", mesh.now().plusSeconds(1), Annotations.DECISION_REASON);

        assertThat(request.look().condition("Approved")).isEqualTo("True/Approved");
    }

    @Test
    void wasNotWrittenWhenSomethingElseChanged() {
        mesh.guard(new Guard.Whole(mesh.now()));
        request.decided("approved", People.OLGA)
                .writersUnknown()
                .writtenAt("curl", mesh.now().minusSeconds(60))
                .writtenAt("kubectl", mesh.now().plusSeconds(1), "example.com/note")
                .writtenAt("portal", mesh.now().plusSeconds(1), Annotations.DECISION_LINK);

        assertThat(request.look().condition("Approved")).isEqualTo("False/DecisionsUnguarded");
    }

    /** The time of a manager moves with any of its fields, so it cannot be the only witness against what was planted. */
    @Test
    void whatWasSeenUnguardedIsNotTakenLater() {
        mesh.port().lifecycle(Lifecycle.Deprecated);
        mesh.guard(BROKEN);
        request.decided("approved", People.OLGA).look();
        assertThat(request.phase()).isEqualTo(Phase.Invalid);

        mesh.later(Duration.ofMinutes(1));
        mesh.guard(new Guard.Whole(mesh.now())).later(Duration.ofMinutes(1));
        request.annotated("example.com/note", "harmless").writtenAt("kubectl-annotate", mesh.now());
        mesh.port().lifecycle(Lifecycle.Active);

        assertThat(request.look().approval().status())
                .as("the operator saw it while nothing was guarded")
                .isEqualTo(ApprovalStatus.Requested);
    }

    /** A client may send along what times it likes as those of earlier writers. */
    @Test
    void aTimeThatIsStillToComeIsNoTime() {
        mesh.guard(new Guard.Whole(mesh.now()));

        request.decided("approved", People.OLGA)
                .writersUnknown()
                .writtenAt("curl", mesh.now().plus(Duration.ofMinutes(6)))
                .look();

        assertThat(request.condition("Approved")).isEqualTo("False/DecisionsUnguarded");
        mesh.later(Duration.ofMinutes(10));
        assertThat(request.look().condition("Approved"))
                .as("also when the time has come")
                .isEqualTo("False/DecisionsUnguarded");
    }

    @Test
    void whatThereIsAtTheFirstLookIsAsOldAsTheAgreementWhateverItSays() {
        Case planted = mesh.request();
        mesh.later(Duration.ofHours(1)).guard(new Guard.Whole(mesh.now()));
        planted.decided("approved", People.OLGA)
                .writersUnknown()
                .writtenAt("curl", mesh.now().plusSeconds(1));
        mesh.later(Duration.ofHours(1));

        assertThat(planted.look().condition("Approved")).isEqualTo("False/DecisionsUnguarded");
    }

    static Stream<Arguments> oversized() {
        String long5000 = "x".repeat(5000);
        return Stream.of(
                overlong(
                        "a link that came before the guard and the decision",
                        request -> request.decided("approved", People.OLGA).withLink(long5000)),
                overlong(
                        "a decider, unguarded",
                        request -> request.decided("approved", long5000).mesh().guard(BROKEN)),
                overlong(
                        "a word, unguarded",
                        request -> request.decided(long5000, People.OLGA).mesh().guard(BROKEN)),
                overlong("a requester, unguarded", request -> request.requestedBy(long5000)));
    }

    private static Arguments overlong(String what, Consumer<Case> write) {
        return Arguments.of(what, write);
    }

    /** A status that the API server refuses is never written, and nothing after it either. */
    @ParameterizedTest
    @MethodSource("oversized")
    void noTextKeepsAStatusFromBeingWritten(String what, Consumer<Case> write) {
        Case fresh = mesh.request();

        write.accept(fresh);

        assertThat(fresh.look().phase()).as(what).isNotNull();
    }

    @Test
    void isAsOldAsTheAgreementWhereNobodyKnowsBetter() {
        Case older = mesh.request().decided("approved", People.OLGA).writersUnknown();
        mesh.later(Duration.ofSeconds(1)).guard(new Guard.Whole(mesh.now()));
        Case younger = mesh.request().decided("approved", People.OLGA).writersUnknown();

        assertThat(older.look().condition("Approved")).isEqualTo("False/DecisionsUnguarded");
        assertThat(younger.look().condition("Approved")).isEqualTo("True/Approved");
    }

    @Test
    void rulesGoOnWithoutAGuard() {
        mesh.guard(BROKEN);
        mesh.port().autoApprove(true);

        assertThat(mesh.request().settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void withoutAGuardTheMessageSaysWhatIsMissing() {
        mesh.guard(BROKEN);

        request.decided("approved", People.OLGA).look();

        assertThat(request.message("Approved")).contains("policy portcullis-agreements is missing: apply it again");
    }

    @Test
    void anEmptySlotIsNoDecision() {
        request.annotated(Annotations.DECISION, "").look();

        assertThat(request.decisions()).isEqualTo(List.of());
        assertThat(request.approval().refusedDecision()).isNull();
    }
}
