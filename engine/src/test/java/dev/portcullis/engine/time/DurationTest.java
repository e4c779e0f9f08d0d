package dev.portcullis.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access that lasts so long, and no longer than policies allow. */
class DurationTest {
    private final Mesh mesh = Mesh.standard().warning();

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-01-31T09:30:00Z, P1M,  2026-02-28T09:30:00Z
            2028-01-31T09:30:00Z, P1M,  2028-02-29T09:30:00Z
            2028-02-29T00:00:00Z, P1Y,  2029-02-28T00:00:00Z
            2026-03-28T23:59:59Z, P1D,  2026-03-29T23:59:59Z
            2026-10-25T00:30:00Z, P1W,  2026-11-01T00:30:00Z
            2026-12-31T12:00:00Z, P90D, 2027-03-31T12:00:00Z
            2026-01-31T12:00:00Z, P1M1D, 2026-03-01T12:00:00Z
            """)
    void isCountedByTheCalendarInUtc(Instant from, String period, Instant end) {
        assertThat(Limits.after(from, period)).isEqualTo(end);
    }

    @Test
    void countsFromTheApproval() {
        mesh.at("2026-11-22T12:00:00Z");
        Case agreement = mesh.request().lasting("P10D").settle();
        mesh.later(Duration.ofDays(5));
        agreement.decided("approved", People.OLGA).settle();

        assertThat(agreement.wakeAt()).contains(Instant.parse("2026-12-07T12:00:00Z"));
        mesh.at("2026-12-07T11:59:59Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        mesh.at("2026-12-07T12:00:00Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
        assertThat(agreement.granted()).isEmpty();
    }

    @Test
    void orFromTheStartWhereThatIsLater() {
        mesh.port().autoApprove(true);
        Case agreement = mesh.request().from("2026-12-01").lasting("P1M").settle();

        mesh.at("2026-12-31T23:59:59Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        mesh.at("2027-01-01T00:00:00Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
    }

    @Test
    void neverFromAStartThatTheApprovalComesAfter() {
        Case agreement = mesh.request().from("2026-11-01").lasting("P10D").settle();
        mesh.at("2026-11-23T12:00:00Z");
        agreement.decided("approved", People.OLGA).settle();

        assertThat(agreement.status().ends()).isEqualTo("2026-12-03T12:00:00Z");
    }

    @Test
    void runsOnWhileItIsSuspended() {
        mesh.port().autoApprove(true);
        Case agreement = mesh.request().lasting("P10D").settle();
        agreement.suspend(true).settle();
        mesh.later(Duration.ofDays(10));

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
        assertThat(agreement.suspend(false).settle().granted()).isEmpty();
    }

    @Test
    void aPolicyMakesItShorterAndNeverLonger() {
        mesh.policy("short", "{mode: Mandatory, rules: [{name: all, when: 'true', approve: true, maxDuration: P30D}]}");

        Case openEnd = mesh.request().settle();
        Case longer = mesh.request().lasting("P1Y").settle();
        Case shorter = mesh.request().until("2026-11-30").settle();

        mesh.at("2026-12-01T00:00:00Z");
        assertThat(shorter.settle().phase()).isEqualTo(Phase.Expired);
        mesh.at("2026-12-22T11:59:59Z");
        assertThat(openEnd.settle().phase()).isEqualTo(Phase.Active);
        mesh.at("2026-12-22T12:00:00Z");
        assertThat(openEnd.settle().phase()).isEqualTo(Phase.Expired);
        assertThat(longer.settle().phase()).isEqualTo(Phase.Expired);
    }

    @Test
    void aRequestThatNobodyAnswersEnds() {
        mesh.policy(
                "ask",
                "{mode: Mandatory, requestTimeout: P14D, rules: [{name: all, when: 'true', require: {approvals: [{from: {provider: true}}]}}]}");
        Case unanswered = mesh.request().settle();
        Case answered = mesh.request().settle();
        mesh.later(Duration.ofDays(13));
        answered.decided("approved", People.OLGA).settle();
        assertThat(unanswered.settle().phase()).isEqualTo(Phase.Requested);
        assertThat(unanswered.wakeAt()).contains(Instant.parse("2026-12-06T12:00:00Z"));

        mesh.later(Duration.ofDays(1));

        assertThat(unanswered.settle().phase()).isEqualTo(Phase.Expired);
        assertThat(answered.settle().phase()).isEqualTo(Phase.Active);
        unanswered.decided("approved", People.OLGA).settle();
        assertThat(unanswered.phase()).as("too late").isEqualTo(Phase.Expired);
    }
}
