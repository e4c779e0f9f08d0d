package dev.portcullis.engine.manifest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads manifests as people keep them: what the API server would add is added, what it would not know is a fault.
 *
 * @param kinds which are read
 * @param asStored whether they may be as the API server gave them away: with a status, which is not looked at, and all its metadata
 */
public record ManifestReader(Set<ManifestKind> kinds, boolean asStored) {
    /** Of cases, which have all that they are given in one place, and say under decisions what people decide. */
    public static final ManifestReader OF_CASES = new ManifestReader(
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(ManifestKind.DECISION))), false);

    /** Of repositories and exports. */
    public static final ManifestReader OF_REPOSITORIES =
            new ManifestReader(Collections.unmodifiableSet(EnumSet.allOf(ManifestKind.class)), true);

    private static final Set<String> PARTS = Set.of("apiVersion", "kind", "metadata", "spec");

    /** The resource at the pointer; empty where it does not fit, which is then among the faults. */
    public Optional<Manifest> read(YamlDocument document, String pointer, List<Fault> faults) {
        JsonNode node = document.at(pointer);
        Optional<ManifestKind> kind =
                ManifestKind.of(node.path("kind").asText()).filter(kinds::contains);
        if (kind.isEmpty()) {
            faults.add(document.fault(pointer + "/kind", "kind is one of " + ManifestKind.words(kinds)));
            return Optional.empty();
        }
        int before = faults.size();
        checkParts(document, pointer, node, kind.get(), faults);
        Optional<Metadata> read = asStored
                ? StrictReader.read(document, pointer + "/metadata", StoredMetadata.class, faults)
                        .map(StoredMetadata::metadata)
                : StrictReader.read(document, pointer + "/metadata", Metadata.class, faults);
        read.ifPresent(metadata -> checkMetadata(document, pointer, metadata, kind.get(), faults));
        if (read.isEmpty() || faults.size() > before) {
            return Optional.empty();
        }
        Metadata metadata = read.get();
        return kind.get()
                .object(metadata.asStored(kind.get()), document, pointer + "/spec", faults)
                .map(object -> new Manifest(kind.get(), metadata.key(), object, document, pointer));
    }

    private void checkParts(
            YamlDocument document, String pointer, JsonNode node, ManifestKind kind, List<Fault> faults) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            boolean known = PARTS.contains(name) && (!name.equals("spec") || kind.hasSpec());
            if (!known && !(asStored && (name.equals("status") || !kind.hasSpec()))) {
                faults.add(document.fault(
                        pointer + "/" + YamlDocument.escaped(name),
                        "a " + kind.word() + " is given here without " + name + ": leave it out"));
            }
        }
        if (!node.path("apiVersion").asText().equals(kind.apiVersion())) {
            faults.add(document.fault(
                    pointer + "/apiVersion", "apiVersion of a " + kind.word() + " is " + kind.apiVersion()));
        }
        if (!node.path("metadata").isObject()) {
            faults.add(document.fault(pointer, "a " + kind.word() + " has metadata with its name"));
        }
        if (kind.hasSpec() && !node.path("spec").isObject()) {
            faults.add(document.fault(pointer, "a " + kind.word() + " has a spec"));
        }
    }

    private static void checkMetadata(
            YamlDocument document, String pointer, Metadata metadata, ManifestKind kind, List<Fault> faults) {
        if (metadata.name() == null || metadata.name().isEmpty()) {
            faults.add(document.fault(pointer + "/metadata", "metadata.name is required"));
        }
        if ((metadata.namespace() != null) != kind.isNamespaced()) {
            faults.add(document.fault(
                    pointer + "/metadata",
                    kind.isNamespaced()
                            ? "metadata.namespace is required: a " + kind.word() + " is in a namespace"
                            : "a " + kind.word() + " is in no namespace: leave metadata.namespace out"));
        }
    }

    /** The same of what the API server gave away: whatever else it knows is left out. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record StoredMetadata(
            @Nullable String name,
            @Nullable String namespace,
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> annotations) {
        Metadata metadata() {
            return new Metadata(name, namespace, labels, annotations);
        }
    }

    /** What of the metadata is written in a repository. */
    record Metadata(
            @Nullable String name,
            @Nullable String namespace,
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> annotations) {
        String key() {
            String own = String.valueOf(name);
            return namespace == null ? own : namespace + "/" + own;
        }

        ObjectMeta asStored(ManifestKind kind) {
            ObjectMeta stored = new ObjectMeta();
            stored.setName(name);
            stored.setNamespace(namespace);
            stored.setLabels(labels);
            stored.setAnnotations(annotations);
            stored.setGeneration(1L);
            stored.setUid(kind.word() + "/" + key());
            return stored;
        }
    }
}
