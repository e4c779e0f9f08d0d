package dev.portcullis.operator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.team.Team;
import dev.portcullis.operator.given.MemoryCache;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.Samples;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Teams, by the namespaces that they list. */
class KeyIndexTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final MemoryCache<Team> cache = new MemoryCache<>();
    private final KeyIndex<Team> index = new KeyIndex<>(team -> {
        asked.incrementAndGet();
        return team.getSpec().namespaces();
    });

    private Team put(Team team) {
        cache.put(team);
        index.tell(ResourceID.fromResource(team), cache::get);
        return team;
    }

    private List<Team> of(String namespace) {
        return index.get(namespace, cache::get);
    }

    @Test
    void noObjectIsAskedForItsKeysWhenOneIsLookedUp() {
        IntStream.range(0, 1_000).forEach(number -> put(Samples.team("t" + number, "n" + number, "all")));
        asked.set(0);

        assertThat(of("n7")).hasSize(1);
        assertThat(of("all")).hasSize(1_000);
        assertThat(of("nowhere")).isEmpty();

        assertThat(asked).hasValue(0);
    }

    @Test
    void anObjectIsFoundByTheKeysItHasNow() {
        put(Samples.team("ads", "old", "same"));
        Team now = put(Samples.team("ads", "same", "new"));

        assertThat(of("old")).isEmpty();
        assertThat(of("same")).containsExactly(now);
        assertThat(of("new")).containsExactly(now);
    }

    @Test
    void whatIsGoneIsNotFound() {
        Team team = put(Samples.team("ads", "marketing"));
        cache.remove(team);

        assertThat(of("marketing")).as("before it is told").isEmpty();
        index.tell(ResourceID.fromResource(team), cache::get);
        assertThat(of("marketing")).isEmpty();
        cache.put(team);
        index.tell(ResourceID.fromResource(team), cache::get);
        assertThat(of("marketing")).containsExactly(team);
    }

    @Test
    void aChangeThatHasNotBeenToldIsSeenAllTheSame() {
        put(Samples.team("ads", "old", "same"));
        Team now = cache.put(Samples.team("ads", "same", "new"));

        assertThat(of("old")).isEmpty();
        assertThat(of("same")).containsExactly(now);
    }

    @Test
    void whatWasToldLateIsWhatTheCacheHolds() {
        Team deleted = put(Samples.team("ads", "old"));
        Team successor = cache.put(Samples.team("ads", "new"));

        index.tell(ResourceID.fromResource(deleted), cache::get);

        assertThat(of("new")).containsExactly(successor);
        assertThat(of("old")).isEmpty();
    }

    /** What is out of sight for a moment would be revoked for a moment. */
    @Test
    void anObjectThatKeepsItsKeyIsNeverOutOfSight() throws Exception {
        put(Samples.team("ads", "same", "some"));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> informer = CompletableFuture.runAsync(() -> {
            for (int i = 0; !done.get(); i++) {
                put(Samples.team("ads", "same", "n" + i % 3));
            }
        });

        int unseen = 0;
        for (int i = 0; i < 50_000; i++) {
            unseen += of("same").isEmpty() ? 1 : 0;
        }
        done.set(true);
        informer.get();

        assertThat(unseen).isZero();
    }

    @Test
    @SuppressWarnings("unchecked")
    void aKindIsWalkedThroughUntilItsCacheHasSeenEverything() {
        KindCache<Team> kind = new KindCache<>(Team.class);
        ResourceEventAware<Team> told =
                (ResourceEventAware<Team>) kind.connect(new EventSourceContext<>(cache, null, null, Team.class))
                        .get(0);
        cache.put(Samples.team("checkout", "shop"));
        assertThat(kind.byIndex(Indexes.TEAM_BY_NAMESPACE, "shop"))
                .as("not told")
                .hasSize(1);

        kind.index();
        assertThat(kind.byIndex(Indexes.TEAM_BY_NAMESPACE, "shop")).hasSize(1);
        Team ads = cache.put(Samples.team("ads", "shop"));
        told.onResourceCreated(ads);
        assertThat(kind.byIndex(Indexes.TEAM_BY_NAMESPACE, "shop")).hasSize(2);
        cache.remove(ads);
        told.onResourceDeleted(ads);
        assertThat(kind.byIndex(Indexes.TEAM_BY_NAMESPACE, "shop")).hasSize(1);
        kind.close();
    }

    @Test
    void aTeamOfManyIsFoundByEachOfItsMembers() {
        MemoryCluster cluster = MemoryCluster.standard();
        List<String> members = IntStream.range(0, 10_000)
                .mapToObj(number -> "m" + number + "@example.com")
                .toList();
        cluster.teams.put(Samples.teamOf("many", "many", members.toArray(String[]::new)));
        cluster.teams.put(Samples.teamOf("few", "few", "m1@example.com"));

        assertThat(members)
                .allMatch(member -> cluster.caches().teamsWith(member).contains("many"));
        assertThat(cluster.caches().teamsWith("m1@example.com")).containsExactly("few", "many");
        assertThat(cluster.caches().teamsWith("nobody@example.com")).isEmpty();
    }
}
