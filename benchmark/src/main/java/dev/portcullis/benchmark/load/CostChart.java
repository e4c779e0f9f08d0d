package dev.portcullis.benchmark.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What one agreement costs, against how many there are: flat, or not. */
final class CostChart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 320;
    private static final int LEFT = 70;
    private static final int BOTTOM = 50;
    private static final int TOP = 40;
    private static final int RIGHT = 20;

    private CostChart() {}

    static void write(Path folder, List<Outcome> outcomes) throws IOException {
        Files.writeString(folder.resolve("cost.svg"), svg(outcomes));
    }

    private static String svg(List<Outcome> outcomes) {
        List<Outcome> bySize = outcomes.stream()
                .sorted((one, other) -> Integer.compare(one.agreements(), other.agreements()))
                .toList();
        double most = bySize.stream().mapToDouble(CostChart::cost).max().orElse(1) * 1.2;
        double least = Math.log10(bySize.get(0).agreements());
        double span = Math.max(0.1, Math.log10(bySize.get(bySize.size() - 1).agreements()) - least);
        StringBuilder points = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        for (Outcome one : bySize) {
            double x = LEFT + (Math.log10(one.agreements()) - least) / span * (WIDTH - LEFT - RIGHT);
            double y = HEIGHT - BOTTOM - cost(one) / most * (HEIGHT - BOTTOM - TOP);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            marks.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/><text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.1f</text>"
                            + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>%n",
                    x,
                    y,
                    x,
                    y - 10,
                    cost(one),
                    x,
                    HEIGHT - BOTTOM + 20,
                    one.agreements()));
        }
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="%d" y="20">CPU of all servers per agreement, in ms, by number of agreements</text>
                <path d="M%d %dV%dH%d" fill="none" stroke="black"/>
                <polyline points="%s" fill="none" stroke="black"/>
                %s</svg>
                """,
                WIDTH,
                HEIGHT,
                LEFT,
                LEFT,
                TOP,
                HEIGHT - BOTTOM,
                WIDTH - RIGHT,
                points.toString().strip(),
                marks);
    }

    private static double cost(Outcome outcome) {
        return outcome.number("CPU per agreement, all four");
    }
}
