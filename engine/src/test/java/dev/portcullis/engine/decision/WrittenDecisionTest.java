package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.Bounds;
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
                        DecisionRecord.Via.Annotation,
                        external.status().snapshot().request(),
                        null,
                        null,
                        null,
                        null));
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
        assertThat(request.message("Approved"))
                .contains("portcullis.dev/decided-by", "portcullis.dev/recorded-by")
                .doesNotContain("by  ");
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

    static Stream<Arguments> metadataThatNoStatusHolds() {
        return Stream.of(
                Arguments.of("17 levels", nested(17), "DecisionTooLong", "16 levels"),
                Arguments.of(
                        "17 levels, in lists",
                        "{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}",
                        "DecisionTooLong",
                        "16"),
                Arguments.of("as many levels as Jackson reads", nested(995), "DecisionTooLong", "16 levels"),
                Arguments.of(
                        "as many levels as admission lets through",
                        "{\"a\":" + "[".repeat(8000),
                        "DecisionTooLong",
                        "16"),
                Arguments.of("a long name", object("k".repeat(129), "1"), "DecisionTooLong", "128 characters"),
                Arguments.of("65 keys", keys(65), "DecisionTooLong", "64 keys"),
                Arguments.of("a long name inside", object("a", object("k".repeat(129), "1")), "DecisionTooLong", "128"),
                Arguments.of("too much in all", object("a", text("x".repeat(8190))), "DecisionTooLong", "8192"),
                Arguments.of(
                        "a number beyond 64 bits",
                        object("a", "9223372036854775808"),
                        "DecisionIncomplete",
                        "as a text"),
                Arguments.of(
                        "a number of 5000 digits", object("a", "9".repeat(5000)), "DecisionIncomplete", "as a text"),
                Arguments.of("a number beyond any", object("a", "[{\"b\":-1e400}]"), "DecisionIncomplete", "as a text"),
                Arguments.of("half a character", object("a", "[\"\\ud83d\"]"), "DecisionIncomplete", "no character"),
                Arguments.of(
                        "half a character as a name", object("\\ude00", "1"), "DecisionIncomplete", "no character"));
    }

    /** What cannot be written back would be tried again for ever, and every later decision with it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("metadataThatNoStatusHolds")
    void metadataThatNoStatusHoldsIsRefusedAndCanBeGivenAnew(String what, String json, String reason, String message) {
        request.decided("approved", People.OLGA).settle();

        request.decided("revoked", People.OLGA).withMetadata(json).look();

        assertThat(request.condition("Approved")).as(what).isEqualTo("True/" + reason);
        assertThat(request.message("Approved")).contains("decision-metadata", message, "decide again");
        assertThat(request.approval().refusedDecision()).startsWith("revoked by " + People.OLGA);

        request.decided("revoked", People.OLGA).because("really").settle();
        assertThat(request.phase()).isEqualTo(Phase.Revoked);
    }

    static Stream<Arguments> metadataThatIsKept() {
        return Stream.of(
                Arguments.of("16 levels", nested(16)),
                Arguments.of("a name of 128 characters", object("k".repeat(128), "1")),
                Arguments.of("8192 characters", object("a", text("😀".repeat(8184)))),
                Arguments.of("the largest number", object("a", "[9223372036854775807, -9223372036854775808, 1.5e300]")),
                Arguments.of("control characters", object("\\u0000\\u007f", "\"\\u0000\u0085\u2028\ufffe\"")),
                Arguments.of("nothing at all", object("a", "null")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("metadataThatIsKept")
    void metadataIsKeptUpToItsBounds(String what, String json) {
        request.decided("approved", People.OLGA).withMetadata(json).settle();

        assertThat(request.approval().status()).as(what).isEqualTo(ApprovalStatus.Approved);
        assertThat(request.lastDecision().metadata()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u007f", "\u0085", "\u2028", "\ufeff", "\uffff"})
    void anyCharacterMayStandInAReason(String character) {
        request.decided("approved", People.OLGA).because("fine" + character).settle();

        assertThat(request.lastDecision().reason()).isEqualTo("fine" + character);
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    private static String object(String name, String value) {
        return "{\"" + name + "\":" + value + "}";
    }

    private static String text(String value) {
        return '"' + value + '"';
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
    void whatIsAsLongAsAStatusHoldsIsTaken() {
        request.decided("approved", People.OLGA).settle();
        String user = "u".repeat(Bounds.USER);

        request.recorded("revoked", user, user)
                .because("r".repeat(Bounds.TEXT))
                .withLink("l".repeat(Bounds.LINK))
                .withMetadata(keys(64))
                .settle();

        assertThat(request.phase()).isEqualTo(Phase.Revoked);
        assertThat(request.lastDecision().by()).isEqualTo(user);
        assertThat(request.lastDecision().metadata()).hasSize(64);
    }

    private static String keys(int many) {
        return IntStream.range(0, many).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
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

    /** Else whoever may change the agreement keeps it from ever being revoked. */
    @Test
    void aTimeThatIsStillToComeDoesNotHideAnotherWritersTime() {
        request.decided("approved", People.OLGA).settle();
        mesh.later(Duration.ofHours(1)).guard(new Guard.Whole(mesh.now())).later(Duration.ofHours(1));

        request.decided("revoked", People.OLGA)
                .writtenAt("hostile", mesh.now().plus(Duration.ofDays(9999)), Annotations.DECISION_METADATA)
                .look();

        assertThat(request.phase()).isEqualTo(Phase.Revoked);
    }

    @Test
    void aTimeThatIsStillToComeDoesNotMakeAnEarlierOneLater() {
        request.decided("approved", People.OLGA).writersUnknown().writtenAt("curl", mesh.now());
        mesh.later(Duration.ofHours(1)).guard(new Guard.Whole(mesh.now())).later(Duration.ofHours(1));

        request.writtenAt("hostile", mesh.now().plus(Duration.ofDays(9999)), Annotations.DECISION_METADATA)
                .look();

        assertThat(request.condition("Approved")).isEqualTo("False/DecisionsUnguarded");
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
        assertThat(request.decided("approved", People.OLGA)
                        .writersUnknown()
                        .look()
                        .condition("Approved"))
                .as("that it could be decided before says nothing of who did")
                .isEqualTo("False/DecisionsUnguarded");
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
