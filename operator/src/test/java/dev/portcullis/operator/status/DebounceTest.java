package dev.portcullis.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DebounceTest {
    @Test
    void theFirstWriteWaitsForNothing() {
        Debounce debounce = new Debounce(Duration.ofHours(1));

        assertThat(debounce.wait("a")).isEmpty();
        assertThat(debounce.wait("a")).as("asking is not writing").isEmpty();
    }

    @Test
    void theNextWaitsForThePause() {
        Debounce debounce = new Debounce(Duration.ofHours(1));
        debounce.written("a");

        assertThat(debounce.wait("a"))
                .hasValueSatisfying(left -> assertThat(left).isPositive().isLessThanOrEqualTo(Duration.ofHours(1)));
        assertThat(debounce.wait("b")).isEmpty();
    }

    @Test
    void afterThePauseNothingWaits() {
        Debounce debounce = new Debounce(Duration.ofMillis(20));
        debounce.written("a");

        await().pollInterval(Duration.ofMillis(5))
                .until(() -> debounce.wait("a").isEmpty());
    }

    @Test
    void whatIsForgottenWaitsNoMore() {
        Debounce debounce = new Debounce(Duration.ofHours(1));
        debounce.written("a");

        debounce.forget("a");

        assertThat(debounce.wait("a")).isEmpty();
    }
}
