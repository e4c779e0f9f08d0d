package dev.portcullis.it.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamSpec;
import dev.portcullis.local.Await;
import dev.portcullis.operator.watch.ApiHistory;
import dev.portcullis.operator.watch.WatchConnections;
import dev.portcullis.operator.watch.WatchPace;
import dev.portcullis.operator.watch.Watchdog;
import dev.portcullis.operator.watch.Watched;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an API server says beside a watch, and how a watch is begun anew: with a real one. */
class DeafWatchTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final KubernetesClient admin = CrdCluster.get().client();
    private final WatchConnections connections = new WatchConnections(new JdkHttpClientFactory());
    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(admin.getConfiguration())
            .withHttpClientFactory(connections)
            .build();
    /** By name, as it was when the watch became deaf. */
    private final Map<String, Team> asKept = new ConcurrentHashMap<>();

    private final List<String> renewed = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        client.close();
        admin.resources(Team.class).delete();
    }

    /** Made, changed and deleted: each by itself is noticed when it is missed, and nothing is when nothing is. */
    @Test
    void whatTheWatchMissesIsNoticed() {
        SharedIndexInformer<Team> informer = admin.resources(Team.class).runnableInformer(0);
        create("deaf-changed");
        create("deaf-deleted");
        informer.run();
        Watched hearing = Watched.of(
                Team.class,
                id -> Optional.ofNullable(informer.getStore().getByKey(id.getName())),
                () -> informer.getStore().list().stream());
        Watched deaf = Watched.of(
                Team.class, id -> Optional.ofNullable(asKept.get(id.getName())), () -> asKept.values().stream());
        informer.getStore().list().forEach(team -> asKept.put(team.getMetadata().getName(), team));
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Watchdog dog = dog(deaf, renewed, Duration.ofNanos(1));
                Watchdog other = dog(hearing, heard, Duration.ofSeconds(10))) {
            dog.start();
            other.start();
            Instant begun = dog.lookedAt();
            Await.until(SOON, "a look", () -> dog.lookedAt().isAfter(begun));
            Instant once = dog.lookedAt();
            Await.until(SOON, "another look", () -> dog.lookedAt().isAfter(once));
            assertThat(renewed).isEmpty();

            admin.resources(Team.class).withName("deaf-changed").edit(team -> {
                team.getMetadata().setLabels(Map.of("changed", "yes"));
                return team;
            });
            Await.until(SOON, "the change noticed", () -> !renewed.isEmpty());
            keep("deaf-changed");
            renewed.clear();

            admin.resources(Team.class).withName("deaf-deleted").delete();
            Await.until(SOON, "the deletion noticed", () -> !renewed.isEmpty());
            asKept.remove("deaf-deleted");
            renewed.clear();

            create("deaf-made");
            Await.until(SOON, "the new one noticed", () -> !renewed.isEmpty());
            assertThat(heard).isEmpty();
        } finally {
            informer.stop();
        }
    }

    /** The API server tells of none in another way than of some. */
    @Test
    void aKindOfWhichThereIsNothingIsLookedAtToo() {
        Watched deaf = Watched.of(
                Team.class, id -> Optional.ofNullable(asKept.get(id.getName())), () -> asKept.values().stream());
        try (Watchdog dog = dog(deaf, renewed, Duration.ofNanos(1))) {
            dog.start();
            Instant begun = dog.lookedAt();
            Await.until(SOON, "a look", () -> dog.lookedAt().isAfter(begun));
            assertThat(renewed).isEmpty();

            create("deaf-first");
            Await.until(SOON, "the first one noticed", () -> !renewed.isEmpty());
        }
    }

    @Test
    void anInformerWhoseWatchIsBegunAnewListsAndHearsAgain() {
        create("deaf-before");
        SharedIndexInformer<Team> informer =
                client.resources(Team.class).runnableInformer(0).run();
        String listed = informer.lastSyncResourceVersion();
        // that it lists is seen by a revision that its watch does not tell: of another kind
        admin.namespaces().withName("checkout").edit(namespace -> {
            namespace.getMetadata().setLabels(Map.of("deaf", "no"));
            return namespace;
        });

        assertThat(connections.renew(
                        Watched.of(Team.class, id -> Optional.empty(), () -> informer.getStore().list().stream())))
                .isTrue();

        Await.until(SOON, "listed anew", () -> !listed.equals(informer.lastSyncResourceVersion()));
        Await.until(SOON, "watching again", informer::isWatching);
        create("deaf-after");
        Await.until(SOON, "heard", () -> informer.getStore().getByKey("deaf-after") != null);
        informer.stop();
    }

    private Watchdog dog(Watched kind, List<String> names, Duration patience) {
        return new Watchdog(
                List.of(kind),
                new ApiHistory(client),
                renewed -> names.add(renewed.name()),
                () -> true,
                new WatchPace(Duration.ofMillis(50), patience),
                Clock.systemUTC());
    }

    private void keep(String name) {
        asKept.put(name, admin.resources(Team.class).withName(name).get());
    }

    private void create(String name) {
        Team team = new Team();
        team.getMetadata().setName(name);
        team.setSpec(new TeamSpec(null, List.of(), null, List.of()));
        admin.resource(team).create();
    }
}
