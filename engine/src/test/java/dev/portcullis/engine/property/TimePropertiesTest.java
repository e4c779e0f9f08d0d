package dev.portcullis.engine.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** No agreement gives access after its end, whatever happens in whatever order; when it ends is counted here anew. */
class TimePropertiesTest {
    private static final Set<Phase> OVER = Set.of(Phase.Revoked, Phase.Cancelled, Phase.Rejected, Phase.Expired);
    private static final int LONGEST = 60;
    private static final int REVIEWED_EVERY = 20;

    /** One agreement with everything that can end it, and what was seen of it. */
    private static final class Life {
        private final Mesh mesh = Mesh.standard()
                .policy(
                        "office",
                        "{mode: Mandatory, rules: [{name: all, when: 'true', require: {maxDuration: P60D, recertifyEvery: P20D, approvals: [{from: {provider: true}}]}}]}");
        private final Optional<Instant> asked;
        private final int longest;
        private final Case agreement;
        private boolean wasOver;
        /** The moments that were missed when somebody looked. */
        private final Set<Instant> missed = new HashSet<>();

        Life(int days, boolean byDuration) {
            String lastDay = day(mesh.now().plus(Duration.ofDays(days)));
            asked = byDuration ? Optional.empty() : Optional.of(endOf(lastDay));
            longest = byDuration ? Math.min(days, LONGEST) : LONGEST;
            Case request = mesh.request();
            agreement = (byDuration ? request.lasting("P" + days + "D") : request.until(lastDay)).look();
        }

        Mesh mesh() {
            return mesh;
        }

        Optional<Instant> end() {
            List<DecisionRecord> decisions = agreement.approval().decisions();
            Stream<Instant> lengths = decisions.stream()
                    .filter(decision -> decision.decision() == Verdict.approved)
                    .limit(1)
                    .map(decision -> Instant.parse(decision.at()).plus(Duration.ofDays(longest)));
            Stream<Instant> untils = decisions.stream()
                    .map(DecisionRecord::until)
                    .filter(Objects::nonNull)
                    .map(Life::endOf);
            return Stream.of(asked.stream(), lengths, untils)
                    .flatMap(ends -> ends)
                    .min(Instant::compareTo);
        }

        Optional<Instant> recertifyBy() {
            return agreement.approval().decisions().stream()
                    .filter(decision ->
                            decision.decision() == Verdict.approved || decision.decision() == Verdict.recertified)
                    .reduce((earlier, later) -> later)
                    .map(decision -> Instant.parse(decision.at()).plus(Duration.ofDays(REVIEWED_EVERY)));
        }

        boolean isPaused() {
            return agreement.approval().decisions().stream()
                    .filter(decision ->
                            decision.decision() == Verdict.suspended || decision.decision() == Verdict.resumed)
                    .reduce((earlier, later) -> later)
                    .filter(decision -> decision.decision() == Verdict.suspended)
                    .isPresent();
        }

        void see() {
            Instant now = mesh().clocks().earlier();
            assertGivesNothingWrongly(now);
            agreement.settle();
            wasOver |= OVER.contains(agreement.phase());
            recertifyBy().filter(by -> !wasOver && !now.isBefore(by)).ifPresent(missed::add);
            assertGivesNothingWrongly(now);
            if (wasOver) {
                assertThat(OVER).contains(agreement.phase());
            } else {
                assertThat(end().filter(end -> !now.isBefore(end)))
                        .as("an end that has come is said")
                        .isEmpty();
            }
            DataUsageAgreementStatus written = agreement.status();
            assertThat(agreement.assess().status()).as("looking writes nothing").isEqualTo(written);
        }

        private void assertGivesNothingWrongly(Instant now) {
            if (!agreement.granted().isEmpty()) {
                assertThat(wasOver).as("comes back after its end").isFalse();
                assertThat(end())
                        .as("the end")
                        .hasValueSatisfying(end -> assertThat(now).isBefore(end));
                assertThat(isPaused()).as("paused by the provider").isFalse();
                assertThat(recertifyBy()).hasValueSatisfying(by -> {
                    assertThat(now).isBefore(by);
                    assertThat(missed).doesNotContain(by);
                });
            }
        }

