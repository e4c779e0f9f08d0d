package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Change;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Scope EVERYTHING = new Scope.Everything();

    /** About to wrap. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);

    private final Pace pace = new Pace(clock::get);

    /** When it is next, by port, where all that was waited for has passed. */
    private Map<String, Duration> next(Scope scope, Waits waits) {
        clock.addAndGet(Pace.LONGEST.toNanos());
        return pace.next(scope, waits);
    }

    @Test
    void slowsDownToOnceAMinute() {
        List<Duration> delays = IntStream.range(0, 9)
                .mapToObj(i -> next(EVERYTHING, waits("port-1", "taylor")).get("port-1"))
                .toList();

        assertThat(delays)
                .containsExactlyElementsOf(Stream.of(1, 2, 4, 8, 16, 32, 60, 60, 60)
                        .map(Duration::ofSeconds)
                        .toList());
    }

    @Test
    void beginsAnewWhenSomethingMoved() {
        for (int i = 0; i < 8; i++) {
            next(EVERYTHING, waits("port-1", "taylor", "quinn"));
        }

        assertThat(next(EVERYTHING, waits("port-1", "quinn"))).containsEntry("port-1", Pace.FIRST);
        assertThat(next(EVERYTHING, waits("port-1", "quinn"))).containsEntry("port-1", Duration.ofSeconds(2));
    }

    @Test
    void whoLooksForAnotherReasonSlowsNothingDown() {
        next(EVERYTHING, waits("port-1", "taylor"));
        next(EVERYTHING, waits("port-1", "taylor"));
        for (int i = 0; i < 4; i++) {
            clock.addAndGet(Duration.ofMillis(300).toNanos());
            assertThat(pace.next(EVERYTHING, waits("port-1", "taylor")))
                    .containsEntry("port-1", Duration.ofMillis(2000 - 300 * (i + 1)));
        }

        clock.addAndGet(Duration.ofMillis(800).toNanos());
        assertThat(pace.next(EVERYTHING, waits("port-1", "taylor"))).containsEntry("port-1", Duration.ofSeconds(4));
    }

    @Test
    void anotherWordingIsNoMove() {
        next(EVERYTHING, new Waits(waits("you are number 3", "port-1", List.of("taylor"))));

        assertThat(next(EVERYTHING, new Waits(waits("you are number 2", "port-1", List.of("taylor")))))
                .containsEntry("port-1", Duration.ofSeconds(2));
    }

    @Test
    void eachPortHasItsOwn() {
        Scope first = new Scope.Ports(Set.of("port-1"));
        next(first, waits("port-1", "taylor"));
        next(first, waits("port-1", "taylor"));

        assertThat(next(new Scope.Ports(Set.of("port-2")), waits("port-2", "taylor")))
                .isEqualTo(Map.of("port-2", Pace.FIRST));
        assertThat(next(first, waits("port-1", "taylor"))).isEqualTo(Map.of("port-1", Duration.ofSeconds(4)));
    }

    @Test
    void whatIsAnsweredIsForgotten() {
        next(EVERYTHING, waits("port-1", "taylor"));
        next(EVERYTHING, waits("port-1", "taylor"));
        assertThat(next(EVERYTHING, new Waits(Map.of()))).isEmpty();

        assertThat(next(EVERYTHING, waits("port-1", "taylor"))).containsEntry("port-1", Pace.FIRST);
    }

    private static Waits waits(String port, String... principals) {
        return new Waits(waits("waits", port, List.of(principals)));
    }

    private static Map<Waits.Place, List<Waits.Wait>> waits(String message, String port, List<String> principals) {
        List<Plan.Awaited> awaited = principals.stream()
                .map(name -> new Plan.Awaited(port, new Principal(name), Change.Effect.GRANT, message))
                .toList();
        return Waits.of(List.of(), new Plan(List.of(), List.of(), List.of(), awaited, List.of()))
                .byPlace();
    }
}
