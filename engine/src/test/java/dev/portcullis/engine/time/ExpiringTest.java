package dev.portcullis.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When it ends is said, and people are warned before. */
class ExpiringTest {
    private final Mesh mesh = Mesh.standard();

    private Case active() {
        return mesh.request()
                .until("2027-03-31")
                .decided("approved", People.OLGA)
                .settle();
    }

    @ParameterizedTest
    @CsvSource({
        "2027-03-24T23:59:59Z, absent,                 2027-03-25T00:00:00Z",
        "2027-03-25T00:00:00Z, True/EndsWithin7Days,   2027-03-31T00:00:00Z",
        "2027-03-30T23:59:59Z, True/EndsWithin7Days,   2027-03-31T00:00:00Z",
        "2027-03-31T00:00:00Z, True/EndsWithin1Day,    2027-04-01T00:00:00Z",
        "2027-03-31T23:59:59Z, True/EndsWithin1Day,    2027-04-01T00:00:00Z",
    })
    void sevenDaysAndOneDayBefore(String at, String condition, Instant next) {
        Case agreement = active();
        mesh.at(at);
        agreement.settle();

        assertThat(agreement.condition("Expiring")).isEqualTo(condition);
        assertThat(agreement.wakeAt())
                .as("looked at when there is something else to say")
                .contains(next);
        assertThat(agreement.phase()).isEqualTo(Phase.Active);
    }

    @Test
    void saysWhenAndWhatToDo() {
        Case agreement = active();
        mesh.at("2027-03-31T00:00:00Z");

        assertThat(agreement.settle().message("Expiring"))
                .isEqualTo("the access ends at 2027-04-01T00:00:00Z: request another agreement to go on");
    }

    @Test
    void isGoneWithTheAgreement() {
        Case agreement = active();
        mesh.at("2027-03-31T00:00:00Z");
        agreement.settle();
        assertThat(agreement.decided("revoked", People.OLGA).settle().condition("Expiring"))
                .isEqualTo("absent");
        assertThat(agreement.status().ends()).isNull();
        assertThat(agreement.wakeAt()).isEmpty();

        Case other = active();
        mesh.at("2027-04-01T00:00:00Z");
        assertThat(other.settle().condition("Expiring")).isEqualTo("absent");
        assertThat(other.status().ends()).isEqualTo("2027-04-01T00:00:00Z");
    }

    @Test
    void theSameIsSaidOnce() {
        Case agreement = active();
        mesh.at("2027-03-26T00:00:00Z");
        agreement.settle();
        mesh.at("2027-03-30T00:00:00Z");

        assertThat(agreement.restart().assess().status()).isEqualTo(agreement.status());
    }

    @Test
    void whoSetsTheWarningsIsFollowed() {
        mesh.warning(Duration.ofHours(36), Duration.ofMinutes(90));
        Case agreement = active();
        mesh.at("2027-03-30T12:00:00Z");
        assertThat(agreement.settle().condition("Expiring")).isEqualTo("True/EndsWithin36Hours");
        mesh.at("2027-03-31T22:30:00Z");
        assertThat(agreement.settle().condition("Expiring")).isEqualTo("True/EndsWithin90Minutes");

        mesh.warning();
        assertThat(agreement.settle().condition("Expiring")).isEqualTo("absent");
    }

    @Test
    void alsoWhileItIsPausedOrNotBegun() {
        Case paused = active().suspend(true).settle();
        Case upcoming = mesh.request()
                .from("2027-03-31")
                .until("2027-03-31")
                .decided("approved", People.OLGA)
                .settle();
        mesh.at("2027-03-26T00:00:00Z");

        assertThat(paused.settle().condition("Expiring")).isEqualTo("True/EndsWithin7Days");
        assertThat(upcoming.settle().condition("Expiring")).isEqualTo("True/EndsWithin7Days");
        assertThat(upcoming.phase()).isEqualTo(Phase.Upcoming);
    }

    @Test
    void aRequestThatTimesOut() {
        mesh.policy(
                "ask",
                "{mode: Mandatory, requestTimeout: P14D, rules: [{name: all, when: 'true', require: {approvals: [{from: {provider: true}}]}}]}");
        Case request = mesh.request().settle();
        assertThat(request.status().ends()).isEqualTo("2026-12-06T12:00:00Z");
        assertThat(request.condition("Expiring")).isEqualTo("absent");
        mesh.later(Duration.ofDays(7));

        assertThat(request.settle().condition("Expiring")).isEqualTo("True/RequestEndsWithin7Days");
        assertThat(request.message("Expiring"))
                .isEqualTo(
                        "the request ends at 2026-12-06T12:00:00Z unless it is decided before: ask who may decide on OutputPort orders-v1 in namespace checkout");
        request.decided("approved", People.OLGA).settle();
        assertThat(request.condition("Expiring")).isEqualTo("absent");
        assertThat(request.status().ends()).isNull();
    }

