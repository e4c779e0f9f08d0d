package dev.portcullis.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DebounceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private long nanos = -7;
    private final Debounce debounce = new Debounce(SECOND, Duration.ofSeconds(30), () -> nanos);

    @Test
    void theFirstWriteWaitsForNothing() {
        assertThat(debounce.waitOfCounts("a")).isEmpty();
        assertThat(debounce.waitOfNews("a")).isEmpty();
        assertThat(debounce.waitOfCounts("a")).as("asking is not writing").isEmpty();
    }

    @Test
    void theNextWaitsForThePause() {
        debounce.written("a");
        pass(Duration.ofMillis(300));

        assertThat(debounce.waitOfCounts("a")).contains(Duration.ofMillis(700));
        assertThat(debounce.waitOfNews("a")).contains(Duration.ofMillis(700));
        assertThat(debounce.waitOfCounts("b")).isEmpty();
        pass(Duration.ofMillis(700));
        assertThat(debounce.waitOfCounts("a")).isEmpty();
    }

    @Test
    void thePauseGrowsAsLongAsCountsChange() {
        List<Long> at = new ArrayList<>();
        for (int tenth = 0; tenth < 2_000; tenth++) {
            if (debounce.waitOfCounts("a").isEmpty()) {
                debounce.written("a");
                at.add(tenth / 10L);
            }
            pass(Duration.ofMillis(100));
        }

        assertThat(at).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 61L, 91L, 121L, 151L, 181L);
    }

    @Test
    void whatIsNoCountWaitsForASecondAtMost() {
        for (int times = 0; times < 6; times++) {
            pass(debounce.waitOfCounts("a").orElse(Duration.ZERO));
            debounce.written("a");
        }
        pass(SECOND);

        assertThat(debounce.waitOfCounts("a")).contains(Duration.ofSeconds(29));
        assertThat(debounce.waitOfNews("a")).isEmpty();
    }

    @Test
    void afterAQuietSpellItBeginsAnew() {
        for (int times = 0; times < 4; times++) {
            pass(debounce.waitOfCounts("a").orElse(Duration.ZERO));
            debounce.written("a");
        }
        assertThat(debounce.waitOfCounts("a")).contains(Duration.ofSeconds(8));
        pass(Duration.ofSeconds(16));

        assertThat(debounce.waitOfCounts("a")).isEmpty();
        debounce.written("a");
        assertThat(debounce.waitOfCounts("a")).contains(SECOND);
    }

    @Test
    void whatIsForgottenWaitsNoMore() {
        debounce.written("a");

        debounce.forget("a");

        assertThat(debounce.waitOfCounts("a")).isEmpty();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
