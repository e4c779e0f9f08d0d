package dev.portcullis.benchmark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A short run, where a seed is named: {@code -Dportcullis.chaos.seed=}. {@code benchmark/chaos} does longer ones. */
@EnabledIfSystemProperty(named = "portcullis.chaos.seed", matches = "-?\\d+")
class ChaosTest {
    private static final int OPERATIONS = 70;

    /** The logs stay where it failed. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void thePlatformIsWhatTheModelSays() throws IOException, SQLException {
        long seed = Long.getLong("portcullis.chaos.seed");
        System.out.println("chaos, seed " + seed);
        Chaos chaos = new Chaos(seed, OPERATIONS, List.of());

        System.out.println(chaos.run(directory));

        assertThat(chaos.report().failure()).as("seed " + seed).isNull();
    }
}
