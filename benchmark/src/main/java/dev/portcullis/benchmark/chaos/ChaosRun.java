package dev.portcullis.benchmark.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code benchmark/chaos SEED N [FAULT...]}: N random operations, drawn by the seed; only faults whose name begins so. */
public final class ChaosRun {
    private ChaosRun() {}

    /** Exits with 1 where the platform was not what it had to be, with 2 where it was called wrongly. */
    public static void main(String[] args) throws IOException, SQLException {
        long seed;
        int operations;
        try {
            if (args.length < 2) {
                throw new NumberFormatException();
            }
            seed = Long.parseLong(args[0]);
            operations = Integer.parseInt(args[1]);
        } catch (NumberFormatException e) {
            System.err.println("benchmark/chaos: say by which seed and how many operations: benchmark/chaos 1 10000");
            System.exit(2);
            return;
        }
        List<String> only = List.of(args).subList(2, args.length);
        Set<String> unknown = unknown(only);
        if (!unknown.isEmpty()) {
            System.err.println("benchmark/chaos: no fault is called " + String.join(" or ", unknown)
                    + "; there are, and a beginning is enough: " + String.join(", ", FaultDice.titles()));
            System.exit(2);
            return;
        }
        Path directory = Files.createTempDirectory("portcullis-chaos");
        System.err.println("seed " + seed + ", servers in " + directory);
        Chaos chaos = new Chaos(seed, operations, only);
        System.out.println(chaos.run(directory));
        String failure = chaos.report().failure();
        if (failure == null) {
            delete(directory);
        } else {
            System.out.println("seed " + seed + ": " + failure);
        }
        System.exit(failure == null ? 0 : 1);
    }

    /** Those of the beginnings that no fault's title has. */
    static Set<String> unknown(List<String> beginnings) {
        Set<String> titles = FaultDice.titles();
        return beginnings.stream()
                .filter(beginning -> titles.stream().noneMatch(title -> title.startsWith(beginning)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The logs of a run in which nothing was wrong are of no use. */
    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
