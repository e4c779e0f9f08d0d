package dev.portcullis.engine.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.MemoryPlatform;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.engine.property.Town.Event;
import dev.portcullis.platform.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens. How many stories are tried says {@code jqwik.tries.default}; the seed is printed and runs one again. */
class EnginePropertiesTest {
    private static final Set<Phase> WITH_ACCESS = Set.of(Phase.Provisioning, Phase.Active);

    @Provide
    Arbitrary<List<Event>> life() {
        return Town.life();
    }

    @Provide
    Arbitrary<List<Event>> anything() {
        return Town.anything();
    }

    @Provide
    Arbitrary<List<String>> tables() {
        return Town.tables();
    }

    @Property
    void noInactiveAgreementHasAnEntitlement(@ForAll("anything") List<Event> story) {
        Town town = Town.asking();
        for (Event event : story) {
            town.happen(event);
            for (Case agreement : town.agreements.values()) {
                assertAskedOnlyWhatIsApproved(agreement);
                agreement.settle();
                assertAskedOnlyWhatIsApproved(agreement);
                assertThat(agreement.isActive()).isEqualTo(WITH_ACCESS.contains(agreement.phase()));
                if (!agreement.isActive()) {
                    assertThat(agreement.granted()).isEmpty();
                }
            }
        }
    }

    /** Before the new status is written, too: by what is on record, the dates and the switches. */
    private static void assertAskedOnlyWhatIsApproved(Case agreement) {
        if (!agreement.granted().isEmpty()) {
            assertThat(agreement.approval().status()).isEqualTo(ApprovalStatus.Approved);
            assertThat(agreement.lastDecision().decision()).isEqualTo(DecisionRecord.Verdict.approved);
            assertThat(agreement.object().getSpec().suspend()).isFalse();
            assertThat(agreement.object().getSpec().cancelled()).isFalse();
        }
    }

    @Property
    void theOrderOfEventsDoesNotMatter(@ForAll("life") List<Event> story, @ForAll Random random) {
        Map<String, String> asItWas = outcome(story, true);

        assertThat(outcome(Town.mixed(story, random), true))
                .as("in another order")
                .isEqualTo(asItWas);
        assertThat(outcome(Town.mixed(story, random), false))
                .as("seen at the end only")
                .isEqualTo(asItWas);
    }

    private static Map<String, String> outcome(List<Event> story, boolean seesEachEvent) {
        Town town = Town.approved();
        for (Event event : story) {
            town.happen(event);
            if (seesEachEvent) {
                town.settle();
            }
        }
        town.settle();
        Map<String, String> outcome = new LinkedHashMap<>();
        town.agreements.forEach(
                (name, agreement) -> outcome.put(name, end(agreement.phase()) + " " + agreement.granted()));
        return outcome;
    }

    /** What ends an agreement first is on record; which of two that come together is first depends on who looks when. */
    private static String end(Phase phase) {
        return Set.of(Phase.Revoked, Phase.Cancelled, Phase.Expired).contains(phase) ? "ended" : phase.name();
    }

    @Property
    void whatIsDecidedStaysDecidedAndOnlyRevokedFollowsApproved(@ForAll("anything") List<Event> story) {
        Town town = Town.asking();
        Map<String, List<DecisionRecord>> before = new LinkedHashMap<>();
        for (Event event : story) {
            town.happen(event);
            town.look().agreements.forEach((name, agreement) -> {
                List<DecisionRecord> now = agreement.approval().decisions();
                List<DecisionRecord> earlier = before.getOrDefault(name, List.of());
                assertThat(now).hasSizeGreaterThanOrEqualTo(earlier.size());
                assertThat(now.subList(0, earlier.size())).isEqualTo(earlier);
                assertThat(now.stream().map(DecisionRecord::decision).toList())
                        .isIn(
                                List.of(),
                                List.of(DecisionRecord.Verdict.rejected),
                                List.of(DecisionRecord.Verdict.approved),
                                List.of(DecisionRecord.Verdict.approved, DecisionRecord.Verdict.revoked));
                assertThat(agreement.approval().status())
                        .isEqualTo(
                                now.isEmpty()
                                        ? ApprovalStatus.Requested
                                        : now.get(0).decision() == DecisionRecord.Verdict.rejected
                                                ? ApprovalStatus.Rejected
                                                : ApprovalStatus.Approved);
                before.put(name, now);
            });
        }
    }

    @Property
    void whatWasFrozenStaysFrozen(@ForAll("anything") List<Event> story) {
        Town town = Town.asking();
        Map<String, Object> frozen = new LinkedHashMap<>();
        town.agreements.forEach(
                (name, agreement) -> frozen.put(name, agreement.status().snapshot()));
        for (Event event : story) {
            town.happen(event);
            town.look()
                    .agreements
                    .forEach((name, agreement) ->
                            assertThat(agreement.status().snapshot()).isEqualTo(frozen.get(name)));
        }
    }

