package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {
    @ParameterizedTest
    @CsvSource({"5m, PT5M", "30s, PT30S", "1h30m, PT1H30M", "1h1m1s, PT1H1M1S", "24h, PT24H", "86400s, PT24H"})
    void readsWhatTheSchemaLetsIn(String text, Duration duration) {
        assertThat(Intervals.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"0s", "''", "soon"})
    void whatIsNoDurationIsTheDefault(String text) {
        assertThat(Intervals.parse(text)).isEqualTo(Duration.ofMinutes(5));
    }
}
