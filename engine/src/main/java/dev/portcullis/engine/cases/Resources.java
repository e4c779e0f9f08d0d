package dev.portcullis.engine.cases;

import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Manifests by kind and name; a later one of the same name stands for the earlier. */
final class Resources {
    private final Map<ManifestKind, Map<String, Manifest>> manifests = new EnumMap<>(ManifestKind.class);

    private Resources(Stream<Manifest> all) {
        all.forEach(manifest -> manifests
                .computeIfAbsent(manifest.kind(), kind -> new TreeMap<>())
                .put(manifest.key(), manifest));
    }

    static Resources of(Collection<Manifest> manifests) {
        return new Resources(manifests.stream());
    }

    Resources with(Collection<Manifest> others) {
        return new Resources(
                Stream.concat(manifests.values().stream().flatMap(byKey -> byKey.values().stream()), others.stream()));
    }

    Stream<Manifest> manifests(ManifestKind kind) {
        return manifests.getOrDefault(kind, Map.of()).values().stream();
    }

    <T> Optional<T> find(ManifestKind kind, String key, Class<T> type) {
        return Optional.ofNullable(manifests.getOrDefault(kind, Map.of()).get(key))
                .map(manifest -> type.cast(manifest.object()));
    }

    <T> Stream<T> all(ManifestKind kind, Class<T> type) {
        return manifests(kind).map(manifest -> type.cast(manifest.object()));
    }
}
