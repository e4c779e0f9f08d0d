package dev.portcullis.benchmark.chaos;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was done and seen. */
final class Report {
    private final Map<String, int[]> operations = new TreeMap<>();
    private final Map<String, Integer> faults = new TreeMap<>();
    private int settled;
    private int ended;
    private Duration longestSettling = Duration.ZERO;
    private @Nullable String failure;

    void operation(Operation operation, boolean taken) {
        int[] counts = operations.computeIfAbsent(operation.getClass().getSimpleName(), any -> new int[2]);
        counts[0]++;
        counts[1] += taken ? 0 : 1;
    }

    void fault(Fault fault) {
        faults.merge(fault.title(), 1, Integer::sum);
    }

    void settled(Duration took) {
        settled++;
        longestSettling = took.compareTo(longestSettling) > 0 ? took : longestSettling;
    }

    void endedByItself() {
        ended++;
    }

    void failed(String why) {
        failure = why;
    }

    /** Why the run ended before its end; null where it did not. */
    @Nullable
    String failure() {
        return failure;
    }

    String table(Observer observer) {
        StringBuilder text = new StringBuilder();
        line(text, "operation", "done", "refused");
        operations.forEach((kind, counts) -> line(text, kind, counts[0], counts[1]));
        line(
                text,
                "all",
                operations.values().stream().mapToInt(counts -> counts[0]).sum(),
                "");
        text.append('\n');
        line(text, "fault", "times", "");
        faults.forEach((kind, count) -> line(text, kind, count, ""));
        text.append('\n');
        line(text, "looks at who has access", observer.looks(), "");
        line(text, "accesses there at a look, mean", observer.seenAtOnce(), "");
        line(text, "violations", observer.violations().size(), "");
        line(text, "operator ended by itself, times", ended, "");
        line(text, "times all was as the model says", settled, "");
        line(text, "longest until then, s", seconds(longestSettling), "");
        line(text, "longest access after its end, s", seconds(observer.longest()), "");
        line(text, "the same, without faults, s", seconds(observer.longestQuiet()), "");
        return text.toString();
    }

    private static void line(StringBuilder text, Object... cells) {
        text.append("%-34s %8s %8s%n".formatted(cells));
    }

    private static String seconds(Duration time) {
        return "%.1f".formatted(time.toMillis() / 1e3);
    }
}
