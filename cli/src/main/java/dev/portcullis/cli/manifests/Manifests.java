package dev.portcullis.cli.manifests;

import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was read in one place.
 *
 * @param resources by kind and by name, after the namespace and a slash where there is one
 * @param rights who may do what: Roles, ClusterRoles and their bindings
 * @param faults what is wrong; those resources are not among the others
 */
public record Manifests(
        Map<ManifestKind, Map<String, Manifest>> resources, List<RightsManifest> rights, List<Fault> faults) {
    /** Where nothing is. */
    public static final Manifests NONE = new Manifests(Map.of(), List.of(), List.of());

    public Collection<Manifest> all(ManifestKind kind) {
        return resources.getOrDefault(kind, Map.of()).values();
    }

    public Optional<Manifest> find(ManifestKind kind, String key) {
        return Optional.ofNullable(resources.getOrDefault(kind, Map.of()).get(key));
    }

    /** The namespaces that something is in. */
    public Set<String> namespaces() {
        return resources.values().stream()
                .flatMap(byKey -> byKey.keySet().stream())
                .filter(key -> key.indexOf('/') > 0)
                .map(key -> key.substring(0, key.indexOf('/')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The same once others are applied: one of the same kind and name stands for the earlier, and the rest stays. */
    public Manifests with(Manifests others) {
        Map<ManifestKind, Map<String, Manifest>> all = new EnumMap<>(ManifestKind.class);
        resources.forEach((kind, byKey) -> all.put(kind, new TreeMap<>(byKey)));
        others.resources.forEach((kind, byKey) ->
                all.computeIfAbsent(kind, none -> new TreeMap<>()).putAll(byKey));
        return new Manifests(
                all, Stream.concat(rights.stream(), others.rights.stream()).toList(), others.faults);
    }
}
