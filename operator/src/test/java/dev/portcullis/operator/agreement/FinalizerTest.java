package dev.portcullis.operator.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.status.GoneMeanwhile;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.stream.Stream;
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

        assertThatThrownBy(() -> Finalizer.add(agreement, api.client())).isInstanceOf(GoneMeanwhile.class);

        assertThat(api.calls()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("PATCH");
            assertThat(call.path()).isEqualTo(PATH);
            assertThat(call.contentType()).startsWith("application/merge-patch+json");
            assertThat(call.json()).isEqualTo(patch("a", "42", "example.com/other", "portcullis.dev/revoke"));
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

        assertThat(api.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.json()).isEqualTo(patch("a", "1", "example.com/other")));
    }

    @Test
    void whatIsGoneAlreadyNeedsNoRelease() {
        assertThatCode(() -> Finalizer.remove(Samples.approved("a", "taylor"), gone()))
                .doesNotThrowAnyException();
    }

    @Test
    void whatChangedMeanwhileIsLookedAtAnew() {
        DataUsageAgreement read = api.create(Samples.approved("a", "taylor"));
        read.getMetadata().setResourceVersion("1000");

        assertThatThrownBy(() -> Finalizer.remove(read, api.client()))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
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

    private static JsonNode patch(String uid, String version, String... finalizers) {
        ObjectNode metadata =
                JsonNodeFactory.instance.objectNode().put("uid", uid).put("resourceVersion", version);
        Stream.of(finalizers).forEach(metadata.withArray("finalizers")::add);
        return JsonNodeFactory.instance.objectNode().set("metadata", metadata);
    }
}
