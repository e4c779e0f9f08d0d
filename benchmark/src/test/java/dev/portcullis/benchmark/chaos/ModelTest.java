package dev.portcullis.benchmark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A chaos run is worth as much as the model notices. */
class ModelTest {
    private static final Cell READS = new Cell("u0", "p0", "c0");

    private Duration quiet = Duration.ofMinutes(1);
    private final Model model =
            new Model(() -> quiet, Map.of(Mesh.CONSUMER, List.of("u0"), Mesh.PROVIDER, List.of()), List.of("p0"));
    private final PortModel port = model.port("p0");

    @BeforeEach
    void aPortIsThere() {
        model.change(() -> {
            port.incarnation = 1;
            port.columns = Set.of("c0", "c1");
            port.made("uid-1");
            model.offer(port, port.columns);
            port.there.set(true);
        });
    }

    @Test
    void nobodyMayHaveWhatNobodyApproved() {
        ask("a", null);
        assertThat(model.lastExplained(READS)).isNull();
        assertThat(model.contradictions(Map.of("a", approved(Set.of("c0", "c1"))), Instant.now()))
                .containsKey("a");
    }

    @Test
    void whatIsApprovedMayBeThereAndHasTo() {
        AgreementModel asked = ask("a", null);
        model.change(() -> asked.approvals++);
        assertThat(model.may(Instant.now())).contains(READS);
        assertThat(model.wanted(Map.of("a", approved(Set.of("c0"))), Instant.now()))
                .containsExactly(READS);
    }

    /** The operator sees ports and requests by watches of their own: it may judge by what the port offered until just now. */
    @Test
    void whatAPortOfferedUntilJustBeforeTheRequestIsExplainedByItForAMoment() {
        model.change(() -> port.autoApprove.set(true));
        model.change(() -> {
            port.columns = Set.of("c1");
            model.offer(port, port.columns);
        });
        assertThat(model.lastExplained(READS)).isNull();

        ask("a", null);

        Duration asked = quiet;
        quiet = quiet.plusSeconds(7);
        assertThat(model.may(Instant.now())).doesNotContain(READS);
        assertThat(model.lastExplained(READS))
                .isNotNull()
                .extracting(Model.Justified::quiet)
                .isEqualTo(asked);
    }

    @Test
    void whatWasRevokedIsExplainedUntilThen() {
        AgreementModel asked = ask("a", null);
        model.change(() -> asked.approvals++);
        model.change(() -> asked.revoked = true);
        Duration revoked = quiet;
        quiet = quiet.plusSeconds(7);
        assertThat(model.lastExplained(READS))
                .isNotNull()
                .extracting(Model.Justified::quiet)
                .isEqualTo(revoked);
    }

    /** Watches that are opened anew show a deletion a second later, and a start in that second begins. */
    @Test
    void whatEndsBeforeItsStartIsExplainedUntilItsEnd() {
        AgreementModel asked = ask("a", Instant.now().plusSeconds(60), null);
        model.change(() -> asked.approvals++);
        assertThat(model.lastExplained(READS)).as("before its start").isNull();

        model.change(() -> asked.deleted = true);
        Duration deleted = quiet;
        quiet = quiet.plusSeconds(7);
        assertThat(model.lastExplained(READS))
                .isNotNull()
                .extracting(Model.Justified::quiet)
                .isEqualTo(deleted);
    }

    /** Each kind is seen by a watch of its own: that the port is open again may be seen before the end that came first. */
    @Test
    void whatEndsWhileItsPortIsSuspendedIsExplainedUntilItsEnd() {
        model.change(() -> port.suspended = true);
        AgreementModel asked = ask("a", null);
        model.change(() -> asked.approvals++);
        assertThat(model.lastExplained(READS)).as("suspended").isNull();

        model.change(() -> asked.revoked = true);
        Duration revoked = quiet;
        quiet = quiet.plusSeconds(7);
        model.change(() -> port.suspended = false);

        assertThat(model.may(Instant.now())).isEmpty();
        assertThat(model.lastExplained(READS))
                .isNotNull()
                .extracting(Model.Justified::quiet)
                .isEqualTo(revoked);
    }

    @Test
    void whatGoesOnWaitingForItsStartIsNotExplainedByThat() {
        AgreementModel asked = ask("a", Instant.now().plusSeconds(60), null);
        model.change(() -> asked.approvals++);
        model.change(() -> port.columns = Set.of("c0"));
        assertThat(model.lastExplained(READS)).isNull();
        assertThat(model.lastExplained(new Cell("u0", "p0", "c1"))).isNotNull();
    }

    @Test
    void aPortMadeAnewExplainsNothingOfTheFormer() {
        AgreementModel asked = ask("a", null);
        model.change(() -> asked.approvals++);
        model.learn(Map.of("a", approved(Set.of("c0", "c1"))));
        model.change(() -> port.there.set(false));
        model.change(() -> {
            port.incarnation = 2;
            port.made("uid-2");
            model.offer(port, port.columns);
            port.there.set(true);
        });
        assertThat(model.may(Instant.now())).isEmpty();
        assertThat(model.wanted(Map.of("a", approved(Set.of("c0", "c1"))), Instant.now()))
                .isEmpty();
    }

    @Test
    void anEndEnds() {
        AgreementModel asked = ask("a", Instant.now().plusSeconds(60));
        model.change(() -> asked.approvals++);
        assertThat(model.may(Instant.now())).contains(READS);
        assertThat(model.may(Instant.now().plusSeconds(61))).isEmpty();
    }

    @Test
    void aRuleApprovesWhatWasAskedForJustAfterItWasSwitchedOff() {
        model.change(() -> port.autoApprove.set(true));
        model.change(() -> port.autoApprove.set(false));
        assertThat(ask("at-once", null).mayBeApproved()).isTrue();
        quiet = quiet.plusSeconds(10);
        assertThat(ask("later", null).mayBeApproved()).isFalse();
    }

    @Test
    void aPolicyThatCameLaterSaysNothingAboutWhatWasJudgedBefore() {
        AgreementModel asked = ask("a", null);
        model.learn(Map.of("a", new Told(Told.Approval.OPEN, "Requested", "uid-1", Set.of("c0", "c1"), true)));
        model.change(() -> model.rejects("red").set(true));
        quiet = quiet.plusSeconds(10);
        model.change(() -> port.autoApprove.set(true));
        assertThat(asked.mayBeApproved()).isTrue();
        assertThat(ask("after", null).mayBeApproved()).isFalse();
    }

    private AgreementModel ask(String name, @Nullable Instant end) {
        return ask(name, null, end);
    }

    private AgreementModel ask(String name, @Nullable Instant start, @Nullable Instant end) {
        AgreementModel asked =
                new AgreementModel(name, Mesh.CONSUMER, "p0", new Beneficiary.Person("u0"), start, end, "red");
        model.change(() -> model.add(asked));
        return asked;
    }

    private static Told approved(Set<String> columns) {
        return new Told(Told.Approval.APPROVED, "Active", "uid-1", columns, true);
    }
}
