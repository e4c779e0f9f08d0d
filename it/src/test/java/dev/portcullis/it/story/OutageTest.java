package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.local.Await;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Servers go away and come back in the middle of the work. */
class OutageTest {
    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();

    @Test
    void postgresqlStopsForTenSecondsDuringApprovalsAndRevokes() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("before", "orders", story.taylor, "");
        story.awaitPhase("before", Phase.Active);
        String port = story.portUid("orders");
        String version = story.agreement("before").getMetadata().getResourceVersion();

        installation.postgres().stop();
        long stopped = System.nanoTime();
        story.request("during", "orders", story.quinn, "");
        story.awaitPhase("during", Phase.Provisioning);
        Installation.await(
                "outage told on the platform",
                () -> Conditions.find(platform().getStatus().conditions(), "Reachable")
                        .filter(reachable -> reachable.status().name().equals("False"))
                        .isPresent());
        assertThat(story.agreement("before").getMetadata().getResourceVersion())
                .as("an outage is no write on any agreement")
                .isEqualTo(version);
        story.delete("before");
        Await.until(
                Duration.ofSeconds(15),
                "ten seconds",
                () -> System.nanoTime() - stopped > Duration.ofSeconds(10).toNanos());
        assertThat(story.agreement("before")).isNotNull();
        installation.postgres().start();

        story.awaitPhase("during", Phase.Active);
        Installation.await("before gone", () -> story.agreement("before") == null);
        assertThat(story.holders(port)).containsExactly(Story.login(story.quinn));
    }

    @Test
    void theApiServerRestarts() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("before", "orders", story.taylor, "");
        story.awaitPhase("before", Phase.Active);

        installation.kube().killApiServer();
        installation.restartApiServer();
        story.request("after", "orders", story.quinn, "");
        story.delete("before");

        story.awaitPhase("after", Phase.Active);
        Installation.await("before gone", () -> story.agreement("before") == null);
        assertThat(story.holders(story.portUid("orders"))).containsExactly(Story.login(story.quinn));
    }

    @Test
    void aRestartWithUnchangedStateWritesNothing() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.offer("manual", "[{name: order_items}]", "");
        story.request("active", "orders", story.taylor, "");
        story.request("waiting", "manual", story.taylor, "");
        story.request("invalid", "nowhere", story.taylor, "");
        story.awaitPhase("active", Phase.Active);
        story.awaitPhase("waiting", Phase.Requested);
        story.awaitPhase("invalid", Phase.Invalid);
        awaitQuiet();
        Map<String, String> before = versions();

        installation.operator().stop();
        installation.restartOperator();
        story.offer("probe", "[{name: customers}]", "autoApprove: true");
        story.request("probe", "probe", story.quinn, "");
        story.awaitPhase("probe", Phase.Active);

        Map<String, String> after = versions();
        before.forEach((object, version) -> {
            // the probe is an agreement more for product and platform
            if (!object.startsWith("DataProduct") && !object.startsWith("DataPlatform")) {
                assertThat(after).as(object).containsEntry(object, version);
            }
        });
    }

    private DataPlatform platform() {
        return installation
                .admin()
                .resources(DataPlatform.class)
                .withName(story.warehouse)
                .get();
    }

    /** Counts on ports are written a second late, and what their objects consist of after a look at them. */
    private void awaitQuiet() {
        Installation.await(
                "counts written",
                () -> installation
                                .port(story.checkout, "orders")
                                .getStatus()
                                .agreements()
                                .active()
                        == 1);
        Installation.await(
                "counts written",
                () -> installation
                                .port(story.checkout, "manual")
                                .getStatus()
                                .agreements()
                                .requested()
                        == 1);
        for (String port : List.of("orders", "manual")) {
            Installation.await(
                    "the objects looked at",
                    () -> installation.port(story.checkout, port).getStatus().offered() != null);
        }
    }

    private Map<String, String> versions() {
        return Stream.of(
                        story.requests(),
                        List.of(
                                installation.port(story.checkout, "orders"),
                                installation.port(story.checkout, "manual")),
                        List.of(platform()))
                .<CustomResource<?, ?>>flatMap(List::stream)
                .collect(Collectors.toMap(
                        object -> object.getKind() + " "
                                + ((HasMetadata) object).getMetadata().getName(),
                        object -> object.getMetadata().getResourceVersion()));
    }
}
