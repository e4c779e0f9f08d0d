package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    }

    @Test
    void everySettingCanBeSet() {
        OperatorSettings settings = OperatorSettings.from(Map.of(
                "PORTCULLIS_NAMESPACE", "mesh",
                "PORTCULLIS_INSTALLATION_ID", "eu-1",
                "PORTCULLIS_HEALTH_HOST", "0.0.0.0",
                "PORTCULLIS_HEALTH_PORT", "9090"));

        assertThat(settings.namespace()).isEqualTo("mesh");
        assertThat(settings.installation()).contains("eu-1");
        assertThat(settings.health().getPort()).isEqualTo(9090);
        assertThat(settings.health().getAddress().isAnyLocalAddress()).isTrue();
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
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("PORTCULLIS_HEALTH_PORT is " + port + ", not a port from 0 to 65535");
    }
}
