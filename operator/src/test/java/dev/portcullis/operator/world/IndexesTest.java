package dev.portcullis.operator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.Samples;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.impl.cache.CacheImpl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class IndexesTest {
    @Test
    void teamsByNamespace() {
        assertThat(keys(Samples.team("marketing", "marketing", "ads"), Indexes.TEAM_BY_NAMESPACE))
                .containsExactly("marketing", "ads");
        assertThat(keys(Samples.team("nobody"), Indexes.TEAM_BY_NAMESPACE)).isEmpty();
    }

    @Test
    void portsByPlatformAndProduct() {
        OutputPort port = Samples.port("orders-v1", "port-1");

        assertThat(keys(port, Indexes.PORT_BY_PLATFORM)).containsExactly("warehouse");
        assertThat(keys(port, Indexes.PORT_BY_PRODUCT)).containsExactly("checkout/orders");
    }

    @Test
    void aNewAgreementIsFoundByThePortItNamesAndAsUndecided() {
        DataUsageAgreement agreement = Samples.request("a", "taylor");

        assertThat(keys(agreement, Indexes.AGREEMENT_BY_PORT)).containsExactly("checkout/orders-v1");
        assertThat(keys(agreement, Indexes.AGREEMENT_BY_TEAM)).isEmpty();
        assertThat(keys(agreement, Indexes.AGREEMENT_BY_STATE)).containsExactly(Indexes.UNDECIDED);
    }

    @Test
    void anAgreementWithoutAnyAnnotationsIsFoundToo() {
        DataUsageAgreement agreement = Samples.request("a", "taylor");
        agreement.getMetadata().setAnnotations(null);

        assertThat(keys(agreement, Indexes.AGREEMENT_BY_STATE)).containsExactly(Indexes.UNDECIDED);
    }

    @Test
    void aRequestThatWaitsIsUndecided() {
        DataUsageAgreement agreement = Samples.request("a", "taylor");
        agreement.setStatus(Samples.status(
                new Approval(ApprovalStatus.Requested, Workflow.Manual, "manual", List.of(), List.of(), null),
                Phase.Requested,
                null,
                Samples.snapshot("port-1")));

        assertThat(keys(agreement, Indexes.AGREEMENT_BY_STATE)).containsExactly(Indexes.UNDECIDED);
    }

    @Test
    void anApprovedAgreementIsFoundByPortTeamAndState() {
        DataUsageAgreement agreement = Samples.approved("a", "taylor");
        agreement.getMetadata().getAnnotations().put(Annotations.DECISION, "approved");

        assertThat(keys(agreement, Indexes.AGREEMENT_BY_TEAM)).containsExactly("marketing", "checkout");
        assertThat(keys(agreement, Indexes.AGREEMENT_BY_STATE)).containsExactly(Indexes.WRITTEN_DECISION);
    }

    @Test
    void insideOneTeamTheTeamIsNamedOnce() {
        DataUsageAgreement agreement = Samples.approved("a", "taylor");
        Snapshot snapshot = new Snapshot(
                "port-1",
                new SnapshotObjects(Samples.objects("orders"), null),
                Workflow.Manual,
                null,
                "checkout",
                "checkout",
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        agreement.setStatus(Samples.status(agreement.getStatus().approval(), Phase.Provisioning, null, snapshot));

        assertThat(keys(agreement, Indexes.AGREEMENT_BY_TEAM)).containsExactly("checkout");
    }

    @Test
    void theCachesAnswerByTheseIndexes() {
        MemoryCluster cluster = MemoryCluster.standard();
        cluster.agreements.put(Samples.approved("a", "taylor"));
        cluster.agreements.put(Samples.request("b", "quinn"));
        Caches caches = cluster.caches();

        assertThat(caches.team("marketing")).isPresent();
        assertThat(caches.teamsOf("marketing")).hasSize(1);
        assertThat(caches.teamsOf("nowhere")).isEmpty();
        assertThat(caches.platform("warehouse")).isPresent();
        assertThat(caches.product("checkout", "orders")).isPresent();
        assertThat(caches.product("marketing", "orders")).isEmpty();
        assertThat(caches.port("checkout", "orders-v1")).isPresent();
        assertThat(caches.portsOn("warehouse")).hasSize(1);
        assertThat(caches.portsOf("checkout", "orders")).hasSize(1);
        assertThat(names(caches.agreementsNaming("checkout", "orders-v1").toList()))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(names(caches.agreementsOfTeam("checkout").toList())).containsExactly("a");
        assertThat(names(caches.undecidedAgreements().toList())).containsExactly("b");
        assertThat(caches.agreementsWithWrittenDecision()).isEmpty();
    }

    @Test
    void aCacheThatIsNotConnectedDoesNotLookEmpty() {
        assertThatThrownBy(() -> new Caches(namespace -> Optional.of(Map.of())).team("marketing"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Team has not started");
    }

    /** The informers' cache takes an object out of its indexes before it puts it in again, so its indexes are not used (but {@link KeyIndex}); its list always has it. */
    @Test
    void anAgreementThatIsUpdatedIsNeverOutOfSight() throws Exception {
        CacheImpl<DataUsageAgreement> cache = new CacheImpl<>();
        Function<DataUsageAgreement, List<String>> teams =
                Indexes.of(DataUsageAgreement.class).get(Indexes.AGREEMENT_BY_TEAM);
        DataUsageAgreement agreement = Samples.approved("a", "taylor");
        cache.put(agreement);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> informer = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                cache.put(agreement);
            }
        });

        int unseen = 0;
        for (int i = 0; i < 200_000; i++) {
            unseen += cache.list().stream().anyMatch(one -> teams.apply(one).contains("marketing")) ? 0 : 1;
        }
        done.set(true);
        informer.get();

        assertThat(unseen).isZero();
    }

    private static List<String> names(List<DataUsageAgreement> agreements) {
        return agreements.stream()
                .map(agreement -> agreement.getMetadata().getName())
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static <T extends HasMetadata> List<String> keys(T object, String index) {
        assertThat(Indexes.of(object.getClass())).containsKey(index);
        return Indexes.of((Class<T>) object.getClass()).get(index).apply(object);
    }

    @Test
    void otherKindsHaveNoIndexes() {
        assertThat(Indexes.of(dev.portcullis.api.platform.DataPlatform.class)).isEmpty();
        assertThat(Indexes.of(Team.class)).hasSize(2);
        assertThat(Indexes.of(DataProduct.class)).isEmpty();
    }
}
