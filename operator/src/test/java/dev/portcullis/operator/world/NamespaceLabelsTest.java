package dev.portcullis.operator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.operator.given.ApiServer;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NamespaceLabelsTest {
    private final ApiServer api = new ApiServer();
    private final AtomicInteger changes = new AtomicInteger();
    private final NamespaceLabels labels = new NamespaceLabels(api.client(), changes::incrementAndGet);

    @AfterEach
    void end() {
        labels.close();
        api.close();
    }

    @Test
    void allAreKnownAsSoonAsItHasStartedAndNoOtherIs() {
        for (int i = 0; i < 50; i++) {
            api.create(namespace("ns-" + i, Map.of("tier", "gold")));
        }
        api.create(namespace("plain", Map.of()));

        labels.start();

        for (int i = 0; i < 50; i++) {
            assertThat(labels.of("ns-" + i).orElseThrow()).containsEntry("tier", "gold");
        }
        assertThat(labels.of("plain")).isPresent();
        assertThat(labels.of("unseen")).as("not the same as to have no labels").isEmpty();
        await().untilAsserted(() -> assertThat(changes).hasValue(51));
    }

    private static Namespace namespace(String name, Map<String, String> are) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(are)
                .endMetadata()
                .build();
    }
}