    @Property
    void aStatusIsStable(@ForAll("anything") List<Event> story) {
        Town town = Town.asking();
        for (Event event : story) {
            town.happen(event);
            for (Case agreement : town.settle().agreements.values()) {
                assertThat(agreement.assess().status()).isEqualTo(agreement.status());
            }
        }
    }

    @Property
    void historyIsTheLastTwentyPhasesWithoutRepetition(@ForAll("anything") @Size(15) List<Event> story) {
        Town town = Town.asking();
        for (Event event : story) {
            town.happen(event);
            town.settle();
        }
        for (Case agreement : town.agreements.values()) {
            List<Phase> phases = agreement.phases();
            assertThat(phases).hasSizeBetween(1, 20).endsWith(agreement.phase());
            for (int i = 1; i < phases.size(); i++) {
                assertThat(phases.get(i)).isNotEqualTo(phases.get(i - 1));
            }
        }
    }

    /** Nobody touches anything; only the clock goes. */
    @Property
    void timeMovesOnlyForward(
            @ForAll @IntRange(min = 0, max = 100) int startDay,
            @ForAll @IntRange(min = 0, max = 100) int days,
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 2000) Integer> hours) {
        Mesh mesh = Mesh.standard().warning();
        Instant start = mesh.now().plus(Duration.ofDays(startDay));
        Instant end = start.plus(Duration.ofDays(days)).plusSeconds(1);
        Case agreement = mesh.request()
                .from(start.toString())
                .until(end.toString())
                .decided("approved", People.OLGA)
                .settle();
        List<Phase> order = List.of(Phase.Upcoming, Phase.Active, Phase.Expired);

        for (int each : hours) {
            Phase before = agreement.phase();
            var wakeAt = agreement.wakeAt();
            mesh.later(Duration.ofHours(each));
            agreement.settle();

            assertThat(order.indexOf(agreement.phase())).isGreaterThanOrEqualTo(order.indexOf(before));
            boolean slept = wakeAt.isEmpty() || mesh.now().isBefore(wakeAt.get());
            assertThat(agreement.phase() == before)
                    .as("changes when it said it would, and not before")
                    .isEqualTo(slept);
            assertThat(agreement.granted().isEmpty())
                    .isEqualTo(mesh.now().isBefore(start) || !mesh.now().isBefore(end));
        }
    }

    @Property
    void addingTablesNeverWidensEarlierAgreements(
            @ForAll("tables") List<String> asked, @ForAll @Size(max = 5) List<@From("tables") List<String>> later) {
        Mesh mesh = Mesh.standard();
        mesh.port().tables(asked.toArray(String[]::new));
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();
        MemoryPlatform.Tables snapshot = profile(agreement);
        List<List<String>> offers = new ArrayList<>(later);
        offers.add(List.of("orders", "order_items", "customers"));

        for (List<String> offer : offers) {
            mesh.port().tables(offer.toArray(String[]::new));
            agreement.settle();

            if (!agreement.granted().isEmpty()) {
                assertWithin(profile(agreement), snapshot);
                assertThat(profile(agreement).columns().keySet())
                        .allSatisfy(table -> assertThat(offer).anyMatch(text -> text.startsWith(table)));
            }
        }
        assertThat(profile(agreement)).as("all is offered again").isEqualTo(snapshot);
    }

    private static MemoryPlatform.Tables profile(Case agreement) {
        Profile profile = agreement.entitlements().iterator().next().profile();
        return (MemoryPlatform.Tables) profile;
    }

    private static void assertWithin(MemoryPlatform.Tables given, MemoryPlatform.Tables asked) {
        given.columns().forEach((table, columns) -> {
            assertThat(asked.columns()).containsKey(table);
            SortedSet<String> allowed = asked.columns().get(table);
            if (!allowed.isEmpty()) {
                assertThat(columns).isNotEmpty().isSubsetOf(allowed);
            }
        });
    }

    /** A restart in the middle of any story, with a platform that takes all, writes nothing. */
    @Property
    void aRestartWritesNothing(@ForAll("life") List<Event> story) {
        Town town = Town.approved();
        for (Event event : story) {
            town.happen(event);
        }
        town.settle();
        for (Case agreement : town.agreements.values()) {
            DataUsageAgreementStatus before = agreement.status();
            assertThat(agreement.restart().assess().status()).isEqualTo(before);
            assertThat(agreement.settle().status()).isEqualTo(before);
        }
    }
}
