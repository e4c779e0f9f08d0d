package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OthersTest {
    private static final Owner GONE = new Owner("gone", "warehouse");
    private static final Owner NEIGHBOUR = new Owner("neighbour", "warehouse");
    private static final Seen NOTHING = new Seen(Map.of(), Map.of());
    private static final Seen SOME = new Seen(Map.of(), Map.of(GONE, 2));

    @Test
    void onlyAComparisonOfEverythingSaysHowMuchThereIs() {
        Seen seen = new Seen(Map.of(NEIGHBOUR, 3), Map.of());

        assertThat(Others.NONE.next(false, seen, seen).leftAlone()).isEmpty();
        Others known = Others.NONE.next(true, seen, seen);
        assertThat(known.leftAlone()).isEqualTo(Map.of(NEIGHBOUR, 3));
        assertThat(known.next(false, NOTHING, NOTHING).leftAlone()).isEqualTo(Map.of(NEIGHBOUR, 3));
        assertThat(known.next(true, NOTHING, NOTHING).leftAlone()).isEmpty();
    }

    @Test
    void whatComesBackAfterAllWasTakenOverIsSomebodyAlive() {
        Others taken = Others.NONE.next(true, SOME, NOTHING);
        assertThat(taken.returned()).isEmpty();

        Others back = taken.next(false, SOME, NOTHING);
        assertThat(back.returned()).containsExactly(GONE);
        assertThat(back.next(false, NOTHING, NOTHING).returned())
                .as("until everything is looked at again")
                .containsExactly(GONE);
        assertThat(back.next(true, SOME, NOTHING).returned()).containsExactly(GONE);
        assertThat(back.next(true, NOTHING, NOTHING).returned()).isEmpty();
    }

    @Test
    void whatIsHeldBackHasNotComeBack() {
        Others held = Others.NONE.next(true, SOME, SOME);

        assertThat(held.next(true, SOME, SOME).returned()).isEmpty();
        assertThat(held.next(true, SOME, NOTHING).next(true, NOTHING, NOTHING).returned())
                .isEmpty();
    }

    private record Seen(Map<Owner, Integer> others, Map<Owner, Integer> takenOver) implements Observed {
        @Override
        public Optional<PlatformUnavailableException> outage() {
            return Optional.empty();
        }

        @Override
        public int entitlements() {
            return 0;
        }

        @Override
        public Map<String, Integer> entitlementsByPort() {
            return Map.of();
        }

        @Override
        public Set<Entitlement> held(Set<Entitlement> asked) {
            return Set.of();
        }

        @Override
        public Map<String, Set<Principal>> holders() {
            return Map.of();
        }

        @Override
        public Set<Holding> besides(Set<Entitlement> wanted) {
            return Set.of();
        }
    }
}
