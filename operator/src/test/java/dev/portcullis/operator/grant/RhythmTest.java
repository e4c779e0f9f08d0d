package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RhythmTest {
    @Test
    void everythingIsComparedOnceMoreSoonAfterTheStart() {
        Rhythm rhythm = new Rhythm(Duration.ofHours(24));

        assertThat(rhythm.next()).isEqualTo(Duration.ofMinutes(1));
        assertThat(rhythm.next()).isEqualTo(Duration.ofHours(24));
        assertThat(rhythm.next()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void aShortIntervalIsShortFromTheBeginning() {
        assertThat(new Rhythm(Duration.ofSeconds(1)).next()).isEqualTo(Duration.ofSeconds(1));
    }
}
