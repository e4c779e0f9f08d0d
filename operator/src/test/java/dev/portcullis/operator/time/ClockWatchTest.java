package dev.portcullis.operator.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.time.Clocks;
import dev.portcullis.operator.given.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private final TestClock operator = new TestClock();
    private final ServerClock server = new ServerClock(() -> 0);
    private final Deque<Runnable> told = new ArrayDeque<>();
    private int changes;
    private final ClockWatch watch = new ClockWatch(operator, server, told::add, () -> changes++);

    private void serverIs(Duration ahead) {
        Instant time = operator.instant().plus(ahead);
        for (int i = 0; i < 8; i++) {
            server.answered(DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)));
        }
    }

    private boolean isApart() {
        boolean apart = watch.get() instanceof Clocks.Apart;
        while (!told.isEmpty()) {
            told.remove().run();
        }
        return apart;
    }

    @Test
    void aServerThatHasToldNothingContradictsNobody() {
        assertThat(watch.get()).isEqualTo(Clocks.inSync(operator.instant()));
        assertThat(told).isEmpty();
    }

    @Test
    void partingAndAgreeingAreToldOnce() {
        serverIs(Duration.ZERO);
        assertThat(isApart()).isFalse();
        assertThat(changes).isZero();

        serverIs(Duration.ofMinutes(-5));
        assertThat(isApart()).isTrue();
        assertThat(isApart()).isTrue();
        assertThat(changes).isOne();

        serverIs(Duration.ZERO);
        assertThat(isApart()).isFalse();
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void whoAsksForTheTimeDoesNotWaitForWhoIsTold() {
        serverIs(Duration.ofMinutes(5));

        watch.get();

        assertThat(changes).isZero();
        assertThat(told).hasSize(1);
    }

    @Test
    void aDifferenceOfJustWhatIsToleratedIsNotNewsEachSecond() {
        serverIs(Duration.ofSeconds(62));
        assertThat(isApart()).isTrue();
        serverIs(Duration.ofSeconds(58));
        assertThat(isApart()).isTrue();
        serverIs(Duration.ofSeconds(28));
        assertThat(isApart()).isFalse();
        serverIs(Duration.ofSeconds(58));
        assertThat(isApart()).isFalse();
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void bothClocksAreHandedOn() {
        serverIs(Duration.ofHours(-1));
        operator.later(Duration.ofHours(2));

        assertThat(watch.get()).isInstanceOfSatisfying(Clocks.Apart.class, apart -> {
            assertThat(apart.operator()).isEqualTo(operator.instant());
            assertThat(Duration.between(apart.server(), apart.operator()))
                    .isCloseTo(Duration.ofHours(3), Duration.ofSeconds(1));
        });
    }
}
