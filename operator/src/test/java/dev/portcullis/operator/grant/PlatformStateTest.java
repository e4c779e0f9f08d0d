package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.facts.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlatformStateTest {
    @Test
    void nothingIsKnownBeforeTheFirstComparison() {
        assertThat(PlatformState.UNKNOWN.isCompared()).isFalse();
        assertThat(PlatformState.UNKNOWN.outage()).map(Problem::reason).contains("NotReachedYet");
    }

    @Test
    void anOutageForgetsNothingElse() {
        PlatformState reached = new PlatformState(
                Optional.empty(),
                "16.4",
                Optional.of(Instant.EPOCH),
                new Counts(3, Map.of()),
                1,
                2,
                List.of(),
                List.of(),
                Held.NOTHING,
                Others.NONE);
        Problem problem = Problem.healing("Unreachable", "no answer");

        PlatformState out = reached.withOutage(problem);

        assertThat(out.outage()).contains(problem);
        assertThat(out.isCompared()).isTrue();
        assertThat(out).usingRecursiveComparison().ignoringFields("outage").isEqualTo(reached);
    }
}
