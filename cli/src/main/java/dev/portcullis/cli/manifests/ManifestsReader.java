package dev.portcullis.cli.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import dev.portcullis.engine.manifest.ManifestReader;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import dev.portcullis.engine.manifest.YamlDocument;
import dev.portcullis.engine.manifest.YamlText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads what concerns us of a repository: our kinds, namespaces for their labels, and who may do what. All else there is somebody else's. A file that another one repeats
 * is read once: the two sides of a change have most files in common.
 */
public final class ManifestsReader {
    private static final String GROUP = "portcullis.dev/";
    private static final String RIGHTS_GROUP = "rbac.authorization.k8s.io/";
    private static final Set<String> RIGHTS = Set.of("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");
    /** Written by the operator alone: nobody asks for anything by it. */
    private static final String GRANT = "AccessGrant";

    private final PolicyManifestCheck policies;
    private final Map<Content, Reading> known = new ConcurrentHashMap<>();

    public ManifestsReader(PolicyManifestCheck policies) {
        this.policies = policies;
    }

    public Manifests read(Source source) {
        // each file by itself, on all processors; what they come to together is told in the order of the files
        Merging merging = new Merging();
        source.files().parallelStream().map(this::read).toList().forEach(merging::add);
        return new Manifests(merging.resources, merging.rights, List.copyOf(merging.faults));
    }

    private Reading read(SourceFile file) {
        Content content = new Content(Steering.name(file.name()), file.text());
        return Optional.ofNullable(known.get(content))
                .map(same -> same.in(file.name()))
                .orElseGet(() -> {
                    Reading reading = readAnew(file);
                    // faults name the file
                    if (reading.faults().isEmpty()) {
                        known.put(content, reading);
                    }
                    return reading;
                });
    }

    private Reading readAnew(SourceFile file) {
        Reading reading = new Reading(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Steering.faultOf(file.name())
                .or(() -> Steering.faultIn(file))
                .ifPresentOrElse(
                        fault -> reading.faults().add(new Fault(file.name(), 1, fault)),
                        () -> readManifests(file, reading));
        return reading;
    }

    private void readManifests(SourceFile file, Reading reading) {
        YamlText.documents(file.name(), file.text(), reading.faults()).forEach(document -> read(document, "", reading));
        if (!reading.resources().isEmpty() || !reading.rights().isEmpty()) {
            Steering.faultOfManifests(file).ifPresent(fault -> reading.faults().add(new Fault(file.name(), 1, fault)));
        }
    }

    private void read(YamlDocument document, String pointer, Reading reading) {
        JsonNode node = document.at(pointer);
        String version = node.path("apiVersion").asText();
        String kind = node.path("kind").asText();
        // whatever its kind, as those who apply it do
        if (node.path("items").isArray()) {
            for (int i = 0; i < node.path("items").size(); i++) {
                read(document, pointer + "/items/" + i, reading);
            }
        } else if (version.startsWith(RIGHTS_GROUP) && RIGHTS.contains(kind)) {
            reading.rights().add(new RightsManifest(node));
        } else if (isOurs(version, kind)) {
            ManifestReader.OF_REPOSITORIES
                    .read(document, pointer, reading.faults())
                    .ifPresent(manifest -> {
                        policies.check(manifest, reading.faults());
                        reading.resources().add(manifest);
                    });
        }
    }

    /** All that a reading depends on. */
    private record Content(String name, String text) {}

    /** What one file has. */
    private record Reading(List<Manifest> resources, List<RightsManifest> rights, List<Fault> faults) {
        /** The same of another file. */
        Reading in(String file) {
            return new Reading(
                    resources.stream().map(manifest -> manifest.in(file)).toList(), rights, faults);
        }
    }

    /** What all files have. */
    private static final class Merging {
        private final Map<ManifestKind, Map<String, Manifest>> resources = new EnumMap<>(ManifestKind.class);
        private final List<RightsManifest> rights = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();

        void add(Reading file) {
            rights.addAll(file.rights());
            faults.addAll(file.faults());
            file.resources().forEach(this::keep);
        }

        private void keep(Manifest manifest) {
            Optional<Manifest> other = Optional.ofNullable(resources
                    .computeIfAbsent(manifest.kind(), kind -> new TreeMap<>())
                    .putIfAbsent(manifest.key(), manifest));
            other.ifPresent(first -> faults.add(manifest.fault(
                    "/metadata",
                    "there is another " + manifest.kind().word() + " " + manifest.key() + " in "
                            + first.document().file() + ", line "
                            + first.document().line(first.pointer())
                            + ": leave one of them out, since the one that is applied last would win")));
        }
    }

    private static boolean isOurs(String version, String kind) {
        return (version.startsWith(GROUP) && !kind.equals(GRANT))
                || (version.equals("v1") && kind.equals(ManifestKind.NAMESPACE.word()));
    }
}
