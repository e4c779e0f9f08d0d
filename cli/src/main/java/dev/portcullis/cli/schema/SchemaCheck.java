package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.cli.manifests.ManifestCheck;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the API server would refuse of manifests, with file and line. */
public final class SchemaCheck implements ManifestCheck {
    /** What the API server notes on a Decision where its manifest does not say it, and what stays when that is applied again. */
    private static final List<String> NOTED = List.of("by", "recordedBy", "authority");

    private final ResourceCheck check = new ResourceCheck();

    @Override
    public List<Fault> check(Manifests before, Manifests after) {
        return Stream.of(ManifestKind.values())
                .filter(kind -> kind != ManifestKind.NAMESPACE)
                .flatMap(kind -> after.all(kind).stream())
                .parallel()
                .flatMap(is -> faults(before.find(is.kind(), is.key()), is))
                .toList();
    }

    private Stream<Fault> faults(Optional<Manifest> was, Manifest is) {
        JsonNode before = was.map(SchemaCheck::tree).orElse(null);
        JsonNode after = tree(is);
        if (before != null && is.kind() == ManifestKind.DECISION) {
            after = withWhatWasNoted(before, after);
        }
        return check.check(before, after).stream().map(refusal -> is.fault(refusal.pointer(), refusal.toString()));
    }

    private static JsonNode withWhatWasNoted(JsonNode before, JsonNode after) {
        JsonNode applied = after.deepCopy();
        if (applied.path("spec") instanceof ObjectNode spec) {
            for (String field : NOTED) {
                if (!spec.has(field) && before.path("spec").has(field)) {
                    spec.set(field, before.path("spec").get(field));
                }
            }
        }
        return applied;
    }

    private static JsonNode tree(Manifest manifest) {
        return manifest.document().at(manifest.pointer());
    }
}
