package dev.portcullis.operator.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kind that is kept as its watch tells it.
 *
 * @param name as kubectl takes it: {@code outputports.portcullis.dev}
 * @param path where the API server has those of all namespaces
 * @param requests the paths of watches of it: of all namespaces, or of one
 * @param kept what is kept under a name
 * @param all everything that is kept
 * @param namespaces whose objects are kept; none: all
 */
public record Watched(
        String name,
        String path,
        Pattern requests,
        Function<ResourceID, ? extends Optional<? extends HasMetadata>> kept,
        Supplier<? extends Stream<? extends HasMetadata>> all,
        Set<String> namespaces) {

    /** A kind of which everything is kept. */
    public static <T extends HasMetadata> Watched of(
            Class<T> kind, Function<ResourceID, Optional<T>> kept, Supplier<Stream<T>> all) {
        String group = HasMetadata.getGroup(kind);
        String plural = HasMetadata.getPlural(kind);
        String version = (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + HasMetadata.getVersion(kind);
        return new Watched(
                group.isEmpty() ? plural : plural + "." + group,
                version + "/" + plural,
                // the API server may be behind a path of a proxy
                Pattern.compile(".*" + Pattern.quote(version) + "(/namespaces/[^/]+)?/" + Pattern.quote(plural)),
                kept,
                all,
                Set.of());
    }

    /** @param namespaces whose objects are kept; none: all */
    public Watched in(Set<String> namespaces) {
        return new Watched(name, path, requests, kept, all, namespaces);
    }

    boolean isInSight(ResourceID id) {
        return namespaces.isEmpty()
                || id.getNamespace().map(namespaces::contains).orElse(true);
    }

    boolean isShown(Change change) {
        return change.isShownBy(kept.apply(change.id()));
    }
}
