package dev.portcullis.benchmark.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.benchmark.chaos.Relay;
import dev.portcullis.local.AtOnce;
import dev.portcullis.local.Await;
import dev.portcullis.local.OperatorProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * What makes an operator slow, one after the other against one installation, the small ones first. Each prints what was measured; what is asserted leaves a busy
 * machine much room, and would fail where work grows with the square of anything, or where one waits for another.
 */
@EnabledIfSystemProperty(named = "portcullis.full", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShapesTest {
    /** Less for a look at whether it works: {@code -Dportcullis.shapes=500}. */
    private static final int MANY = Integer.getInteger("portcullis.shapes", 10_000);

    private static final int PORTS = MANY / 5;
    private static final int MEMBERS = MANY / 2;
    private static final int TRIES = 50;
    private static final AtOnce CONSUMERS = new AtOnce(4);
    private static final int SPARE = 1000;
    private static final Duration LONG = Duration.ofMinutes(15);
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private static ShapeServers servers;
    private static int nextPerson = MANY;

    @BeforeAll
    static void start() throws IOException {
        servers = new ShapeServers(directory, MANY + SPARE);
        servers.apply(MESH.replace("$port", Integer.toString(servers.postgresPort()))
                .replace("$lake", Integer.toString(servers.lakeNetwork().port())));
        port("orders", "warehouse");
        port("lake", "lake");
    }

    @AfterAll
    static void stop() throws IOException {
        if (servers != null) {
            servers.close();
        }
    }

    @AfterEach
    void theOperatorGoesOn() throws IOException {
        assertThat(servers.operator().isLive()).isTrue();
        await("ready", SOON, servers.operator()::isReady);
        assertThat(Files.readString(servers.operator().log())).doesNotContain(" ERROR ", "\n\tat ");
    }

    @Test
    @Order(1)
    void aSlowApiServer() {
        List<Long> before = millisToGrant("orders", TRIES);
        Lease lease = lease();
        servers.apiNetwork().set(Relay.State.LATE);
        List<Long> slow = millisToGrant("orders", TRIES / 2);
        long begin = System.nanoTime();
        await(
                "the Lease could have run out",
                SOON,
                () -> System.nanoTime() - begin > Duration.ofSeconds(25).toNanos());
        Lease later = lease();
        servers.apiNetwork().set(Relay.State.OPEN);

        print("answers of the API server 300 ms late: create to grant", before, slow);
        assertThat(later.getSpec().getHolderIdentity())
                .isEqualTo(lease.getSpec().getHolderIdentity());
        assertThat(later.getSpec().getRenewTime()).isAfter(ZonedDateTime.now().minusSeconds(15));
        assertThat(percentile(slow, 50)).isLessThan(10_000);
    }

    @Test
    @Order(2)
    void aPlatformThatHangs() {
        List<Long> before = millisToGrant("orders", TRIES);
        servers.lakeNetwork().set(Relay.State.SILENT);
        int waiting = nextPerson++;
        request("hangs", "lake", waiting);
        awaitPhase("hangs", Phase.Provisioning);
        List<Long> beside = millisToGrant("orders", TRIES);
        assertThat(servers.memberships(waiting)).isZero();
        servers.lakeNetwork().set(Relay.State.OPEN);
        await("granted after all", Duration.ofMinutes(3), () -> servers.memberships(waiting) == 1);

        print("beside a platform that hangs: create to grant", before, beside);
        assertThat(percentile(beside, 99)).isLessThan(Math.max(1000, 4 * percentile(before, 99)));
    }

    @Test
    @Order(3)
    void twoOperatorsAtOnce() throws IOException {
        OperatorProcess second = servers.startSecond();
        long members = servers.memberships();
        int first = nextPerson;
        nextPerson += 2 * TRIES;
        for (int i = 0; i < 2 * TRIES; i++) {
            request("two-" + i, "orders", first + i);
        }
        await("granted", LONG, () -> servers.memberships() == members + 2 * TRIES);
        for (int i = 0; i < TRIES; i++) {
            delete("two-" + i);
        }
        await("half of them are gone", LONG, () -> servers.memberships() == members + TRIES);
        for (int i = TRIES; i < 2 * TRIES; i++) {
            awaitPhase("two-" + i, Phase.Active);
        }
        long quiet = awaitQuiet();
        long begin = System.nanoTime();
        await(
                "some comparisons of each",
                SOON,
                () -> System.nanoTime() - begin > Duration.ofSeconds(20).toNanos());

        long after = writes();
        System.out.println("two operators at once: writes in 20 s after all has settled: " + (after - quiet));
        assertThat(after).as("nobody takes back what the other has written").isEqualTo(quiet);
        assertThat(servers.memberships()).isEqualTo(members + TRIES);
        IntStream.range(0, TRIES)
                .forEach(i -> assertThat(servers.memberships(first + i)).isZero());
        assertThat(second.isLive()).isTrue();
        second.stop();
        assertThat(Files.readString(second.log())).doesNotContain(" ERROR ", "\n\tat ");
    }

    @Test
    @Order(4)
    void aTeamOfThousands() {
        port("crowded", "warehouse");
        long members = servers.memberships();
        servers.apply(team(0, MEMBERS));
        long start = System.nanoTime();
        servers.apply(AGREEMENT
                .formatted("crowd", "crowded", "team: crowd")
                .replace("namespace: marketing", "namespace: crowd"));
        await("all members have access", LONG, () -> servers.memberships() == members + MEMBERS);
        Duration all = since(start);
        long before = awaitQuiet();
        Duration cpu = servers.cpu();
        start = System.nanoTime();
        servers.apply(team(10, MEMBERS + 10));
        await("ten left", LONG, () -> servers.memberships(0) == 0);
        await(
                "ten came",
                LONG,
                () -> servers.memberships() == members + MEMBERS && servers.memberships(MEMBERS + 9) == 1);
        Duration changed = since(start);
        long writes = awaitQuiet() - before;

        System.out.printf(
                "a team of %d: all granted after %d ms; ten others: %d ms, %d writes to the API server (one is the change itself), %d ms of the operator's CPU%n",
                MEMBERS,
                all.toMillis(),
                changed.toMillis(),
                writes,
                servers.cpu().minus(cpu).toMillis());
        assertThat(writes).isLessThan(20);
        servers.admin()
                .resources(DataUsageAgreement.class)
                .inNamespace("crowd")
                .withName("crowd")
                .delete();
        await("all gone", LONG, () -> servers.memberships() == members);
    }

    @Test
    @Order(5)
    void thousandsOfPorts() {
        long start = System.nanoTime();
        CONSUMERS.times(PORTS, i -> port("many-" + i, "warehouse"));
        await(
                "all offered",
                LONG,
                () -> servers.admin().resources(OutputPort.class).inNamespace("checkout").list().getItems().stream()
                                .filter(port -> port.getStatus() != null
                                        && port.getStatus().conditions().stream()
                                                .anyMatch(c -> c.reason().equals("Offered")))
                                .count()
                        >= PORTS);
        Duration offered = since(start);
        long members = servers.memberships();
        start = System.nanoTime();
        CONSUMERS.times(PORTS, i -> request("of-" + i, "many-" + i, i % 100));
        await("one access each", LONG, () -> servers.memberships() == members + PORTS);
        Duration granted = since(start);
        awaitQuiet();
        List<Long> more = millisToGrant("orders", TRIES);

        System.out.printf(
                "%d ports: offered after %d ms, an agreement on each granted after %d ms%n",
                PORTS, offered.toMillis(), granted.toMillis());
        print("beside them: create to grant", more);
        assertThat(percentile(more, 50)).isLessThan(5000);
    }

    @Test
    @Order(6)
    void thousandsOfAgreementsOnOnePort() {
        port("wide", "warehouse");
        long members = servers.memberships();
        long portWrites = servers.writes("outputports");
        long events = servers.writes("events");
        long statuses = servers.writes("datausageagreements");
        Duration cpu = servers.cpu();
        long start = System.nanoTime();
        CONSUMERS.times(MANY, i -> request("wide-" + i, "wide", i));
        Duration created = since(start);
        await("all granted", LONG, () -> servers.memberships() == members + MANY);
        Duration granted = since(start);
        awaitQuiet();
        System.out.printf(
                "%d agreements on one port: created in %d ms, granted after %d ms, %d ms of the operator's CPU; writes: %d of agreements, %d of ports, %d Events%n",
                MANY,
                created.toMillis(),
                granted.toMillis(),
                servers.cpu().minus(cpu).toMillis(),
                servers.writes("datausageagreements") - statuses,
                servers.writes("outputports") - portWrites,
                servers.writes("events") - events);
        assertThat(servers.writes("outputports") - portWrites)
                .as("not one for each agreement")
                .isLessThan(2 + 2 * granted.toSeconds() + 60);
        assertThat(servers.writes("datausageagreements") - statuses)
                .as("the request, approved, provisioned")
                .isLessThan((long) (3.2 * MANY));

        List<Long> more = millisToGrant("wide", TRIES);
        print("one more on that port: create to grant", more);

        start = System.nanoTime();
        suspend("wide", true);
        await("all withdrawn", LONG, () -> servers.memberships() <= members + TRIES);
        Duration withdrawn = since(start);
        start = System.nanoTime();
        suspend("wide", false);
        await("all back", LONG, () -> servers.memberships() >= members + MANY);
        System.out.printf(
                "that port suspended: all withdrawn after %d ms, all back after %d ms%n",
                withdrawn.toMillis(), since(start).toMillis());
    }

    // ------------------------------------------------------------------------------------------ inside

    private static List<Long> millisToGrant(String port, int tries) {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < tries; i++) {
            int person = nextPerson++;
            long start = System.nanoTime();
            request("one-" + person, port, person);
            await("one more is granted", SOON, () -> servers.memberships(person) == 1);
            millis.add(since(start).toMillis());
        }
        Collections.sort(millis);
        return millis;
    }

    private static void print(String what, List<Long> before, List<Long> with) {
        System.out.printf(
                "%s, p50 / p99: %d / %d ms, without: %d / %d ms%n",
                what, percentile(with, 50), percentile(with, 99), percentile(before, 50), percentile(before, 99));
    }

    private static void print(String what, List<Long> millis) {
        System.out.printf("%s, p50 / p99: %d / %d ms%n", what, percentile(millis, 50), percentile(millis, 99));
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get((int) Math.ceil(percent / 100.0 * sorted.size()) - 1);
    }

    /** When nothing was written for five seconds: so often it was until then. */
    private static long awaitQuiet() {
        long[] last = {writes(), System.nanoTime()};
        await("nothing is written any more", LONG, () -> {
            long now = writes();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            Await.pause(Duration.ofMillis(200));
            return System.nanoTime() - last[1] > Duration.ofSeconds(5).toNanos();
        });
        return last[0];
    }

    private static long writes() {
        return List.of("datausageagreements", "outputports", "dataproducts", "dataplatforms", "teams", "events")
                .stream()
                .mapToLong(servers::writes)
                .sum();
    }

    private static Lease lease() {
        return servers.admin()
                .leases()
                .inNamespace(OperatorProcess.NAMESPACE)
                .withName("portcullis")
                .get();
    }

    private static void port(String name, String platform) {
        servers.apply("""
                apiVersion: portcullis.dev/v1alpha1
                kind: OutputPort
                metadata: {name: %s, namespace: checkout}
                spec:
                  dataProduct: orders
                  platform: %s
                  autoApprove: true
                  postgresql: {database: shop, schema: sales, tables: [{name: orders}]}
                """.formatted(name, platform));
    }

    private static void request(String name, String port, int person) {
        servers.admin()
                .resource(Serialization.unmarshal(
                        AGREEMENT.formatted(name, port, "user: " + ShapeServers.PEOPLE + person + "@example.com"),
                        DataUsageAgreement.class))
                .create();
    }

    private static void delete(String name) {
        servers.admin()
                .resources(DataUsageAgreement.class)
                .inNamespace("marketing")
                .withName(name)
                .delete();
    }

    private static void suspend(String port, boolean suspend) {
        servers.admin()
                .resources(OutputPort.class)
                .inNamespace("checkout")
                .withName(port)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":" + suspend + "}}");
    }

    private static void awaitPhase(String name, Phase phase) {
        await(name + " " + phase, LONG, () -> {
            DataUsageAgreement agreement = servers.admin()
                    .resources(DataUsageAgreement.class)
                    .inNamespace("marketing")
                    .withName(name)
                    .get();
            return agreement.getStatus() != null && agreement.getStatus().phase() == phase;
        });
    }

    private static String team(int from, int to) {
        return "apiVersion: portcullis.dev/v1alpha1\nkind: Team\nmetadata: {name: crowd}\nspec: {namespaces: [crowd], members: ["
                + IntStream.range(from, to)
                        .mapToObj(i -> "{user: " + ShapeServers.PEOPLE + i + "@example.com}")
                        .collect(Collectors.joining(", "))
                + "]}\n";
    }

    private static void await(String what, Duration most, BooleanSupplier condition) {
        Await.until(most, what, condition::getAsBoolean);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static final String AGREEMENT = """
            apiVersion: portcullis.dev/v1alpha1
            kind: DataUsageAgreement
            metadata: {name: %s, namespace: marketing}
            spec:
              purpose: Find out how much of it there can be.
              provider: {namespace: checkout, outputPort: %s}
              consumer: {%s}
            """;

    private static final String MESH = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: checkout}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: marketing}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: crowd}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataPlatform
            metadata: {name: warehouse}
            spec:
              postgresql: {host: 127.0.0.1, port: $port, role: portcullis, sslMode: disable, credentials: {namespace: portcullis-system, name: warehouse-admin}}
              principals: {user: "name.split('@')[0]"}
              exposes: [{namespaces: [checkout], postgresql: [{database: shop, schemas: [sales]}]}]
              drift: {interval: 5s, maxRemovals: 100000}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataPlatform
            metadata: {name: lake}
            spec:
              postgresql: {host: 127.0.0.1, port: $lake, role: portcullis, sslMode: disable, credentials: {namespace: portcullis-system, name: warehouse-admin}}
              principals: {user: "name.split('@')[0]"}
              exposes: [{namespaces: [checkout], postgresql: [{database: shop, schemas: [sales]}]}]
              drift: {interval: 5s}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataProduct
            metadata: {name: orders, namespace: checkout}
            spec: {title: Orders}
            """;
}
