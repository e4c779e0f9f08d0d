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

/** Reads what concerns us of a repository: our kinds, namespaces for their labels, and who may do what. All else there is somebody else's. */
public final class ManifestsReader {
    private static final String GROUP = "portcullis.dev/";
    private static final String RIGHTS_GROUP = "rbac.authorization.k8s.io/";
    private static final Set<String> RIGHTS = Set.of("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");
    /** Written by the operator alone: nobody asks for anything by it. */
    private static final String GRANT = "AccessGrant";

    private final PolicyManifestCheck policies;

    public ManifestsReader(PolicyManifestCheck policies) {
        this.policies = policies;
    }

    public Manifests read(Source source) {
        Reading reading = new Reading();
        source.files().forEach(reading::add);
        return new Manifests(reading.resources, reading.rights, List.copyOf(reading.faults));
    }

    private final class Reading {
        private final Map<ManifestKind, Map<String, Manifest>> resources = new EnumMap<>(ManifestKind.class);
        private final List<RightsManifest> rights = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();

        void add(SourceFile file) {
            YamlText.documents(file.name(), file.text(), faults).forEach(document -> add(document, ""));
        }

        private void add(YamlDocument document, String pointer) {
            JsonNode node = document.at(pointer);
            String version = node.path("apiVersion").asText();
            String kind = node.path("kind").asText();
            if (kind.endsWith("List") && node.path("items").isArray()) {
                for (int i = 0; i < node.path("items").size(); i++) {
                    add(document, pointer + "/items/" + i);
                }
            } else if (version.startsWith(RIGHTS_GROUP) && RIGHTS.contains(kind)) {
                rights.add(new RightsManifest(node));
            } else if (isOurs(version, kind)) {
                ManifestReader.OF_REPOSITORIES.read(document, pointer, faults).ifPresent(this::keep);
            }
        }

        private void keep(Manifest manifest) {
            policies.check(manifest, faults);
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
