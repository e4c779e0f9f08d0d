package dev.portcullis.operator.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.port.Offered;
import dev.portcullis.api.port.OfferedObject;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.operator.given.Samples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WideningTest {
    private final OutputPort port = Samples.port("orders-v1", "port-1");

    private Offered offered(Map<String, Set<String>> whole) {
        return Widening.of(port, null, whole).offered();
    }

    @Test
    void theFirstSightIsWhatIsOffered() {
        Widening first = Widening.of(port, null, Map.of("orders", Set.of("id", "country")));

        assertThat(first.added()).isEmpty();
        assertThat(first.message()).isEmpty();
        assertThat(first.offered().objects()).containsExactly(new OfferedObject("orders", List.of("country", "id")));
    }

    @Test
    void aTableThatIsAwayIsRememberedAndOneThatIsNotOfferedAnyMoreIsNot() {
        Offered before = offered(Map.of("items", Set.of("sku"), "orders", Set.of("id")));

        Widening away = Widening.of(port, before, Map.of("items", Set.of(), "orders", Set.of("id")));
        assertThat(away.offered()).isEqualTo(before);
        assertThat(Widening.of(port, away.offered(), Map.of("items", Set.of("sku", "margin"), "orders", Set.of("id")))
                        .added())
                .as("made anew with more")
                .containsOnlyKeys("items");

        Widening named = Widening.of(port, before, Map.of("orders", Set.of("id")));
        assertThat(named.offered().objects()).extracting(OfferedObject::name).containsExactly("orders");
        assertThat(Widening.of(port, named.offered(), Map.of("items", Set.of("sku", "margin"), "orders", Set.of("id")))
                        .added())
                .as("offered whole again: as it is now")
                .isEmpty();
    }

    @Test
    void aTableThatIsNotThereYetIsRememberedWhenItComes() {
        Widening nothing = Widening.of(port, null, Map.of("orders", Set.of()));
        assertThat(nothing.offered().objects()).isEmpty();

        Widening there = Widening.of(port, nothing.offered(), Map.of("orders", Set.of("id")));
        assertThat(there.added()).isEmpty();
        assertThat(there.offered().objects()).hasSize(1);
    }

    @Test
    void aDroppedColumnThatComesBackIsNoNews() {
        Offered before = offered(Map.of("orders", Set.of("id", "country")));

        Widening dropped = Widening.of(port, before, Map.of("orders", Set.of("id")));
        assertThat(dropped.added()).isEmpty();
        assertThat(Widening.of(port, dropped.offered(), Map.of("orders", Set.of("id", "country")))
                        .added())
                .isEmpty();
    }

    @Test
    void moreThanTheStatusHoldsIsNotWatchedAndSaid() {
        Widening much = Widening.of(port, null, Map.of("a", columns(1600), "b", columns(1600), "c", columns(3)));

        assertThat(much.unwatched()).containsExactly("b");
        assertThat(much.unwatchedMessage()).contains("b", "name on the port");
        assertThat(much.offered().objects()).extracting(OfferedObject::name).containsExactly("a", "c");
        Widening again =
                Widening.of(port, much.offered(), Map.of("a", columns(1600), "b", columns(1600), "c", columns(4)));
        assertThat(again.added()).containsOnlyKeys("c");
    }

    @Test
    void aLongListIsCut() {
        Widening wide = Widening.of(port, offered(Map.of("orders", columns(1))), Map.of("orders", columns(900)));

        assertThat(wide.message().orElseThrow()).contains("and 889 more").hasSizeLessThan(600);
    }

    private static Set<String> columns(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.toSet());
    }
}
