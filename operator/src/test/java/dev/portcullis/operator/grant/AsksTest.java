package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.platform.Scope;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsksTest {
    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Scope FIRST = new Scope.Ports(Set.of("port-1"));
    private static final Scope SECOND = new Scope.Ports(Set.of("port-2"));

    private final MemoryCluster cluster = MemoryCluster.standard();
    private final OwnStatuses statuses = new OwnStatuses();
    private final Asks asks = new Asks(cluster.caches(), cluster.engine(), statuses, new TestClock());
    private final DataUsageAgreement first = Samples.approved("first", "taylor");
    private final DataUsageAgreement second =
            Samples.approved("second", "taylor", "orders-v2", "port-2", "2026-11-22T11:30:00Z");

    @BeforeEach
    void twoPortsAndARequest() {
        cluster.ports.put(Samples.port("orders-v2", "port-2"));
        Stream.of(first, second, Samples.request("third", "taylor")).forEach(cluster.agreements::put);
    }

    @Test
    void ofAPortThoseAreAskedWhoseStatusNamesIt() {
        assertThat(names(FIRST)).as("before the start is over").containsExactly("first");
        seed();

        assertThat(names(FIRST)).containsExactly("first");
        assertThat(names(SECOND)).containsExactly("second");
        assertThat(names(new Scope.Ports(Set.of("port-1", "port-2")))).containsExactlyInAnyOrder("first", "second");
        assertThat(names(new Scope.Ports(Set.of("port-3")))).isEmpty();
        assertThat(names(EVERYTHING)).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void whoIsApprovedIsAskedFromThenOn() {
        seed();
        statuses.wrote(cluster.agreements.put(Samples.approved("third", "taylor")));

        assertThat(names(FIRST)).containsExactlyInAnyOrder("first", "third");
    }

    @Test
    void anAnswerThatWasLostChangesNothing() {
        seed();
        DataUsageAgreement approved = Samples.approved("third", "taylor");
        statuses.writes(Samples.request("third", "taylor"), approved.getStatus());
        cluster.agreements.put(approved);

        assertThat(names(FIRST)).containsExactlyInAnyOrder("first", "third");
    }

    @Test
    void whatSomebodyElseWroteCountsForNothing() {
        seed();
        cluster.agreements.put(Samples.approved("third", "taylor"));
        cluster.agreements.put(Samples.request("first", "taylor"));

        assertThat(names(FIRST)).containsExactly("first");
        assertThat(names(EVERYTHING)).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void whoIsGoneIsNotAsked() {
        seed();
        cluster.agreements.remove(first);
        assertThat(names(FIRST)).isEmpty();

        statuses.forget(first);
        cluster.agreements.put(Samples.request("first", "taylor"));
        assertThat(names(FIRST)).as("another of the name").isEmpty();
    }

    /** Without it what it asks for would be taken away. */
    @Test
    void oneThatCannotBeJudgedIsNamed() {
        cluster.agreements.put(Samples.approved("first", "taylor", "orders-v1", "port-1", "soon"));

        assertThatThrownBy(() -> asks.in(EVERYTHING, "warehouse"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("agreement marketing/first cannot be judged: ");
    }

    private void seed() {
        statuses.seed(cluster.caches().allAgreements());
    }

    private List<String> names(Scope scope) {
        return asks.in(scope, "warehouse").stream()
                .map(Ask::agreement)
                .map(agreement -> agreement.getMetadata().getName())
                .toList();
    }
}
