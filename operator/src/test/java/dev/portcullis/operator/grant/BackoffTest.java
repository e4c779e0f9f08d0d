package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(new SplittableRandom(7));

    @Test
    void waitsBetweenHalfAndAllOfADoublingTime() {
        for (long most = 250; most <= 16_000; most *= 2) {
            assertThat(backoff.failed().toMillis()).isBetween(most / 2, most);
        }
    }

    @Test
    void neverWaitsLongerThanTwentySecondsHoweverOftenItFails() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(backoff.failed()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(20));
        }
        assertThat(backoff.failed()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void startsAnewAfterSuccess() {
        for (int i = 0; i < 20; i++) {
            backoff.failed();
        }
        backoff.succeeded();

        assertThat(backoff.failed()).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void twoThatFailTogetherDoNotWaitAlike() {
        Backoff other = new Backoff(new SplittableRandom(8));
        boolean differ = false;
        for (int i = 0; i < 10; i++) {
            differ |= !backoff.failed().equals(other.failed());
        }
        assertThat(differ).isTrue();
    }
}
