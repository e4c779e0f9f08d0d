package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.operator.given.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InstallationIdTest {
    private static final String CONFIG_MAPS = "/api/v1/namespaces/mesh/configmaps";
    private static ApiServer api;
    private static final AtomicInteger first = new AtomicInteger();

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
        api.client().configMaps().inNamespace("mesh").delete();
        api.forgetCalls();
        first.set(0);
    }

    @Test
    void isMadeAtTheFirstStartAndKept() {
        String made = read(Optional.empty());

        assertThat(UUID.fromString(made)).isNotNull();
        assertThat(stored().getData()).containsExactly(Map.entry("id", made));
        assertThat(first).hasValue(1);
        api.forgetCalls();
        assertThat(read(Optional.empty())).isEqualTo(made);
        assertThat(first).hasValue(1);
        assertThat(api.calls()).extracting(ApiServer.Call::method).containsExactly("GET");
    }

    @Test
    void canBeChosenForANewInstallation() {
        assertThat(read(Optional.of("eu-1"))).isEqualTo("eu-1");
        assertThat(first).as("statuses may have been restored").hasValue(0);
        assertThat(read(Optional.of("eu-1"))).isEqualTo("eu-1");
        assertThat(read(Optional.empty())).isEqualTo("eu-1");
    }

    @Test
    void isNeverOverwritten() {
        read(Optional.of("eu-1"));

        assertThatThrownBy(() -> read(Optional.of("us-1")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("mesh/portcullis-installation says this installation is eu-1")
                .hasMessageContaining("the configuration says us-1");
        assertThat(stored().getData()).containsEntry("id", "eu-1");
    }

    @Test
    void whoComesSecondTakesTheIdOfTheFirst() {
        // there when it is created, not yet when it is read
        api.answersOnce("GET", CONFIG_MAPS + "/portcullis-installation", 404, "NotFound");
        create(Map.of("id", "of-the-first"));
        api.answers("POST", CONFIG_MAPS, 409, "AlreadyExists");

        assertThat(read(Optional.empty())).isEqualTo("of-the-first");
    }

    @Test
    void whoComesSecondWithAnotherChoiceIsRefused() {
        api.answersOnce("GET", CONFIG_MAPS + "/portcullis-installation", 404, "NotFound");
        create(Map.of("id", "of-the-first"));
        api.answers("POST", CONFIG_MAPS, 409, "AlreadyExists");

        assertThatThrownBy(() -> read(Optional.of("mine"))).isInstanceOf(CannotStart.class);
    }

    @Test
    void aConfigMapWithoutTheKeyIsNotMendedByGuessing() {
        create(Map.of());

        assertThatThrownBy(() -> read(Optional.empty()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("mesh/portcullis-installation has no key id");
        assertThat(first)
                .as("the statuses of its objects are the record of what was decided")
                .hasValue(0);
    }

    @Test
    void whatMayNotBeWrittenIsSaid() {
        api.answers("POST", CONFIG_MAPS, 403, "Forbidden");

        assertThatThrownBy(() -> read(Optional.empty())).isInstanceOf(KubernetesClientException.class);
    }

    private static String read(Optional<String> chosen) {
        return InstallationId.readOrCreate(api.client(), "mesh", chosen, first::incrementAndGet);
    }

    private static ConfigMap stored() {
        return api.client()
                .configMaps()
                .inNamespace("mesh")
                .withName("portcullis-installation")
                .get();
    }

    private static void create(Map<String, String> data) {
        api.create(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("mesh")
                .withName("portcullis-installation")
                .endMetadata()
                .withData(data)
                .build());
    }
}
