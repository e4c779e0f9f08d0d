package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SearchesTest {
    /** About to wrap. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);

    private final Searches searches = new Searches(clock::get);

    @Test
    void quickOnesAreMadeWithEachComparison() {
        assertThat(searches.mayBegin()).isTrue();
        search(Duration.ofMillis(500), true);

        assertThat(searches.mayBegin()).isTrue();
    }

    @Test
    void slowOnesTakeASmallShareOfTheTime() {
        search(Duration.ofSeconds(2), true);

        pass(Duration.ofSeconds(39));
        assertThat(searches.mayBegin()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(searches.mayBegin()).isTrue();

        search(Duration.ofMillis(1), true);
        assertThat(searches.mayBegin()).as("it is quick again").isTrue();
    }

    @Test
    void whatWasGivenUpIsNotBegunAgainSoon() {
        search(Duration.ofMillis(1), false);

        pass(Duration.ofSeconds(59));
        assertThat(searches.mayBegin()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(searches.mayBegin()).isTrue();

        search(Duration.ofSeconds(5), false);
        pass(Duration.ofSeconds(99));
        assertThat(searches.mayBegin()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(searches.mayBegin()).isTrue();
    }

    private void search(Duration time, boolean found) {
        searches.began();
        pass(time);
        searches.ended(found);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
