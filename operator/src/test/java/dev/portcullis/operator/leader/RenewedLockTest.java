package dev.portcullis.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.operator.given.TestClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RenewedLockTest {
    private final AtomicLong nanos = new AtomicLong();
    private final TestClock clock = new TestClock();
    private final RenewedLock lock =
            new RenewedLock("mesh", "portcullis", "first", Duration.ofSeconds(15), nanos::get, clock);

    /** The monotonic clock of a machine that sleeps stands still. */
    @Test
    void whatTheMachineSleptCounts() {
        clock.later(Duration.ofSeconds(11));

        assertThat(lock.sinceRenewed()).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void aClockThatIsSetBackHidesNothing() {
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        clock.later(Duration.ofHours(-1));

        assertThat(lock.sinceRenewed()).isEqualTo(Duration.ofSeconds(11));
    }
}
