package dev.portcullis.cli.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What never changes once it is there: what was asked for, what was decided, and where a port is. The API server refuses such an edit. */
public final class FixedFields implements ManifestCheck {
    /** The parts of an agreement that its consumer may change. */
    private static final List<String> AGREEMENT_MAY_CHANGE = List.of("suspend", "cancelled", "tags", "links");

    private static final List<String> OF_PORT =
            List.of("/dataProduct", "/platform", "/postgresql/database", "/postgresql/schema");

    @Override
    public List<Fault> check(Manifests before, Manifests after) {
        List<Fault> faults = new ArrayList<>();
        forEach(before, after, ManifestKind.AGREEMENT, (was, is) -> agreement(was, is, faults));
        forEach(before, after, ManifestKind.DECISION, (was, is) -> {
            if (!spec(was).equals(spec(is))) {
                faults.add(is.fault("/spec", "a Decision is evidence and never changes: write another one"));
            }
        });
        forEach(before, after, ManifestKind.PORT, (was, is) -> {
            for (String field : OF_PORT) {
                if (!spec(was).at(field).equals(spec(is).at(field))) {
                    faults.add(is.fault(
                            "/spec" + field,
                            field.substring(1).replace('/', '.')
                                    + " of an OutputPort never changes: offer another port"));
                }
            }
        });
        return faults;
    }

    private static void agreement(Manifest was, Manifest is, List<Fault> faults) {
        JsonNode asked = fixed(spec(was));
        JsonNode asks = fixed(spec(is));
        if (!asked.equals(asks)) {
            faults.add(is.fault(
                    "/spec",
                    "what was asked for never changes, apart from " + String.join(", ", AGREEMENT_MAY_CHANGE)
                            + ": request another agreement, and delete this one if it is not needed any more"));
        }
        if (spec(was).path("cancelled").asBoolean()
                && !spec(is).path("cancelled").asBoolean()) {
            faults.add(is.fault("/spec", "an agreement that was given up stays so: request another agreement"));
        }
    }

    private static JsonNode fixed(JsonNode spec) {
        return spec.isObject() ? ((ObjectNode) spec.deepCopy()).remove(AGREEMENT_MAY_CHANGE) : spec;
    }

    private static JsonNode spec(Manifest manifest) {
        return manifest.document().at(manifest.pointer() + "/spec");
    }

    private static void forEach(
            Manifests before, Manifests after, ManifestKind kind, BiConsumer<Manifest, Manifest> check) {
        before.all(kind).forEach(was -> after.find(kind, was.key()).ifPresent(is -> check.accept(was, is)));
    }
}
