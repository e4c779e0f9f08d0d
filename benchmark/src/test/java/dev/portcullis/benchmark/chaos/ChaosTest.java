package dev.portcullis.benchmark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A short run; {@code -Dportcullis.chaos.seed=} draws the same again. {@code benchmark/chaos} does longer ones. */
class ChaosTest {
    private static final int OPERATIONS = 70;

    /** The logs stay where it failed. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void thePlatformIsWhatTheModelSays() throws IOException, SQLException {
        long seed = Long.getLong(
                "portcullis.chaos.seed", ThreadLocalRandom.current().nextInt(1_000_000));
        System.out.println("chaos, seed " + seed);
        Chaos chaos = new Chaos(seed, OPERATIONS, List.of());

        System.out.println(chaos.run(directory));

        assertThat(chaos.report().failure()).as("seed " + seed).isNull();
    }
}
