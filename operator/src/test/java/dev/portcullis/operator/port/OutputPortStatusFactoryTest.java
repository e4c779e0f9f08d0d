package dev.portcullis.operator.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Condition;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.port.Contract;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.port.OutputPortStatus;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.engine.team.TeamResolver;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.operator.world.Counts;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutputPortStatusFactoryTest {
    private final MemoryCluster cluster = MemoryCluster.standard();
    private final TestClock clock = new TestClock();
    private final OutputPort port = Samples.port("orders-v1", "port-1");
    private Optional<ObjectsFound> found = Optional.empty();
    private final OutputPortStatusFactory factory = new OutputPortStatusFactory(
            new OfferLookup(cluster.caches(), new PlatformModules(List.of(new MemoryPlatform.Module()))),
            new TeamResolver(cluster.caches()),
            port -> found,
            new Counts(cluster.caches(), new OwnStatuses()),
            clock);

    @Test
    void whatCanBeAskedForIsReadyWithItsCounts() {
        cluster.agreements.put(Samples.approved("a", "taylor"));

        OutputPortStatus status = factory.status(port);

        assertThat(ready()).isEqualTo("True/Offered");
        assertThat(status.agreements().requested()).isZero();
        assertThat(status.agreements().active()).isOne();
        assertThat(status.observedGeneration()).isEqualTo(1);
        port.setStatus(status);
        clock.later(Duration.ofHours(1));
        assertThat(factory.status(port)).as("nothing to write").isEqualTo(status);
    }

    @Test
    void whatIsMissingIsSaid() {
        cluster.products.remove(Samples.product("orders"));
        assertThat(ready()).isEqualTo("False/ProductNotFound");
        cluster.products.put(Samples.product("orders"));
        cluster.platforms.remove(Samples.platform("warehouse"));
        assertThat(ready()).isEqualTo("False/PlatformNotFound");
    }

    @Test
    void whatThePlatformDoesNotExposeIsSaid() {
        DataPlatform warehouse = Samples.platform("warehouse");
        warehouse.setSpec(
                new DataPlatformSpec(warehouse.getSpec().postgresql(), null, null, List.of(), null, null, null, null));
        cluster.platforms.put(warehouse);

        assertThat(ready()).isEqualTo("False/NotExposed");
    }

    @Test
    void anUnknownTeamIsSaid() {
        cluster.teams.put(Samples.team("checkout"));

        assertThat(ready()).isEqualTo("False/TeamUnknown");
    }

    @Test
    void aLifecycleThatTakesNoRequestsIsSaid() {
        OutputPortSpec spec = port.getSpec();
        port.setSpec(new OutputPortSpec(
                spec.dataProduct(),
                null,
                spec.platform(),
                spec.postgresql(),
                null,
                null,
                null,
                null,
                null,
                Lifecycle.Deprecated,
                null,
                null));

        assertThat(ready()).isEqualTo("False/NotActive");
        assertThat(factory.status(port).conditions().get(0).message()).contains("the port is Deprecated");
    }

    @Test
    void aSuspendedProductSuspendsItsPorts() {
        DataProduct product = Samples.product("orders");
        product.setSpec(Samples.productSpec(null, true));
        cluster.products.put(product);

        assertThat(ready()).isEqualTo("False/Suspended");
    }

    @Test
    void theTimeOfAConditionIsThatOfItsLastChange() {
        port.setStatus(factory.status(port));
        clock.later(Duration.ofHours(1));
        cluster.products.remove(Samples.product("orders"));

        Condition ready = factory.status(port).conditions().get(0);

        assertThat(ready.lastTransitionTime()).isEqualTo("2026-11-22T13:00:00Z");
    }

    private String ready() {
        return factory.status(port).conditions().stream()
                .map(condition -> condition.status() + "/" + condition.reason())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTableThatIsNotThereIsSaidToTheProvider() {
        OutputPort port = cluster.ports.put(Samples.port("orders-v1", "port-1"));
        found = Optional.of(new ObjectsFound(
                "1",
                Optional.of(new ObjectsFound.Fault(
                        Plan.Reason.ObjectNotFound, "database \"shop\" has no TABLE \"sales\".\"oders\" (yet)"))));

        port.setStatus(factory.status(port));

        Condition ready =
                Conditions.find(port.getStatus().conditions(), "Ready").orElseThrow();
        assertThat(ready.status()).isEqualTo(Condition.Status.False);
        assertThat(ready.reason()).isEqualTo("ObjectNotFound");
        assertThat(ready.message()).contains("oders");
        found = Optional.empty();
        assertThat(factory.status(port))
                .as("a restart says nothing else before it has looked")
                .isEqualTo(port.getStatus());
        found = Optional.of(new ObjectsFound("2", Optional.empty()));
        assertThat(Conditions.find(factory.status(port).conditions(), "Ready")
                        .orElseThrow()
                        .reason())
                .isEqualTo("Offered");
    }

    @Test
    void whatCouldNotBeFoundOutLeavesWhatWasSaid() {
        OutputPort port = cluster.ports.put(Samples.port("orders-v1", "port-1"));
        found = Optional.of(new ObjectsFound(
                "1",
                Optional.empty(),
                List.of(new ObjectsFound.Notice(ObjectsFound.Notice.Type.MayNotRead, "RowSecurity", "no policy")),
                Map.of("orders", Set.of("id"))));
        port.setStatus(factory.status(port));
        assertThat(Conditions.find(port.getStatus().conditions(), "MayNotRead")).isPresent();
        assertThat(port.getStatus().offered()).isNotNull();

        found = Optional.of(new ObjectsFound("1", Optional.empty(), List.of(), Map.of(), false));

        assertThat(factory.status(port)).isEqualTo(port.getStatus());
    }

    @Test
    void nothingIsRememberedOfAPortThatOffersNothingWholeAnyMore() {
        OutputPort port = cluster.ports.put(Samples.port("orders-v1", "port-1"));
        whole(Map.of("orders", Set.of("id")));
        port.setStatus(factory.status(port));
        assertThat(port.getStatus().offered()).isNotNull();

        whole(Map.of());
        port.setSpec(Samples.portSpec(Samples.objects("items"), false));

        assertThat(factory.status(port).offered())
                .as("a part of the status without any field, which the API server refuses")
                .isNull();
    }

    @Test
    void whatIsToKnowOfTheObjectsIsSaidAndStandsUntilTheNextLook() {
        OutputPort port = cluster.ports.put(Samples.port("orders-v1", "port-1"));
        found = Optional.of(new ObjectsFound(
                "1",
                Optional.empty(),
                List.of(
                        new ObjectsFound.Notice(ObjectsFound.Notice.Type.MayNotRead, "RowSecurity", "no policy"),
                        new ObjectsFound.Notice(ObjectsFound.Notice.Type.SchemaExposed, "TablesOfPublic", "internal")),
                Map.of("orders", Set.of("id"))));
        port.setStatus(factory.status(port));
        assertThat(types(port)).containsExactly("Ready/True", "MayNotRead/True", "SchemaExposed/True");

        found = Optional.empty();
        assertThat(factory.status(port)).as("after a restart").isEqualTo(port.getStatus());

        found = Optional.of(new ObjectsFound("1", Optional.empty(), List.of(), Map.of("orders", Set.of("id"))));
        port.setStatus(factory.status(port));
        assertThat(types(port)).containsExactly("Ready/True");
    }

    @Test
    void aColumnThatCameLaterIsSaidUntilTheContractIsAnother() {
        OutputPort port = cluster.ports.put(Samples.port("orders-v1", "port-1"));
        whole(Map.of("orders", Set.of("id", "country")));
        port.setStatus(factory.status(port));
        assertThat(types(port)).containsExactly("Ready/True");

        whole(Map.of("orders", Set.of("id", "email")));
        port.setStatus(factory.status(port));
        assertThat(types(port)).containsExactly("Ready/True", "ObjectWidened/True");
        assertThat(port.getStatus().conditions().get(1).message())
                .contains("orders (email)")
                .doesNotContain("country");
        found = Optional.empty();
        assertThat(factory.status(port)).as("after a restart").isEqualTo(port.getStatus());

        whole(Map.of("orders", Set.of("id", "email")));
        OutputPortSpec spec = port.getSpec();
        port.setSpec(new OutputPortSpec(
                spec.dataProduct(),
                null,
                spec.platform(),
                spec.postgresql(),
                null,
                null,
                null,
                null,
                new Contract("orders", "2"),
                null,
                null,
                null));
        port.setStatus(factory.status(port));
        assertThat(types(port)).containsExactly("Ready/True");
        whole(Map.of("orders", Set.of("id", "email", "phone")));
        port.setStatus(factory.status(port));
        assertThat(types(port)).containsExactly("Ready/True", "ObjectWidened/True");
    }

    private void whole(Map<String, Set<String>> columns) {
        found = Optional.of(new ObjectsFound("1", Optional.empty(), List.of(), columns));
    }

    private static List<String> types(OutputPort port) {
        return port.getStatus().conditions().stream()
                .map(condition -> condition.type() + "/" + condition.status())
                .toList();
    }
}
