package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CrowdTest {
    private static final long GATHERING = millis(5);

    private final Crowd crowd = new Crowd(GATHERING);

    @Test
    void nobodyIsNeverDue() {
        assertThat(crowd.dueAt()).isEqualTo(Long.MAX_VALUE);
        crowd.mark("a", 0);
        crowd.take(GATHERING);

        assertThat(crowd.dueAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theFirstAfterASilenceWaitsForTheGatheringOnly() {
        crowd.mark("a", millis(1000));
        crowd.mark("b", millis(1004));

        assertThat(crowd.dueAt()).isEqualTo(millis(1005));
        assertThat(crowd.take(millis(1005))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void oneByOneNobodyWaitsForOthers() {
        for (long at = 0; at < 2000; at += 60) {
            crowd.mark("a", millis(at));
            assertThat(crowd.dueAt()).isEqualTo(millis(at + 5));
            crowd.take(crowd.dueAt());
            crowd.granted(1);
        }
    }

    @Test
    void whereManyWereGrantedTheNextWaitForMore() {
        crowd.mark("a", 0);
        crowd.take(millis(5));
        crowd.granted(40);
        for (long at = 6; at < 2000; at += 100) {
            crowd.mark("a", millis(at));
        }

        assertThat(crowd.dueAt()).as("40 times 50 ms after they were taken").isEqualTo(millis(2005));
    }

    @Test
    void howeverManyWereGrantedNobodyWaitsLongerThanFiveSeconds() {
        crowd.mark("a", 0);
        crowd.take(millis(5));
        crowd.granted(100_000);
        for (long at = 10; at < 6000; at += 100) {
            crowd.mark("a", millis(at));
        }

        assertThat(crowd.dueAt()).isEqualTo(millis(5005));
    }

    @Test
    void whenNoMoreComeThoseWhoAreHereAreDue() {
        crowd.mark("a", 0);
        crowd.take(millis(5));
        crowd.granted(1000);
        crowd.mark("b", millis(100));
        crowd.mark("c", millis(150));

        assertThat(crowd.dueAt()).isEqualTo(millis(2150));
    }

    @Test
    void whoIsOnTheWayIsWaitedForToo() {
        crowd.mark("a", 0);
        crowd.take(millis(5));
        crowd.granted(1000);
        crowd.mark("b", millis(100));
        crowd.follow(millis(1500));

        assertThat(crowd.dueAt()).isEqualTo(millis(3500));
    }

    @Test
    void whoComesWhenTheCrowdIsGoneWaitsForNobody() {
        crowd.mark("a", 0);
        crowd.take(millis(5));
        crowd.granted(1000);

        crowd.mark("b", millis(2100));

        assertThat(crowd.dueAt()).isEqualTo(millis(2105));
    }

    /** 80 a second, each comparison half a second long, and each grants all who came before its end. */
    @Test
    void aFloodIsTakenInFewComparisons() {
        int comparisons = 0;
        int waiting = 0;
        int arrived = 0;
        long free = 0;
        for (long now = 0; now < 60_000; now++) {
            if (now % 1000 * 80 / 1000 != (now % 1000 + 1) * 80 / 1000) {
                crowd.mark("port-" + arrived++ % 20, millis(now));
                waiting++;
            }
            if (now >= free && millis(now) >= crowd.dueAt()) {
                crowd.take(millis(now));
                crowd.granted(waiting);
                waiting = 0;
                comparisons++;
                free = now + 500;
            }
        }

        assertThat(arrived).isEqualTo(4800);
        assertThat(comparisons).isLessThan(20);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
