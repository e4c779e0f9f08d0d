package dev.portcullis.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.report.PlanResult.Edits;
import java.util.HashMap;
import java.util.Map;

/** Counts the manifests that are another than before, so that nobody takes a change without consequences for none. */
final class EditCounter {
    private EditCounter() {}

    static Edits count(Manifests before, Manifests after) {
        Map<String, JsonNode> was = trees(before);
        Map<String, JsonNode> is = trees(after);
        int added = 0;
        int changed = 0;
        for (Map.Entry<String, JsonNode> one : is.entrySet()) {
            JsonNode earlier = was.remove(one.getKey());
            if (earlier == null) {
                added++;
            } else if (!earlier.equals(one.getValue())) {
                changed++;
            }
        }
        return new Edits(added, changed, was.size());
    }

    private static Map<String, JsonNode> trees(Manifests manifests) {
        Map<String, JsonNode> trees = new HashMap<>();
        manifests
                .resources()
                .forEach((kind, byKey) -> byKey.forEach((key, manifest) ->
                        trees.put(kind.word() + " " + key, manifest.document().at(manifest.pointer()))));
        manifests
                .rights()
                .forEach(right -> trees.put(right.kind() + " " + right.namespace() + "/" + right.name(), right.tree()));
        return trees;
    }
}
