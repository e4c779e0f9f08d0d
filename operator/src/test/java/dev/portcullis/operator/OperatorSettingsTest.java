package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.engine.time.Warnings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorSettingsTest {
    @Test
    void everySettingHasADefault() {
        OperatorSettings settings = OperatorSettings.from(Map.of());

        assertThat(settings.namespace()).isEqualTo("portcullis-system");
        assertThat(settings.installation()).isEmpty();
        assertThat(settings.health().getPort()).isEqualTo(8080);
        assertThat(settings.health().getAddress().isLoopbackAddress()).isTrue();
        assertThat(settings.metrics().getPort()).isEqualTo(8081);
        assertThat(settings.metrics().getAddress().isLoopbackAddress()).isTrue();
        assertThat(settings.warnings()).isEqualTo(new Warnings(List.of(Duration.ofDays(7), Duration.ofDays(1))));
        assertThat(settings.leaderElection()).isFalse();
        assertThat(settings.watchNamespaces()).isEmpty();
    }

    @Test
    void everySettingCanBeSet() {
        OperatorSettings settings = OperatorSettings.from(Map.of(
                "PORTCULLIS_NAMESPACE", "mesh",
                "PORTCULLIS_INSTALLATION_ID", "eu-1",
                "PORTCULLIS_HEALTH_HOST", "0.0.0.0",
                "PORTCULLIS_HEALTH_PORT", "9090",
                "PORTCULLIS_METRICS_PORT", "9091",
                "PORTCULLIS_EXPIRY_WARNINGS", "P14D, PT12H",
                "PORTCULLIS_LEADER_ELECTION", "true",
                "PORTCULLIS_WATCH_NAMESPACES", "checkout, marketing"));

        assertThat(settings.namespace()).isEqualTo("mesh");
        assertThat(settings.installation()).contains("eu-1");
        assertThat(settings.health().getPort()).isEqualTo(9090);
        assertThat(settings.health().getAddress().isAnyLocalAddress()).isTrue();
        assertThat(settings.metrics().getPort()).isEqualTo(9091);
        assertThat(settings.metrics().getAddress().isAnyLocalAddress()).isTrue();
        assertThat(settings.warnings()).isEqualTo(new Warnings(List.of(Duration.ofDays(14), Duration.ofHours(12))));
        assertThat(settings.leaderElection()).isTrue();
        assertThat(settings.watchNamespaces()).containsExactlyInAnyOrder("checkout", "marketing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Checkout", "checkout,", "a b", "*"})
    void whatNamesNoNamespaceIsSaid(String namespaces) {
        assertThatThrownBy(() -> OperatorSettings.from(Map.of("PORTCULLIS_WATCH_NAMESPACES", namespaces)))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("PORTCULLIS_WATCH_NAMESPACES is " + namespaces + ", not names of namespaces");
    }

    @Test
    void leaderElectionIsOnOrOff() {
        assertThatThrownBy(() -> OperatorSettings.from(Map.of("PORTCULLIS_LEADER_ELECTION", "yes")))
                .hasMessage("PORTCULLIS_LEADER_ELECTION is yes, neither true nor false");
    }

    @Test
    void noWarningsAreASettingToo() {
        assertThat(OperatorSettings.from(Map.of("PORTCULLIS_EXPIRY_WARNINGS", " "))
                        .warnings())
                .isEqualTo(Warnings.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7d",
                "P7D,",
                "P1M",
                "P0D",
                "-P1D",
                "P400D",
                "P1D,P2D,P3D,P4D,P5D,P6D,P7D,P8D,P9D",
                "PT99999999999999999999H"
            })
    void badWarningsAreSaid(String warnings) {
        assertThatThrownBy(() -> OperatorSettings.from(Map.of("PORTCULLIS_EXPIRY_WARNINGS", warnings)))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("PORTCULLIS_EXPIRY_WARNINGS is " + warnings + ", not up to 8 durations");
    }

    @Test
    void aBadPortIsSaidOfTheSettingThatHasIt() {
        assertThatThrownBy(() -> OperatorSettings.from(Map.of("PORTCULLIS_METRICS_PORT", "http")))
                .hasMessage("PORTCULLIS_METRICS_PORT is http, not a port from 0 to 65535");
    }

    @Test
    void aBlankIdIsNone() {
        assertThat(OperatorSettings.from(Map.of("PORTCULLIS_INSTALLATION_ID", " "))
                        .installation())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "", "65536", "-1", "80 "})
    void aBadPortIsSaid(String port) {
        assertThatThrownBy(() -> OperatorSettings.from(Map.of("PORTCULLIS_HEALTH_PORT", port)))
                .isInstanceOf(CannotStart.class)
                .hasMessage("PORTCULLIS_HEALTH_PORT is " + port + ", not a port from 0 to 65535");
    }
}
