package dev.portcullis.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A short run, of what no busy machine changes: requests, statements, connections. {@code benchmark/run} measures the rest too. */
class LoadTest {
    private static final int AGREEMENTS = 300;

    /** Of so few agreements; of many it is a fraction of one. */
    private static final double MOST_STATEMENTS = 6;

    /** The logs stay where it failed. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void anAgreementIsTwoWritesAndAFewStatementsAndNothingAfterARestart() {
        List<Figure> figures = run();

        assertThat(figures)
                .filteredOn(figure -> List.of(
                                "status writes per agreement",
                                "Events written per agreement",
                                "restart: agreements written")
                        .contains(figure.name()))
                .hasSize(3)
                .allMatch(Figure::met, "met");
        assertThat(number(figures, "statements per agreement")).isPositive().isLessThan(MOST_STATEMENTS);
        assertThat(number(figures, "platform connections, most")).isBetween(1.0, 2.0);
    }

    private List<Figure> run() {
        Workload work = Workload.of(AGREEMENTS);
        try (Servers servers = new Servers(directory, "256m");
                Warehouse warehouse = new Warehouse(servers.postgres())) {
            Bench bench = new Bench(servers, warehouse, work, new Writers(8));
            warehouse.logins(Workload.PEOPLE, work.people());
            work.apply(servers.kube().client(), servers.postgres());
            servers.startOperator();
            List<Figure> bulk = new Bulk(bench).run().figures();
            servers.operator().stop();
            return Stream.concat(bulk.stream(), new Restart(bench).run().stream())
                    .toList();
        }
    }

    private static double number(List<Figure> figures, String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .number();
    }
}
