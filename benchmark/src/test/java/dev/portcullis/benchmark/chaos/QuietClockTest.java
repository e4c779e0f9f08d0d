package dev.portcullis.benchmark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuietClockTest {
    private long nanos;
    private final QuietClock quiet = new QuietClock(() -> nanos);

    @Test
    void onlyTimeInWhichNothingIsBrokenCounts() {
        pass(2);
        quiet.broken();
        pass(10);
        assertThat(quiet.now()).isEqualTo(Duration.ofSeconds(2));
        quiet.mended(Duration.ofSeconds(5));
        pass(4);
        assertThat(quiet.now()).as("recovers").isEqualTo(Duration.ofSeconds(2));
        pass(2);
        assertThat(quiet.now()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whatBreaksWhileSomethingRecoversPutsItOff() {
        quiet.broken();
        quiet.mended(Duration.ofSeconds(5));
        pass(1);
        quiet.broken();
        pass(1);
        quiet.mended(Duration.ofSeconds(1));
        pass(2);
        assertThat(quiet.now()).as("the first has until its fifth second").isEqualTo(Duration.ZERO);
        pass(2);
        assertThat(quiet.now()).isEqualTo(Duration.ofSeconds(1));
    }

    private void pass(int seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }
}
