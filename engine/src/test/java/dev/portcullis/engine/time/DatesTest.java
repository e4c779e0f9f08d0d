package dev.portcullis.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Start and end: dates are whole days in UTC, instants are meant as they are; nobody but the clock moves them. */
class DatesTest {
    private final Mesh mesh = Mesh.standard().warning();

    private Case approved(String start, String end) {
        return mesh.request()
                .from(start)
                .until(end)
                .decided("approved", People.OLGA)
                .settle();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // start                     | end                       | begins                 | is over
                "2026-12-01                  | 2027-03-31                | 2026-12-01T00:00:00Z   | 2027-04-01T00:00:00Z",
                "2026-12-01                  | 2026-12-01                | 2026-12-01T00:00:00Z   | 2026-12-02T00:00:00Z",
                "2028-02-29                  | 2028-02-29                | 2028-02-29T00:00:00Z   | 2028-03-01T00:00:00Z",
                "2026-12-01T08:00:00Z        | 2026-12-01T08:00:01Z      | 2026-12-01T08:00:00Z   | 2026-12-01T08:00:01Z",
                "2026-12-01T00:30:00+01:00   | 2026-12-01T18:00:00-05:00 | 2026-11-30T23:30:00Z   | 2026-12-01T23:00:00Z",
                "2026-12-01T08:00:00.5Z      | 2026-12-31                | 2026-12-01T08:00:00.5Z | 2027-01-01T00:00:00Z",
                "2026-12-01                  | 2026-12-01T00:00:00.001Z  | 2026-12-01T00:00:00Z   | 2026-12-01T00:00:00.001Z",
                "2026-12-31                  | 2027-01-01T00:00:00Z      | 2026-12-31T00:00:00Z   | 2027-01-01T00:00:00Z",
                "2026-12-01T00:00:00+14:00   | 9999-12-31                | 2026-11-30T10:00:00Z   | +10000-01-01T00:00:00Z",
            })
    void beginAndEndToTheMoment(String start, String end, Instant begins, Instant over) {
        Case agreement = approved(start, end);

        assertThat(agreement.phase()).isEqualTo(Phase.Upcoming);
        assertThat(agreement.granted()).isEmpty();
        assertThat(agreement.wakeAt()).contains(begins);

        mesh.at(begins.minusNanos(1).toString());
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Upcoming);
        assertThat(agreement.granted()).isEmpty();

        mesh.at(begins.toString());
        assertThat(agreement.granted()).as("granted in the first moment").isNotEmpty();
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        assertThat(agreement.wakeAt()).contains(over);

        mesh.at(over.minusNanos(1).toString());
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);

        mesh.at(over.toString());
        assertThat(agreement.granted()).as("gone in the moment of the end").isEmpty();
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
        assertThat(agreement.wakeAt()).isEmpty();
    }

    @Test
    void withoutStartItBeginsWithTheApprovalAndWithoutEndItStays() {
        Case agreement = approved(null, null);

        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.wakeAt()).isEmpty();
        mesh.at("2126-11-22T12:00:00Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void aStartInThePastIsNoStart() {
        assertThat(approved("2020-01-01", "2027-01-01").phase()).isEqualTo(Phase.Active);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "2026-02-30           | -",
                "2027-02-29           | -",
                "2026-13-01           | -",
                "2026-00-10           | -",
                "-                    | 2026-04-31",
                "-                    | 2027-01-01T25:00:00Z",
                "-                    | 2027-01-01T24:00:00Z",
                "-                    | 2027-02-30T10:00:00Z",
                "-                    | 2027-01-01T10:61:00Z",
                "-                    | 2027-01-01T10:00:00+25:00",
                "2026-12-02           | 2026-12-01",
                "2026-12-01T08:00:00Z | 2026-12-01T08:00:00Z",
                "2026-12-02           | 2026-12-02T00:00:00Z",
                "2026-12-01T08:00:00Z | 2026-12-01T09:00:00+02:00",
            })
    void datesThatCannotBeStallTheRequest(String start, String end) {
        mesh.port().autoApprove(true);

        Case request = mesh.request()
                .from(start)
                .until(end)
                .decided("approved", People.OLGA)
                .settle();

        assertThat(request.phase()).isEqualTo(Phase.Invalid);
        assertThat(request.ready()).isEqualTo("False/DatesInvalid");
        assertThat(request.condition("Stalled")).isEqualTo("True/DatesInvalid");
        assertThat(request.message("Stalled")).contains("request another agreement");
        assertThat(request.approval().status()).isEqualTo(ApprovalStatus.Requested);
        assertThat(request.approval().workflow()).isNull();
        assertThat(request.granted()).isEmpty();
        assertThat(request.wakeAt()).isEmpty();
    }

    @Test
    void theMessageNamesTheDate() {
        assertThat(mesh.request().from("2026-02-30").look().message("Ready")).contains("spec.start", "2026-02-30");
        assertThat(mesh.request().until("2026-02-30").look().message("Ready")).contains("spec.end", "2026-02-30");
    }

    @Test
    void aRequestNobodyDecidedExpiresToo() {
        Case request = mesh.request().until("2026-11-30").look();
        assertThat(request.wakeAt()).contains(Instant.parse("2026-12-01T00:00:00Z"));

        mesh.at("2026-12-01T00:00:00Z");
        request.decided("approved", People.OLGA).settle();

        assertThat(request.phase()).isEqualTo(Phase.Expired);
        assertThat(request.decisions()).isEmpty();
        assertThat(request.granted()).isEmpty();
    }

    @Test
    void aRequestThatIsInvalidExpiresToo() {
        mesh.withoutPort();
        Case request = mesh.request().until("2026-11-30").look();
        assertThat(request.phase()).isEqualTo(Phase.Invalid);
        assertThat(request.wakeAt()).contains(Instant.parse("2026-12-01T00:00:00Z"));

        mesh.at("2026-12-01T00:00:00Z");

        assertThat(request.look().phase()).isEqualTo(Phase.Expired);
    }

    @Test
    void aPauseDoesNotMoveTheEnd() {
        Case agreement = approved(null, "2026-11-30").suspend(true).settle();
        assertThat(agreement.wakeAt()).contains(Instant.parse("2026-12-01T00:00:00Z"));

        mesh.at("2026-12-01T00:00:00Z");

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
        assertThat(agreement.suspend(false).settle().phase()).isEqualTo(Phase.Expired);
    }
}
