package dev.portcullis.cli.plan;

import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.report.PlanResult.Warning;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Namespaces that a change deletes: everything in them goes with them, whatever manifests there still are.
 *
 * @param names of the namespaces
 */
record GoneNamespaces(SortedSet<String> names) {
    static GoneNamespaces between(Manifests before, Manifests after) {
        return new GoneNamespaces(before.all(ManifestKind.NAMESPACE).stream()
                .map(Manifest::key)
                .filter(name -> after.find(ManifestKind.NAMESPACE, name).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** What is left of manifests. */
    Manifests without(Manifests after) {
        if (names.isEmpty()) {
            return after;
        }
        Map<ManifestKind, Map<String, Manifest>> left = new EnumMap<>(ManifestKind.class);
        after.resources().forEach((kind, byKey) -> {
            Map<String, Manifest> kept = new TreeMap<>(byKey);
            kept.keySet().removeIf(key -> kind.isNamespaced() && names.contains(namespace(key)));
            left.put(kind, kept);
        });
        return new Manifests(
                left,
                after.rights().stream()
                        .filter(right -> !names.contains(right.namespace()))
                        .toList(),
                after.faults());
    }

    private static String namespace(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    /** @param after all that is written */
    List<Warning> warnings(Manifests after) {
        return names.stream()
                .map(name -> new Warning(
                        "NamespaceDeleted",
                        "Namespace " + name,
                        "its manifest is gone, so it is deleted, and everything in it with it, also what has no manifest here: agreements end and their access"
                                + " is revoked" + stranded(name, after)))
                .toList();
    }

    private static String stranded(String name, Manifests after) {
        long count = after.resources().entrySet().stream()
                .filter(kind -> kind.getKey().isNamespaced())
                .flatMap(kind -> kind.getValue().keySet().stream())
                .filter(key -> namespace(key).equals(name))
                .count();
        return count == 0 ? "" : "; " + count + " manifest(s) for it are still here, and cannot be applied without it";
    }
}