    @Test
    void aRecertification() {
        mesh.policy("office", "{mode: Mandatory, rules: [{name: pii, when: 'true', require: {recertifyEvery: P30D}}]}");
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();
        assertThat(agreement.wakeAt()).contains(Instant.parse("2026-12-15T12:00:00Z"));
        mesh.later(Duration.ofDays(23));

        assertThat(agreement.settle().condition("Expiring")).isEqualTo("True/RecertifyWithin7Days");
        assertThat(agreement.message("Expiring"))
                .contains(
                        "suspended at 2026-12-22T12:00:00Z",
                        "rule pii of ApprovalPolicy office",
                        "OutputPort orders-v1 in namespace checkout");
        mesh.later(Duration.ofDays(6));
        assertThat(agreement.settle().condition("Expiring")).isEqualTo("True/RecertifyWithin1Day");
        assertThat(agreement.onRecord(Verdict.recertified, People.OTTO).settle().condition("Expiring"))
                .isEqualTo("absent");
    }

    @Test
    void noRecertificationIsAskedForThatTheEndComesBefore() {
        mesh.policy("office", "{mode: Mandatory, rules: [{name: pii, when: 'true', require: {recertifyEvery: P30D}}]}");
        Case agreement = mesh.request()
                .until("2026-12-21")
                .decided("approved", People.OLGA)
                .settle();
        mesh.at("2026-12-20T00:00:00Z");

        assertThat(agreement.settle().condition("Expiring")).isEqualTo("True/EndsWithin7Days");
        assertThat(agreement.message("Expiring")).doesNotContain("recertified");
    }

    @Test
    void theEndThatCountsIsTheFirst() {
        mesh.policy(
                "short",
                "{mode: Mandatory, rules: [{name: all, when: 'true', require: {maxDuration: P90D, approvals: [{from: {provider: true}}]}}]}");
        Case agreement = mesh.request().until("2027-03-31").settle();
        assertThat(agreement.status().ends()).as("as asked for").isEqualTo("2027-04-01T00:00:00Z");
        agreement.decided("approved", People.OLGA).settle();
        assertThat(agreement.status().ends()).as("as allowed").isEqualTo("2027-02-20T12:00:00Z");
        agreement.onRecord(Verdict.recertified, People.OTTO, "2027-01-31").settle();
        assertThat(agreement.status().ends()).as("as shortened").isEqualTo("2027-02-01T00:00:00Z");
    }

    @Test
    void withoutAnEndNothingIsSaid() {
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();

        assertThat(agreement.status().ends()).isNull();
        assertThat(agreement.wakeAt()).isEmpty();
    }

    @Test
    void aRecertificationAndTheEndSoonAfterAreSaidTogether() {
        mesh.policy("office", "{mode: Mandatory, rules: [{name: pii, when: 'true', require: {recertifyEvery: P30D}}]}");
        Case agreement = mesh.request()
                .until("2026-12-24")
                .decided("approved", People.OLGA)
                .settle();
        mesh.at("2026-12-19T00:00:00Z");

        assertThat(agreement.settle().condition("Expiring")).isEqualTo("True/RecertifyWithin7Days");
        assertThat(agreement.message("Expiring"))
                .contains("suspended at 2026-12-22T12:00:00Z", "; the access ends at 2026-12-25T00:00:00Z");
        mesh.at("2026-12-23T00:00:00Z");
        assertThat(agreement.settle().condition("Expiring")).isEqualTo("True/RecertificationMissed");
        assertThat(agreement.message("Expiring")).contains("; the access ends at 2026-12-25T00:00:00Z");
    }

    @Test
    void aRecertificationFarFromTheEndSaysNothingOfIt() {
        mesh.policy("office", "{mode: Mandatory, rules: [{name: pii, when: 'true', require: {recertifyEvery: P30D}}]}");
        Case agreement = active();
        mesh.at("2026-12-20T00:00:00Z");
        assertThat(agreement.settle().condition("Expiring")).isEqualTo("True/RecertifyWithin7Days");
        assertThat(agreement.message("Expiring")).doesNotContain(";", "ends");
        mesh.at("2026-12-25T00:00:00Z");
        assertThat(agreement.settle().condition("Expiring")).isEqualTo("True/RecertificationMissed");
        assertThat(agreement.message("Expiring")).doesNotContain("the access ends");
    }
}
