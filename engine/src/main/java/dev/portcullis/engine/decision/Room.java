package dev.portcullis.engine.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.decision.Decision;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether something more can be written on a Decision. Whoever may file Decisions can fill one up to what is stored. What decisions.portcullis.dev lets in always has room, as long as
 * what is decided is of the usual size.
 */
final class Room {
    /** The API server takes annotations of 256 KiB, and etcd objects of 1.5 MiB, if nobody has told them otherwise. */
    private static final int HEAVIEST_ANNOTATIONS = 128 * 1024;

    private static final int HEAVIEST = 1024 * 1024;

    /** For what stands around each name, and what has to be escaped in it. */
    private static final int NOTED_MORE = 2;

    private static final int AROUND_A_NAME = 12;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Room() {}

    /** For certain. */
    static boolean in(Decision decision) {
        Map<String, String> annotations =
                Optional.ofNullable(decision.getMetadata().getAnnotations()).orElse(Map.of());
        int annotated = annotations.entrySet().stream()
                .mapToInt(entry -> weight(entry.getKey()) + weight(entry.getValue()))
                .sum();
        return annotated <= HEAVIEST_ANNOTATIONS && weight(decision) <= HEAVIEST;
    }

    /**
     * The API server notes for each writer which fields are that one's, by their names, and whoever may change an object may have it do so for many. The operator reads how many
     * writers there are and not what is noted of them: at most every name that is there.
     */
    private static long weight(Decision decision) {
        JsonNode tree = JSON.valueToTree(decision);
        long writers = Optional.ofNullable(decision.getMetadata().getManagedFields())
                .map(List::size)
                .orElse(0);
        return weight(tree.toString()) + writers * NOTED_MORE * names(tree);
    }

    /** Of the names of all fields; what is in a list is named by itself. */
    private static long names(JsonNode tree) {
        long sum = 0;
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            sum += weight(field.getKey()) + AROUND_A_NAME + names(field.getValue());
        }
        if (tree.isArray()) {
            for (JsonNode element : tree) {
                sum += weight(element.toString()) + AROUND_A_NAME + names(element);
            }
        }
        return sum;
    }

    private static int weight(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
