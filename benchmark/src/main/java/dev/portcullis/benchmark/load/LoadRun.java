package dev.portcullis.benchmark.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code benchmark/run N [N...] [--heap SIZE] [--writers N] [--singles N] [--idle SECONDS] [--out FOLDER]}: each size on servers of its own. */
public final class LoadRun {

    private static final int CEILING = 3_000;
    private static final int DRIFT = 1_000;

    private LoadRun() {}

    /** Exits with 1 where a goal was missed, with 2 where it was called wrongly. */
    public static void main(String[] args) throws IOException {
        LoadOptions options;
        try {
            options = LoadOptions.parse(Arrays.asList(args));
        } catch (IllegalArgumentException e) {
            System.err.println("benchmark/run: " + e.getMessage());
            System.exit(2);
            return;
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int size : options.sizes()) {
            outcomes.add(measure(size, options));
            Outcome last = outcomes.get(outcomes.size() - 1);
            System.out.println(last.table());
            last.writeTo(options.out());
        }
        CostChart.write(options.out(), outcomes);
        System.out.println("written to " + options.out() + ": a JSON for each size, and cost.svg");
        System.exit(outcomes.stream().allMatch(Outcome::metAll) ? 0 : 1);
    }

    private static Outcome measure(int size, LoadOptions options) throws IOException {
        Path directory = Files.createTempDirectory("portcullis-load");
        System.err.println("servers in " + directory);
        Workload work = Workload.of(size);
        try (Servers servers = new Servers(directory, options.heap());
                Warehouse warehouse = new Warehouse(servers.postgres())) {
            Bench bench = new Bench(servers, warehouse, work, new Writers(options.writers()));
            warehouse.logins(Workload.PEOPLE, work.people());
            work.apply(servers.kube().client(), servers.postgres());
            servers.startOperator();
            List<Figure> figures = new ArrayList<>();
            Bulk.Result bulk = new Bulk(bench).run();
            figures.addAll(bulk.figures());
            figures.addAll(new Singles(bench, options.singles()).run());
            figures.addAll(new Idle(bench, options.idle()).run());
            figures.addAll(new Drift(bench, DRIFT).run());
            long peak = ProcessUse.peakMebibytes(servers.operator().pid());
            servers.operator().stop();
            List<Figure> ceiling = new Ceiling(bench, Math.min(size, CEILING)).run(bulk.perSecond());
            figures.addAll(1, ceiling);
            figures.addAll(new Restart(bench).run());
            peak = Math.max(peak, ProcessUse.peakMebibytes(servers.operator().pid()));
            figures.add(Figure.plain(
                    "operator's memory, most, with -Xmx" + options.heap(), peak + " MiB resident", (double) peak));
            return new Outcome(size, figures);
        }
    }
}
