package dev.portcullis.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.agreement.Transition;
import dev.portcullis.operator.given.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    /** The one that was read stays in a cache, and each agreement's status twice would be twice the memory. */
    @Test
    void anEqualStatusIsKeptOnce() {
        DataUsageAgreement written = Samples.provisioned("a", "taylor", "taylor");
        statuses.seed(Stream.of(written));
        DataUsageAgreement read = Samples.provisioned("a", "taylor", "taylor");
        assertThat(read.getStatus()).isNotSameAs(written.getStatus());

        assertThat(statuses.trusted(read)).isSameAs(read);

        assertThat(statuses.trusted(Samples.request("a", "taylor")).getStatus()).isSameAs(read.getStatus());
    }

    @Test
    void ofOneWithOtherConditionsOursIsKept() {
        DataUsageAgreement ours = Samples.provisioned("a", "taylor", "taylor");
        statuses.seed(Stream.of(ours));
        DataUsageAgreementStatus status = ours.getStatus();
        DataUsageAgreement read = with(ours, 99L, status.snapshot(), status.history(), List.of());

        assertThat(statuses.isForeign(read)).isFalse();
        assertThat(statuses.trusted(read)).isSameAs(read);

        assertThat(statuses.trusted(Samples.request("a", "taylor")).getStatus()).isSameAs(ours.getStatus());
    }

    /** What has settled is found at every look. */
    @Test
    void whatIsFoundAgainIsNotKeptAgain() {
        DataUsageAgreement requested = Samples.provisioned("a", "taylor", "taylor");
        DataUsageAgreement unanswered = Samples.expired(requested, "2026-11-22T12:00:00Z");
        statuses.seed(Stream.of(requested));

        statuses.writes(requested, requested.getStatus());
        assertThat(statuses.found(requested)).isEmpty();

        statuses.writes(requested, unanswered.getStatus());
        for (int i = 0; i < 20; i++) {
            statuses.writes(requested, requested.getStatus());
        }
        assertThat(statuses.found(requested)).contains(requested.getStatus());
        assertThat(statuses.isForeign(unanswered))
                .as("it may have been taken still")
                .isFalse();
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

    /** What the watch still shows of what stood there before is nobody's work. */
    @Test
    void whatIsOlderThanOursIsNotForeign() {
        DataUsageAgreement requested = at("11", Samples.provisioned("a", "taylor", "taylor"));
        statuses.seed(Stream.of(requested));
        DataUsageAgreement later = at("12", Samples.expired(requested, "2026-11-22T12:00:00Z"));
        statuses.wrote(later);

        assertThat(statuses.isForeign(requested)).isFalse();
        assertThat(statuses.trusted(requested).getStatus()).isEqualTo(later.getStatus());
        assertThat(statuses.isForeign(at("13", Samples.provisioned("a", "taylor", "taylor"))))
                .as("brought back by somebody else")
                .isTrue();
    }

    @Test
    void whoHasTheAccessIsNotForOthersToSay() {
        DataUsageAgreement ours = Samples.provisioned("a", "taylor", "taylor");
        statuses.seed(Stream.of(ours));

        DataUsageAgreement planted = Samples.provisioned("a", "taylor", "mallory");

        assertThat(statuses.isForeign(planted)).isTrue();
        assertThat(statuses.trusted(planted).getStatus()).isEqualTo(ours.getStatus());
        for (int times = 0; times < 10; times++) {
            assertThat(met(planted, ours.getStatus(), NOW.plusSeconds(40L * times)))
                    .as("nobody insists on it")
                    .isNotInstanceOf(OwnStatuses.Fate.Kept.class);
        }
    }

    @Test
    void whatWasIsNotForOthersToSay() {
        DataUsageAgreement ours = Samples.approved("a", "taylor");
        statuses.seed(Stream.of(ours));

        assertThat(statuses.isForeign(with(
                        ours,
                        ours.getStatus().observedGeneration(),
                        ours.getStatus().snapshot(),
                        List.of(new Transition("2026-11-22T11:00:00Z", Phase.Active, "olga@example.com", "ok")),
                        ours.getStatus().conditions())))
                .isTrue();
    }

    @Test
    void aTimeThatIsNoneIsForeign() {
        DataUsageAgreement ours = Samples.provisioned("a", "taylor", "taylor");
        statuses.seed(Stream.of(ours));

        DataUsageAgreement planted = Samples.expired(ours, "soon");

        assertThat(statuses.isForeign(planted)).isTrue();
        assertThat(statuses.trusted(planted).getStatus()).isEqualTo(ours.getStatus());
        assertThat(meets(planted, ours)).isFalse();
    }

    /** By mistake two of them run at once: what one insists on and the other finds too is a status of both. */
    @Test
    void whatAnotherOperatorFoundSoonerIsTakenForOurs() {
        statuses.seed(Stream.empty());
        DataUsageAgreement found = approvedAt("2026-11-22T12:00:03Z");
        DataUsageAgreement theirs = approvedAt("2026-11-22T12:00:01Z");
        assertThat(statuses.isForeign(theirs)).isTrue();

        for (int times = 0; times < 3; times++) {
            assertThat(met(theirs, found.getStatus(), NOW)).isInstanceOf(OwnStatuses.Fate.PutBack.class);
        }
        assertThat(met(theirs, found.getStatus(), NOW))
                .isEqualTo(new OwnStatuses.Fate.Kept(new OwnStatuses.Untold(null)));

        assertThat(statuses.isForeign(theirs)).isFalse();
        assertThat(statuses.isForeign(found)).isTrue();
    }

    @Test
    void whatWasNotFoundIsNotTakenForOurs() {
        statuses.seed(Stream.empty());
        DataUsageAgreement found = approvedAt("2026-11-22T12:00:03Z");

        assertThat(meets(approvedAt("2026-11-22T12:00:04Z"), found))
                .as("an approval of a time to come would last longer")
                .isFalse();
        assertThat(meets(approvedAt("2026-11-22T11:59:49Z"), found))
                .as("before it was asked for")
                .isFalse();
        assertThat(meets(Samples.approved("a", "taylor", "orders-v1", "port-2", "2026-11-22T12:00:03Z"), found))
                .as("another port")
                .isFalse();
        assertThat(meets(Samples.expired(approvedAt("2026-11-22T12:00:03Z"), "2026-11-22T12:00:00Z"), found))
                .as("ended")
                .isFalse();
    }

    /** Else both would insist on theirs. Nothing lasts longer by that. */
    @Test
    void ofWhatBothHaveOnRecordTheSoonerCounts() {
        DataUsageAgreement ours = approvedAt("2026-11-22T12:02:00Z");
        statuses.seed(Stream.of(ours));

        assertThat(meets(approvedAt("2026-11-22T12:02:01Z"), ours)).as("later").isFalse();
        assertThat(meets(approvedAt("2026-11-22T12:00:30Z"), ours))
                .as("too long ago")
                .isFalse();
        assertThat(meets(approvedAt("2026-11-22T12:01:59Z"), ours)).as("sooner").isTrue();
    }

    /** Else any time could be said in small steps. */
    @Test
    void aMomentIsChangedForAnothersOnce() {
        statuses.seed(Stream.of(approvedAt("2026-11-22T12:02:00Z")));
        DataUsageAgreement sooner = approvedAt("2026-11-22T12:01:30Z");
        assertThat(meets(sooner, approvedAt("2026-11-22T12:02:00Z"))).isTrue();
        statuses.wrote(sooner);

        assertThat(meets(approvedAt("2026-11-22T12:01:00Z"), sooner)).isFalse();
    }

    /** Where two never agree, neither of them shall do nothing but put back. */
    @Test
    void whoeverInsistsWaitsLongerAndLonger() {
        DataUsageAgreement ours = approvedAt("2026-11-22T12:02:00Z");
        statuses.seed(Stream.of(ours));
        DataUsageAgreement theirs = approvedAt("2026-11-22T12:02:30Z");
        Instant now = NOW;
        int putBack = 0;
        for (Instant end = NOW.plusSeconds(600); now.isBefore(end); ) {
            OwnStatuses.Fate fate = met(theirs, ours.getStatus(), now);
            if (fate instanceof OwnStatuses.Fate.PutBackLater later) {
                assertThat(later.after()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(30));
                now = now.plus(later.after());
            } else {
                putBack++;
            }
        }

        assertThat(putBack).isBetween(20, 30);
    }

    /** A decision that was found anew is written at once, whatever stands there. */
    @Test
    void whatIsNewDoesNotWait() {
        statuses.seed(Stream.empty());
        DataUsageAgreement theirs = approvedAt("2026-11-22T12:02:30Z");
        DataUsageAgreement found = approvedAt("2026-11-22T12:02:00Z");
        for (int times = 0; times < 10; times++) {
            assertThat(met(theirs, found.getStatus(), NOW)).isInstanceOf(OwnStatuses.Fate.PutBack.class);
        }
    }

    /** Whether it is taken for ours by whoever insists. */
    private boolean meets(DataUsageAgreement theirs, DataUsageAgreement found) {
        for (int times = 0; times < 4; times++) {
            if (met(theirs, found.getStatus(), NOW) instanceof OwnStatuses.Fate.Kept) {
                return true;
            }
        }
        return false;
    }

    private static DataUsageAgreement at(String revision, DataUsageAgreement agreement) {
        agreement.getMetadata().setResourceVersion(revision);
        return agreement;
    }

    private static DataUsageAgreement approvedAt(String moment) {
        DataUsageAgreement approved = Samples.approved("a", "taylor", "orders-v1", "port-1", moment);
        approved.getMetadata().setCreationTimestamp("2026-11-22T12:00:00Z");
        DataUsageAgreementStatus status = approved.getStatus();
        return with(
                approved,
                status.observedGeneration(),
                Samples.judged(status.snapshot(), moment),
                status.history(),
                status.conditions());
    }

    /** The same agreement, with this in its status. */
    private static DataUsageAgreement with(
            DataUsageAgreement agreement,
            Long observedGeneration,
            Snapshot snapshot,
            List<Transition> history,
            List<Condition> conditions) {
        DataUsageAgreementStatus status = agreement.getStatus();
        DataUsageAgreement other = Samples.copy(agreement);
        other.setStatus(new DataUsageAgreementStatus(
                observedGeneration,
                status.phase(),
                status.consumer(),
                status.approval(),
                status.active(),
                status.provisioning(),
                snapshot,
                history,
                conditions,
                status.ends(),
                status.recertifyBy()));
        return other;
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
        DataUsageAgreementStatus status = approved.getStatus();
        DataUsageAgreement other = with(approved, 99L, status.snapshot(), status.history(), List.of());

        assertThat(statuses.isForeign(other)).isFalse();
    }

    /** And what becomes of it, as where the write succeeds. */
    private OwnStatuses.Fate met(DataUsageAgreement read, DataUsageAgreementStatus found, Instant now) {
        OwnStatuses.Fate fate = statuses.meet(read, found, now);
        if (fate instanceof OwnStatuses.Fate.PutBack) {
            statuses.putBack(read, now);
        }
        return fate;
    }
}
