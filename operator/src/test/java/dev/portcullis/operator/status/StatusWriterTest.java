package dev.portcullis.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.OutputPortStatus;
import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamStatus;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.Contexts;
import dev.portcullis.operator.given.Samples;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StatusWriterTest {
    private static final String PATH = "/apis/portcullis.dev/v1alpha1/namespaces/checkout/outputports/orders-v1/status";
    private static ApiServer api;
    private static Contexts contexts;

    private final OutputPortStatus status = new OutputPortStatus(7L, null, List.of());

    @BeforeAll
    static void start() {
        api = new ApiServer();
        contexts = new Contexts(api.client());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void clean() {
        api.answersAsUsual();
        api.client().resources(OutputPort.class).inAnyNamespace().delete();
        api.forgetCalls();
    }

    @Test
    void putsTheStatusOfWhatWasRead() {
        OutputPort read = api.create(Samples.port("orders-v1", "port-1"));
        api.forgetCalls();

        assertThat(StatusWriter.write(read, status, new OutputPort(), contexts.present()))
                .isPresent();

        assertThat(api.calls()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("PUT");
            assertThat(call.path()).isEqualTo(PATH);
            JsonNode body = call.json();
            assertThat(body.at("/metadata/uid").asText())
                    .isEqualTo(read.getMetadata().getUid());
            assertThat(body.at("/metadata/resourceVersion").asText())
                    .isEqualTo(read.getMetadata().getResourceVersion());
            assertThat(body.at("/metadata/name").asText()).isEqualTo("orders-v1");
            assertThat(body.at("/metadata/namespace").asText()).isEqualTo("checkout");
            assertThat(body.at("/kind").asText()).isEqualTo("OutputPort");
            assertThat(body.at("/apiVersion").asText()).isEqualTo("portcullis.dev/v1alpha1");
            assertThat(body.at("/status/observedGeneration").asInt()).isEqualTo(7);
            assertThat(body.path("spec").isMissingNode() || body.path("spec").isNull())
                    .as("nothing but name and status is written")
                    .isTrue();
            assertThat(body.at("/metadata/annotations").isMissingNode()).isTrue();
            assertThat(body.at("/metadata/finalizers").isMissingNode()).isTrue();
        });
    }

    @Test
    void theFrameworkHearsOfWhatWasWritten() {
        OutputPort read = api.create(Samples.port("orders-v1", "port-1"));

        StatusWriter.write(read, status, new OutputPort(), contexts.present());

        assertThat(contexts.written())
                .last()
                .isInstanceOfSatisfying(
                        OutputPort.class,
                        written -> assertThat(written.getStatus()).isEqualTo(status));
    }

    @Test
    void writesNothingWhenNothingDiffers() {
        OutputPort read = Samples.port("orders-v1", "port-1");
        read.setStatus(new OutputPortStatus(7L, null, List.of()));

        assertThat(StatusWriter.write(read, status, new OutputPort(), contexts.present()))
                .isEmpty();

        assertThat(api.calls()).isEmpty();
    }

    @Test
    void whatIsRefusedIsNoWrite() {
        OutputPort read = api.create(Samples.port("orders-v1", "port-1"));
        api.answers("PUT", PATH, 409, "Conflict");
        int before = contexts.written().size();

        assertThatThrownBy(() -> StatusWriter.write(read, status, new OutputPort(), contexts.present()))
                .isInstanceOf(KubernetesClientException.class);

        assertThat(contexts.written()).hasSize(before);
    }

    /** The framework tells anything but a conflict with a stack trace. */
    @Test
    void whatIsGoneIsAConflict() {
        OutputPort read = Samples.port("orders-v1", "port-1");
        int before = contexts.written().size();

        assertThatThrownBy(() -> StatusWriter.write(read, status, new OutputPort(), contexts.present()))
                .isInstanceOfSatisfying(
                        GoneMeanwhile.class, gone -> assertThat(gone.getCode()).isEqualTo(409));

        assertThat(contexts.written()).hasSize(before);
    }

    @Test
    void aFaultOfTheApiServerStaysOne() {
        OutputPort read = api.create(Samples.port("orders-v1", "port-1"));
        api.answers("PUT", PATH, 403, "Forbidden");

        assertThatThrownBy(() -> StatusWriter.write(read, status, new OutputPort(), contexts.present()))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(403));
    }

    @Test
    void clusterScopedObjectsHaveNoNamespace() {
        Team read = api.create(Samples.team("marketing", "marketing"));
        api.forgetCalls();

        StatusWriter.write(read, new TeamStatus(1L, List.of()), new Team(), contexts.present());

        assertThat(api.calls()).singleElement().satisfies(call -> {
            assertThat(call.path()).isEqualTo("/apis/portcullis.dev/v1alpha1/teams/marketing/status");
            assertThat(call.json().at("/metadata/namespace").isMissingNode()).isTrue();
        });
    }
}
