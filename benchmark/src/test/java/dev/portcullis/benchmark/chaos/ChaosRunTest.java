package dev.portcullis.benchmark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosRunTest {
    @Test
    void aFaultIsNamedByTheBeginningOfItsTitle() {
        assertThat(ChaosRun.unknown(List.of("WatchesClosed", "ApiTrouble CONFLICT", "Api", "PostgresKilled")))
                .isEmpty();
        assertThat(ChaosRun.unknown(List.of("watches", "WatchesClosed", "ApiTrouble NONE", "WatchesClosedNot")))
                .containsExactly("watches", "ApiTrouble NONE", "WatchesClosedNot");
    }
}
