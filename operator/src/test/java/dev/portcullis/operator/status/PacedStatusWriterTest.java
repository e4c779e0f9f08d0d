package dev.portcullis.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.Condition;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.DataPlatformStatus;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.Contexts;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import dev.portcullis.operator.report.EventRecorder;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions that are there only when something is not as it should be are told when they come. */
class PacedStatusWriterTest {
    private final ApiServer api = new ApiServer();
    private final EventRecorder events = new EventRecorder(api.client(), new TestClock());
    private final Contexts contexts = new Contexts(api.client());
    private final PacedStatusWriter writer = new PacedStatusWriter(events);

    @AfterEach
    void end() {
        events.close();
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RemovalHeld",
                "ForeignGrant",
                "SessionsMayRemain",
                "OtherInstallations",
                "ObjectWidened",
                "MayNotRead",
                "RowFilterUnusable",
                "SchemaExposed"
            })
    void areToldOnce(String type) {
        DataPlatform warehouse = api.create(Samples.platform("warehouse"));
        write(warehouse, "Comparing");
        write(warehouse, "Comparing", condition(type, "so it is"));
        write(warehouse, "Comparing", condition(type, "so it is still"));
        // the last one, so that all before it have been sent
        write(warehouse, "Unreachable", condition(type, "so it is still"));

        await().until(() -> api.calls("POST").stream()
                .anyMatch(call -> call.json().path("reason").asText().equals("Unreachable")));
        assertThat(api.calls("POST").stream()
                        .filter(call -> call.path().contains("/events"))
                        .map(ApiServer.Call::json)
                        .map(event -> event.path("type").asText() + " "
                                + event.path("reason").asText() + " "
                                + event.at("/regarding/name").asText() + ": "
                                + event.path("note").asText()))
                .containsExactly(
                        "Warning " + type + " warehouse: so it is", "Warning Unreachable warehouse: Unreachable");
    }

    @Test
    void countsWaitAndReadinessDoesNot() {
        long[] nanos = {0};
        PacedStatusWriter paced =
                new PacedStatusWriter(events, new Debounce(Duration.ofSeconds(1), Duration.ofHours(1), () -> nanos[0]));
        DataPlatform warehouse = api.create(Samples.platform("warehouse"));
        warehouse.setStatus(status("Comparing", 1));
        for (int times = 0; times < 5; times++) {
            paced.writeAtOnce(warehouse, status("Comparing", 2 + times), new DataPlatform(), contexts.present());
        }
        nanos[0] += Duration.ofSeconds(2).toNanos();
        api.forgetCalls();

        assertThat(write(paced, warehouse, "Comparing", 9).getScheduleDelay())
                .hasValueSatisfying(left -> assertThat(left).isGreaterThan(2_000));
        assertThat(api.calls("PUT")).isEmpty();

        write(paced, warehouse, "Unreachable", 9);
        assertThat(api.calls("PUT")).hasSize(1);
        nanos[0] += Duration.ofSeconds(2).toNanos();
        api.forgetCalls();
        write(paced, warehouse, "Comparing", 0);
        assertThat(api.calls("PUT")).as("not in use any more").hasSize(1);
    }

    private UpdateControl<DataPlatform> write(
            PacedStatusWriter paced, DataPlatform warehouse, String ready, int count) {
        return paced.write(
                warehouse,
                status(ready, count),
                new DataPlatform(),
                contexts.present(),
                status -> PacedStatusWriter.isAny(status.ports()));
    }

    private static DataPlatformStatus status(String ready, int count) {
        return new DataPlatformStatus(
                1L,
                null,
                null,
                null,
                count,
                1,
                null,
                List.of(new Condition(
                        "Ready",
                        ready.equals("Comparing") ? Condition.Status.True : Condition.Status.False,
                        1L,
                        "2026-11-22T12:00:00Z",
                        ready,
                        ready)));
    }

    private void write(DataPlatform warehouse, String ready, Condition... more) {
        List<Condition> conditions = new java.util.ArrayList<>(List.of(new Condition(
                "Ready",
                ready.equals("Comparing") ? Condition.Status.True : Condition.Status.False,
                1L,
                "2026-11-22T12:00:00Z",
                ready,
                ready)));
        conditions.addAll(List.of(more));
        DataPlatformStatus status = new DataPlatformStatus(1L, null, null, null, 1, 1, null, conditions);
        writer.writeAtOnce(warehouse, status, new DataPlatform(), contexts.present())
                .ifPresent(written -> warehouse.setStatus(written.getStatus()));
        warehouse.setMetadata(api.client()
                .resources(DataPlatform.class)
                .withName("warehouse")
                .get()
                .getMetadata());
    }

    private static Condition condition(String type, String message) {
        return new Condition(type, Condition.Status.True, 1L, "2026-11-22T12:00:00Z", type, message);
    }
}