        void record(Verdict verdict, String until) {
            if (agreement.approval().status() == ApprovalStatus.Approved) {
                agreement.onRecord(verdict, People.OTTO, until);
            }
        }

        static String day(Instant instant) {
            return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
        }

        static Instant endOf(String day) {
            return LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    private record Event(String text, Consumer<Life> effect) {
        @Override
        public String toString() {
            return text;
        }
    }

    @Provide
    Arbitrary<List<Event>> story() {
        return Arbitraries.frequencyOf(
                        of(6, clock(1, 900)),
                        of(2, clock(-900, -1)),
                        of(2, apart()),
                        of(5, decisions()),
                        of(2, surroundings()),
                        of(1, Arbitraries.of(new Event("restart", life -> life.agreement.restart()))))
                .list()
                .ofMinSize(2)
                .ofMaxSize(20);
    }

    private static Tuple.Tuple2<Integer, Arbitrary<? extends Event>> of(int weight, Arbitrary<Event> events) {
        return Tuple.of(weight, events);
    }

    private static Arbitrary<Event> clock(int least, int most) {
        return Arbitraries.integers()
                .between(least, most)
                .map(hours ->
                        new Event("clock " + hours + " h", life -> life.mesh().later(Duration.ofHours(hours))));
    }

    private static Arbitrary<Event> apart() {
        return Arbitraries.of(0, 0, 3, -3, 600, -600)
                .map(minutes -> new Event(
                        "server ahead " + minutes + " min",
                        life -> life.mesh().serverAhead(Duration.ofMinutes(minutes))));
    }

    private static Arbitrary<Event> decisions() {
        Arbitrary<Event> until = Arbitraries.integers()
                .between(1, 80)
                .map(days -> new Event(
                        "recertified until day " + days,
                        life -> life.record(
                                Verdict.recertified, Life.day(life.mesh().now().plus(Duration.ofDays(days))))));
        return Arbitraries.frequencyOf(
                of(
                        4,
                        Arbitraries.of(Verdict.recertified, Verdict.suspended, Verdict.resumed, Verdict.resumed)
                                .map(verdict -> new Event(verdict.name(), life -> life.record(verdict, null)))),
                of(1, until),
                of(2, Arbitraries.of(new Event("approved", life -> life.agreement.decided("approved", People.OLGA)))),
                of(1, Arbitraries.of(new Event("revoked", life -> life.agreement.decided("revoked", People.OLGA)))));
    }

    private static Arbitrary<Event> surroundings() {
        List<Event> events = new ArrayList<>();
        for (boolean on : List.of(true, false)) {
            events.add(new Event("consumer suspends " + on, life -> life.agreement.suspend(on)));
            events.add(
                    new Event("port suspends " + on, life -> life.mesh().port().suspend(on)));
        }
        events.add(new Event("port retired", life -> life.mesh().port().lifecycle(Lifecycle.Retired)));
        events.add(new Event("port active", life -> life.mesh().port().lifecycle(Lifecycle.Active)));
        events.add(new Event("less offered", life -> life.mesh().port().tables("orders")));
        events.add(new Event("policy gone", life -> life.mesh().withoutPolicy("office")));
        return Arbitraries.of(events);
    }

    @Property
    void noAccessAfterTheEnd(@ForAll("story") List<Event> story, @ForAll("days") int end, @ForAll boolean byDuration) {
        Life life = new Life(end, byDuration);
        life.agreement.decided("approved", People.OLGA);
        life.see();
        for (Event event : story) {
            event.effect().accept(life);
            life.see();
        }
    }

    @Property
    void noAccessAfterTheEndOfARequestThatIsDecidedLate(
            @ForAll("story") List<Event> story, @ForAll("days") int end, @ForAll boolean byDuration) {
        Life life = new Life(end, byDuration);
        for (Event event : story) {
            event.effect().accept(life);
            life.see();
        }
    }

    @Provide
    Arbitrary<Integer> days() {
        return Arbitraries.integers().between(1, 90);
    }
}
