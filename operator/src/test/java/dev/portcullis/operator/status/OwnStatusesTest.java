package dev.portcullis.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.operator.given.Samples;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OwnStatusesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:04Z");

    private final OwnStatuses statuses = new OwnStatuses();

    @Test
    void whatIsThereAtTheStartIsOurs() {
        DataUsageAgreement approved = Samples.approved("a", "taylor");
        assertThat(statuses.isForeign(approved)).as("before the start").isFalse();

        statuses.seed(Stream.of(approved));

        assertThat(statuses.isForeign(approved)).isFalse();
        assertThat(statuses.trusted(approved)).isSameAs(approved);
    }

    @Test
    void anApprovalThatSomebodyElseWroteIsNone() {
        statuses.seed(Stream.of(Samples.request("a", "taylor")));
        DataUsageAgreement planted = Samples.approved("a", "taylor");

        assertThat(statuses.isForeign(planted)).isTrue();
        assertThat(statuses.trusted(planted).getStatus()).isNull();
        assertThat(statuses.trusted(planted).getSpec()).isEqualTo(planted.getSpec());
    }

    @Test
    void whatTimeHasBroughtIsNotForOthersToSay() {
        DataUsageAgreement active = Samples.provisioned("a", "taylor", "taylor");
        DataUsageAgreement expired = Samples.expired(active, "2026-11-22T12:00:00Z");
        statuses.seed(Stream.of(active));
        assertThat(statuses.isForeign(expired)).as("ended by somebody else").isTrue();

        statuses.wrote(expired);
        assertThat(statuses.isForeign(expired)).isFalse();
        assertThat(statuses.isForeign(active))
                .as("brought back by somebody else")
                .isTrue();
        assertThat(statuses.trusted(active).getStatus()).isEqualTo(expired.getStatus());
    }

    @Test
    void aNewAgreementHasNoStatusThatIsNotOurs() {
        statuses.seed(Stream.empty());

        assertThat(statuses.isForeign(Samples.approved("a", "taylor"))).isTrue();
        assertThat(statuses.isForeign(Samples.request("b", "taylor"))).isFalse();
    }

    @Test
    void whatWeWroteIsOursAlsoWhenNoAnswerCame() {
        statuses.seed(Stream.empty());
        DataUsageAgreement request = Samples.request("a", "taylor");
        DataUsageAgreement approved = Samples.approved("a", "taylor");

        statuses.writes(request, approved.getStatus());
        assertThat(statuses.isForeign(approved)).as("the answer was lost").isFalse();
        assertThat(statuses.isForeign(request)).as("it never arrived").isFalse();

        statuses.wrote(approved);
        assertThat(statuses.isForeign(approved)).isFalse();
        assertThat(statuses.isForeign(request))
                .as("there is nothing to discard")
                .isFalse();
        assertThat(statuses.trusted(request).getStatus())
                .as("somebody took it away")
                .isEqualTo(approved.getStatus());
    }

    @Test
    void twoWritesWithoutAnAnswerAreBothOurs() {
        statuses.seed(Stream.empty());
        DataUsageAgreement request = Samples.request("a", "taylor");
        DataUsageAgreement first = Samples.approved("a", "taylor", "orders-v1", "port-1", "2026-11-22T11:30:00Z");
        DataUsageAgreement second = Samples.approved("a", "taylor", "orders-v1", "port-1", "2026-11-22T11:30:02Z");

        statuses.writes(request, first.getStatus());
        statuses.writes(request, second.getStatus());

        assertThat(statuses.isForeign(first)).isFalse();
        assertThat(statuses.isForeign(second)).isFalse();
    }

    /** By mistake two of them run at once: what one has written and the other finds too is a status of both. */
    @Test
    void whatAnotherOperatorFoundSoonerIsTakenForOurs() {
        statuses.seed(Stream.empty());
        DataUsageAgreement found = approvedAt("2026-11-22T12:00:03Z");
        DataUsageAgreement theirs = approvedAt("2026-11-22T12:00:01Z");
        assertThat(statuses.isForeign(theirs)).isTrue();

        assertThat(statuses.takesOver(theirs, found.getStatus(), NOW)).isTrue();

        assertThat(statuses.isForeign(theirs)).isFalse();
        assertThat(statuses.isForeign(found)).isTrue();
    }

    @Test
    void whatWasNotFoundIsNotTakenForOurs() {
        statuses.seed(Stream.empty());
        DataUsageAgreement found = approvedAt("2026-11-22T12:00:03Z");

        assertThat(statuses.takesOver(approvedAt("2026-11-22T12:00:20Z"), found.getStatus(), NOW))
                .as("an approval of a time to come would last longer")
                .isFalse();
        assertThat(statuses.takesOver(approvedAt("2026-11-01T12:00:00Z"), found.getStatus(), NOW))
                .as("before it was asked for")
                .isFalse();
        assertThat(statuses.takesOver(
                        Samples.approved("a", "taylor", "orders-v1", "port-2", "2026-11-22T12:00:03Z"),
                        found.getStatus(),
                        NOW))
                .as("another port")
                .isFalse();
        assertThat(statuses.takesOver(
                        Samples.expired(approvedAt("2026-11-22T12:00:03Z"), "2026-11-22T12:00:00Z"),
                        found.getStatus(),
                        NOW))
                .as("ended")
                .isFalse();
    }

    /** Else both would insist on theirs. Nothing lasts longer by that. */
    @Test
    void ofWhatBothHaveOnRecordTheSoonerCounts() {
        DataUsageAgreement ours = approvedAt("2026-11-22T12:02:00Z");
        statuses.seed(Stream.of(ours));

        assertThat(statuses.takesOver(approvedAt("2026-11-22T12:02:01Z"), ours.getStatus(), NOW))
                .as("later")
                .isFalse();
        assertThat(statuses.takesOver(approvedAt("2026-11-22T12:00:30Z"), ours.getStatus(), NOW))
                .as("too long ago")
                .isFalse();
        assertThat(statuses.takesOver(approvedAt("2026-11-22T12:01:59Z"), ours.getStatus(), NOW))
                .as("sooner")
                .isTrue();
    }

    private static DataUsageAgreement approvedAt(String moment) {
        DataUsageAgreement approved = Samples.approved("a", "taylor", "orders-v1", "port-1", moment);
        approved.getMetadata().setCreationTimestamp("2026-11-22T12:00:00Z");
        DataUsageAgreementStatus status = approved.getStatus();
        approved.setStatus(new DataUsageAgreementStatus(
                status.observedGeneration(),
                status.phase(),
                status.consumer(),
                status.approval(),
                status.active(),
                status.provisioning(),
                Samples.judged(status.snapshot(), moment),
                status.history(),
                status.conditions(),
                status.ends(),
                status.recertifyBy()));
        return approved;
    }

    @Test
    void anotherObjectOfTheNameIsAnother() {
        statuses.seed(Stream.of(Samples.approved("a", "taylor")));
        DataUsageAgreement anew = Samples.request("a", "taylor");
        anew.getMetadata().setUid("another");

        assertThat(statuses.isForeign(anew)).isFalse();

        statuses.wrote(anew);
        statuses.forget(Samples.approved("a", "taylor"));
        assertThat(statuses.isForeign(anew))
                .as("not forgotten with its predecessor")
                .isFalse();
    }

    @Test
    void conditionsAloneDecideNothing() {
        DataUsageAgreement approved = Samples.approved("a", "taylor");
        statuses.seed(Stream.of(approved));

        assertThat(statuses.isForeign(Samples.provisioned("a", "taylor", "taylor")))
                .isFalse();
    }
}
