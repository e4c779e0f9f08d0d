package dev.portcullis.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The alerts and the dashboard of the chart against the page that Prometheus reads: what asks for a name or a label that nobody offers is silent for ever. */
class AlertsTest {
    private static final Path CHART = Path.of(System.getProperty("portcullis.root"), "helm/portcullis");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final Pattern SAMPLE = Pattern.compile("(?m)^(portcullis_[a-z_]+)(?:\\{([^}]*)})? ");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
    private static final Pattern WORD = Pattern.compile("(?<![0-9\\[])[a-z_]+");
    private static final Pattern GROUPS = Pattern.compile("\\b(?:by|without|on|ignoring) *\\(([^)]*)\\)");
    private static final Pattern ALERT = Pattern.compile(
            "- alert: (\\w+)\\n +expr: (.*)\\n(?s:.*?)annotations:\\n +summary: (.*)\\n +description: (.*)\\n");
    private static final Pattern LABEL_IN_ALERT = Pattern.compile("\\$labels\\.([a-z_]+)");
    private static final Pattern LABEL_IN_LEGEND = Pattern.compile("\\{\\{ *([a-z_]+) *}}");

    private static final Set<String> LANGUAGE =
            Set.of("max", "min", "sum", "count", "by", "increase", "absent", "vector", "time", "or");

    /** The labels of each sample's name. */
    private static final Map<String, Set<String>> OFFERED = new HashMap<>();

    /** @param labels that its texts name */
    private record Asked(String where, String expression, Set<String> labels) {
        Set<String> metrics() {
            return words().filter(word -> word.startsWith("portcullis_")).collect(Collectors.toSet());
        }

        Stream<String> words() {
            return WORD.matcher(expression).results().map(MatchResult::group);
        }

        /** That its result has. */
        Set<String> groups() {
            return GROUPS.matcher(expression)
                    .results()
                    .flatMap(found -> Arrays.stream(found.group(1).split(" *, *", -1)))
                    .collect(Collectors.toSet());
        }
    }

    @BeforeAll
    static void offer() {
        try (Rig rig = new Rig().running()) {
            List<MetricSnapshot> all = new ArrayList<>(new Measurements(
                            () -> Stream.of(Samples.provisioned("a", "taylor", "taylor")),
                            rig.loops::states,
                            () -> new Guard.Whole(NOW),
                            rig.watches,
                            rig.clock)
                    .all());
            all.add(Measurements.leader(true));
            String page = new String(
                    new MetricsPage(() -> new MetricSnapshots(all), System::nanoTime).get(), StandardCharsets.UTF_8);
            SAMPLE.matcher(page)
                    .results()
                    .forEach(sample -> OFFERED.computeIfAbsent(sample.group(1), name -> new HashSet<>())
                            .addAll(
                                    sample.group(2) == null
                                            ? Set.of()
                                            : LABEL.matcher(sample.group(2))
                                                    .results()
                                                    .map(label -> label.group(1))
                                                    .collect(Collectors.toSet())));
        }
    }

    @Test
    void everyAlertAsksForWhatIsOffered() throws IOException {
        String rules = Files.readString(CHART.resolve("templates/prometheusrule.yaml"));
        List<Asked> alerts = ALERT.matcher(rules)
                .results()
                .map(found -> new Asked(
                        found.group(1),
                        found.group(2),
                        LABEL_IN_ALERT
                                .matcher(found.group(3) + found.group(4))
                                .results()
                                .map(label -> label.group(1))
                                .collect(Collectors.toSet())))
                .toList();

        assertThat(alerts).hasSize((int)
                rules.lines().filter(line -> line.contains("- alert: ")).count());
        assertThat(alerts).hasSizeGreaterThan(5).allSatisfy(AlertsTest::isAnswered);
    }

    @Test
    void everyPanelAsksForWhatIsOffered() throws IOException {
        List<Asked> panels = new ArrayList<>();
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(CHART.resolve("dashboards/portcullis.json")));
        dashboard
                .findParents("expr")
                .forEach(target -> panels.add(new Asked(
                        "panel",
                        target.path("expr").asText(),
                        LABEL_IN_LEGEND
                                .matcher(target.path("legendFormat").asText())
                                .results()
                                .map(label -> label.group(1))
                                .collect(Collectors.toSet()))));

        assertThat(panels).hasSizeGreaterThan(5).allSatisfy(AlertsTest::isAnswered);
    }

    private static void isAnswered(Asked asked) {
        assertThat(asked.metrics()).as("a metric of ours").isNotEmpty();
        assertThat(OFFERED.keySet()).containsAll(asked.metrics());
        for (String metric : asked.metrics()) {
            assertThat(OFFERED.get(metric)).as("labels of " + metric).containsAll(asked.groups());
        }
        assertThat(asked.groups()).as("labels that the result has").containsAll(asked.labels());
        assertThat(asked.words().filter(word -> !word.startsWith("portcullis_")))
                .as("neither language nor label: is it a metric of ours?")
                .allMatch(word -> LANGUAGE.contains(word) || asked.groups().contains(word));
    }
}
