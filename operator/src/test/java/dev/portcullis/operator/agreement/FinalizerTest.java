package dev.portcullis.operator.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.Samples;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FinalizerTest {
    private static final String PATH = "/apis/portcullis.dev/v1alpha1/namespaces/marketing/datausageagreements/a";
    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = new ApiServer();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void clean() {
        api.answersAsUsual();
        api.forgetCalls();
    }

    @Test
    void isAddedToExactlyWhatWasReadBesideOthers() {
        api.answers("PATCH", PATH, 404, "NotFound");
        DataUsageAgreement agreement = Samples.request("a", "taylor");
        agreement.getMetadata().getFinalizers().add("example.com/other");
        agreement.getMetadata().setResourceVersion("42");

        assertThatThrownBy(() -> Finalizer.add(agreement, api.client())).isInstanceOf(KubernetesClientException.class);

        assertThat(api.calls()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("PATCH");
            assertThat(call.path()).isEqualTo(PATH);
            assertThat(call.contentType()).startsWith("application/json-patch+json");
            assertThat(step(call.json(), 0)).isEqualTo("test /metadata/uid \"a\"");
            assertThat(step(call.json(), 1)).isEqualTo("test /metadata/resourceVersion \"42\"");
            assertThat(step(call.json(), 2))
                    .isEqualTo("add /metadata/finalizers [\"example.com/other\",\"portcullis.dev/revoke\"]");
            assertThat(call.json()).hasSize(3);
        });
        assertThat(agreement.getMetadata().getFinalizers())
                .as("what was read stays")
                .hasSize(1);
    }

    @Test
    void isTakenOffExactlyWhatWasReadAndLeavesOthers() {
        DataUsageAgreement agreement = Samples.approved("a", "taylor");
        agreement.getMetadata().getFinalizers().add("example.com/other");

        Finalizer.remove(agreement, gone());

        assertThat(api.calls()).singleElement().satisfies(call -> {
            assertThat(step(call.json(), 0)).isEqualTo("test /metadata/uid \"a\"");
            assertThat(step(call.json(), 1)).isEqualTo("test /metadata/resourceVersion \"1\"");
            assertThat(step(call.json(), 2)).isEqualTo("add /metadata/finalizers [\"example.com/other\"]");
        });
    }

    @Test
    void whatIsGoneAlreadyNeedsNoRelease() {
        assertThatCode(() -> Finalizer.remove(Samples.approved("a", "taylor"), gone()))
                .doesNotThrowAnyException();
    }

    @Test
    void whatChangedMeanwhileIsLookedAtAnew() {
        for (int code : List.of(409, 422)) {
            api.answers("PATCH", PATH, code, "Conflict");

            assertThatThrownBy(() -> Finalizer.remove(Samples.approved("a", "taylor"), api.client()))
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(code));
        }
    }

    @Test
    void isOnlyOnWhatHasIt() {
        assertThat(Finalizer.isOn(Samples.approved("a", "taylor"))).isTrue();
        assertThat(Finalizer.isOn(Samples.request("a", "taylor"))).isFalse();
        assertThat(PortcullisApi.REVOKE_FINALIZER).isEqualTo("portcullis.dev/revoke");
    }

    private static io.fabric8.kubernetes.client.KubernetesClient gone() {
        api.answers("PATCH", PATH, 404, "NotFound");
        return api.client();
    }

    private static String step(JsonNode steps, int index) {
        JsonNode step =
                StreamSupport.stream(steps.spliterator(), false).toList().get(index);
        return step.path("op").asText() + " " + step.path("path").asText() + " " + step.path("value");
    }
}
