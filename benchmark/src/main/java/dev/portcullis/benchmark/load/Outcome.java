package dev.portcullis.benchmark.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All figures of one size. */
record Outcome(int agreements, List<Figure> figures) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Outcome {
        figures = List.copyOf(figures);
    }

    boolean metAll() {
        return figures.stream().allMatch(Figure::met);
    }

    /** In Markdown, so that it can stand in the documentation as it is. */
    String table() {
        StringBuilder text = new StringBuilder("\n## " + agreements + " agreements\n\n"
                + "JDK " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors()
                + " processors for everything, "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + "\n\n"
                + "| what | figure | goal |\n|---|---|---|\n");
        for (Figure figure : figures) {
            text.append("| ")
                    .append(figure.name())
                    .append(" | ")
                    .append(figure.value())
                    .append(" | ")
                    .append(figure.goal().isEmpty() ? "" : figure.goal() + (figure.met() ? ": met" : ": **missed**"))
                    .append(" |\n");
        }
        return text.toString();
    }

    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("agreements", agreements);
        all.put("figures", figures);
        Files.writeString(
                folder.resolve("load-" + agreements + ".json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }

    double number(String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .mapToDouble(Figure::number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no figure " + name));
    }
}
