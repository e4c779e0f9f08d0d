package dev.portcullis.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.plan.ToolSetting.Bears;
import dev.portcullis.cli.report.PlanResult.Warning;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Manifests that tell Argo CD, Flux, Kustomize or Helm to do something else than a plan takes for granted: that a manifest is applied as it is written, and that the object is
 * deleted when it goes. It is a warning and no fault, since each tool has its own and nobody knows here which one applies the folder.
 */
final class AppliedOtherwise {
    private final Manifests before;
    private final Manifests after;

    AppliedOtherwise(Manifests before, Manifests after) {
        this.before = before;
        this.after = after;
    }

    /** What is said of manifests that are new, become different or go; the others are as they were, whatever is said on them. */
    List<Warning> all() {
        List<Warning> warnings = new ArrayList<>();
        for (ManifestKind kind : ManifestKind.values()) {
            for (Manifest manifest : after.all(kind)) {
                List<ToolSetting> settings = ToolSetting.of(metadata(manifest));
                if (!settings.isEmpty() && differs(manifest)) {
                    settings.stream()
                            .filter(setting -> !(isEvidence(kind) && setting.bears() == Bears.END))
                            .forEach(setting -> warnings.add(warning(manifest, setting.toString())));
                }
            }
            if (!isEvidence(kind)) {
                before.all(kind).stream()
                        .filter(manifest -> after.find(kind, manifest.key()).isEmpty())
                        .forEach(manifest -> ToolSetting.of(metadata(manifest)).stream()
                                .filter(setting -> setting.bears() != Bears.WAY)
                                .forEach(setting -> warnings.add(warning(
                                        manifest,
                                        "its manifest goes, and the plan takes it for deleted, but it says "
                                                + setting))));
            }
        }
        return warnings;
    }

    /** What is decided stays decided, so nothing depends on whether a Decision is deleted. */
    private static boolean isEvidence(ManifestKind kind) {
        return kind == ManifestKind.DECISION;
    }

    private boolean differs(Manifest manifest) {
        return before.find(manifest.kind(), manifest.key())
                .filter(other -> Objects.equals(tree(other), tree(manifest)))
                .isEmpty();
    }

    private static JsonNode tree(Manifest manifest) {
        return manifest.document().at(manifest.pointer());
    }

    private static JsonNode metadata(Manifest manifest) {
        return tree(manifest).path("metadata");
    }

    private static Warning warning(Manifest manifest, String message) {
        return new Warning("AppliedOtherwise", manifest.kind().word() + " " + manifest.key(), message);
    }
}
