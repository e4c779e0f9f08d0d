package dev.portcullis.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that are wrong, set back, or show another zone. */
class ClocksTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final String END = "2026-12-01T00:00:00Z";

    private final Mesh mesh = Mesh.standard().warning();

    private Case active() {
        return mesh.request()
                .until("2026-11-30")
                .decided("approved", People.OLGA)
                .settle();
    }

    // ---- clocks apart

    @ParameterizedTest
    @CsvSource({"0, false", "60, false", "-60, false", "61, true", "-61, true", "86400, true"})
    void aMinuteIsNoDifference(int seconds, boolean apart) {
        Instant now = Instant.parse(END);

        assertThat(Clocks.of(now, Optional.of(now.plusSeconds(seconds))) instanceof Clocks.Apart)
                .isEqualTo(apart);
        assertThat(Clocks.of(now, Optional.empty())).isEqualTo(Clocks.inSync(now));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5M", "-PT5M"})
    void anEndWaitsUntilBothClocksHaveReachedIt(Duration serverAhead) {
        Case agreement = active();
        Duration operatorBehind = serverAhead.isNegative() ? Duration.ZERO : serverAhead;
        mesh.serverAhead(serverAhead);
        Instant first = Instant.parse(END).minus(operatorBehind);
        mesh.at(first.minusSeconds(1).toString());
        assertThat(agreement.settle().condition("ClocksApart")).isEqualTo("absent");
        assertThat(agreement.wakeAt()).as("when the first has reached it").contains(first);

        mesh.at(first.toString());
        agreement.settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.granted()).isNotEmpty();
        assertThat(agreement.condition("ClocksApart")).isEqualTo("True/EndWaits");
        assertThat(agreement.message("ClocksApart")).contains(END, mesh.now().toString(), "for the API server", "NTP");
        Instant second = first.plus(FIVE_MINUTES);
        assertThat(agreement.wakeAt()).as("when both have").contains(second);

        mesh.at(second.minusSeconds(1).toString());
        assertThat(agreement.assess().status())
                .as("nothing is written in between")
                .isEqualTo(agreement.status());
        mesh.at(second.toString());
        assertThat(agreement.granted()).isEmpty();
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
        assertThat(agreement.condition("ClocksApart")).isEqualTo("absent");
    }

    @Test
    void aStartWaitsToo() {
        Case agreement = mesh.request()
                .from("2026-12-01")
                .decided("approved", People.OLGA)
                .settle();
        mesh.serverAhead(FIVE_MINUTES.negated()).at("2026-12-01T00:04:59Z");

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Upcoming);
        assertThat(agreement.granted()).isEmpty();
        assertThat(agreement.condition("ClocksApart")).isEqualTo("True/StartWaits");
        mesh.at("2026-12-01T00:05:00Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void aMissedRecertificationWaitsToo() {
        mesh.policy("office", "{mode: Mandatory, rules: [{name: pii, when: 'true', require: {recertifyEvery: P10D}}]}");
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();
        mesh.serverAhead(FIVE_MINUTES).later(Duration.ofDays(10).minusMinutes(1));

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        assertThat(agreement.condition("ClocksApart")).isEqualTo("True/SuspensionWaits");
        mesh.later(Duration.ofMinutes(1));
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);
        assertThat(agreement.condition("ClocksApart")).isEqualTo("absent");
    }

    /** It would be said of a suspension that is there already. */
    @Test
    void whatWasMissedWaitsForNothingWhereAClockIsSetBack() {
        mesh.policy("office", "{mode: Mandatory, rules: [{name: pii, when: 'true', require: {recertifyEvery: P10D}}]}");
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();
        mesh.later(Duration.ofDays(10));
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);

        mesh.serverAhead(FIVE_MINUTES).later(Duration.ofMinutes(-1));

        assertThat(agreement.settle().phase()).isEqualTo(Phase.Suspended);
        assertThat(agreement.condition("ClocksApart")).isEqualTo("absent");
    }

    @Test
    void decisionsAndSwitchesDoNotWait() {
        mesh.serverAhead(Duration.ofDays(-30)).at("2026-12-02T00:00:00Z");
        Case approved = active();
        assertThat(approved.condition("ClocksApart")).isEqualTo("True/EndWaits");
        assertThat(approved.granted()).isNotEmpty();

        assertThat(active().decided("revoked", People.OLGA).settle().phase()).isEqualTo(Phase.Revoked);
        assertThat(active().onRecord(Verdict.suspended, People.OTTO).settle().granted())
                .isEmpty();
        assertThat(active().suspend(true).settle().granted()).isEmpty();
        assertThat(active().cancel().settle().phase()).isEqualTo(Phase.Cancelled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT6M", "-PT6M", "P30D"})
    void aDecisionCountsByTheClockOfWhoNotedIt(Duration serverAhead) {
        mesh.serverAhead(serverAhead);
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();
        assertThat(agreement.phase()).isEqualTo(Phase.Active);

        assertThat(agreement.decided("revoked", People.OTTO).settle().phase()).isEqualTo(Phase.Revoked);
    }

    @Test
    void whereNothingIsDueClocksApartAreNoMatterOfTheAgreement() {
        Case agreement = active();
        mesh.serverAhead(FIVE_MINUTES);

        assertThat(agreement.assess().status()).isEqualTo(agreement.status());
    }

    @Test
    void aWrongClockAheadMakesNoAccessLonger() {
        // the record of the approval has the earlier time, so that what is counted from it ends in time
        mesh.serverAhead(Duration.ofDays(-365)).at("2027-11-22T12:00:00Z");
        Case agreement =
                mesh.request().lasting("P10D").decided("approved", People.OLGA).settle();

        assertThat(agreement.status().ends()).isEqualTo("2026-12-02T12:00:00Z");
    }

    @Test
    void theNextLookIsByTheOperatorsClock() {
        Instant server = Instant.parse("2026-11-22T12:00:00Z");
        Instant operator = server.plus(Duration.ofHours(1));
        Clocks apart = new Clocks.Apart(operator, server);

        assertThat(apart.next(List.of(server.plus(Duration.ofMinutes(30)))))
                .contains(operator.plus(Duration.ofMinutes(30)));
        assertThat(apart.next(List.of(server.plus(Duration.ofHours(2))))).contains(operator.plus(Duration.ofHours(1)));
        assertThat(apart.next(List.of(server))).isEmpty();
    }

    // ---- a clock that is set back

    @Test
    void whatHasExpiredStaysExpired() {
        Case agreement = active();
        mesh.at(END);
        agreement.settle();
        mesh.at("2026-11-22T13:00:00Z");

        assertThat(agreement.granted()).isEmpty();
        assertThat(agreement.restart().settle().phase()).isEqualTo(Phase.Expired);
        assertThat(agreement.status().ends()).isEqualTo(END);
        assertThat(agreement.wakeAt()).isEmpty();
    }

    @Test
    void soDoesWhatDoesNotSayWhen() {
        Case agreement = active();
        mesh.at(END);
        DataUsageAgreementStatus expired = agreement.settle().status();
        mesh.at("2026-11-22T13:00:00Z");

        agreement.backTo(new DataUsageAgreementStatus(
                expired.observedGeneration(),
                expired.phase(),
                expired.consumer(),
                expired.approval(),
                expired.active(),
                expired.provisioning(),
                expired.snapshot(),
                expired.history(),
                expired.conditions(),
                null,
                expired.recertifyBy()));

        assertThat(agreement.granted()).isEmpty();
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
    }

    @Test
    void aRequestThatHasExpiredIsNotDecidedAnyMore() {
        Case request = mesh.request().until("2026-11-30").settle();
        mesh.at(END);
        request.settle();
        mesh.at("2026-11-22T13:00:00Z");

        assertThat(request.decided("approved", People.OLGA).settle().phase()).isEqualTo(Phase.Expired);
        assertThat(request.decisions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasMissedStaysMissedUntilItIsRecertified(boolean pausedBesides) {
        mesh.policy("office", "{mode: Mandatory, rules: [{name: pii, when: 'true', require: {recertifyEvery: P10D}}]}");
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();
        if (pausedBesides) {
            mesh.port().suspend(true);
        }
        mesh.later(Duration.ofDays(10));
        agreement.settle();
        mesh.later(Duration.ofDays(-5)).port().suspend(false);

        assertThat(agreement.granted()).isEmpty();
        assertThat(agreement.settle().ready()).isEqualTo("False/RecertificationMissed");
        assertThat(agreement.onRecord(Verdict.recertified, People.OTTO).settle().phase())
                .isEqualTo(Phase.Active);
        assertThat(agreement.condition("Expiring")).isEqualTo("absent");
    }

    @Test
    void whatHasBegunTooEarlyWaitsForItsStartAgain() {
        Case agreement = mesh.request()
                .from("2026-12-01")
                .decided("approved", People.OLGA)
                .settle();
        mesh.at("2026-12-05T00:00:00Z");
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
        mesh.at("2026-11-25T00:00:00Z");

        assertThat(agreement.granted()).isEmpty();
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Upcoming);
    }

    // ---- zones

    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Kiritimati", "Pacific/Niue", "Europe/Berlin", "America/Sao_Paulo"})
    void theZoneOfTheMachinePlaysNoPart(String zone) {
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            // the night in which Europe's clocks go forward
            mesh.at("2027-03-27T12:00:00Z");
            Case agreement = mesh.request()
                    .until("2027-03-28")
                    .decided("approved", People.OLGA)
                    .settle();
            Case counted = mesh.request()
                    .lasting("P1D")
                    .decided("approved", People.OLGA)
                    .settle();

            assertThat(agreement.status().ends()).isEqualTo("2027-03-29T00:00:00Z");
            assertThat(counted.status().ends()).isEqualTo("2027-03-28T12:00:00Z");
            mesh.at("2027-03-28T23:59:59Z");
            assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
            mesh.at("2027-03-29T00:00:00Z");
            assertThat(agreement.settle().phase()).isEqualTo(Phase.Expired);
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
