package dev.portcullis.cli.exports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.cli.manifests.FolderSource;
import dev.portcullis.cli.manifests.SourceFile;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestReader;
import dev.portcullis.engine.manifest.YamlDocument;
import dev.portcullis.engine.manifest.YamlText;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads manifests as they are in a repository, or as kubectl get -o yaml wrote them: with what the operator said of them. A status is believed, as it is in a backup.
 */
final class FolderInventory {
    private static final Set<String> KINDS = Set.of("Team", "DataProduct", "OutputPort", "DataUsageAgreement");
    private static final ObjectMapper STATUS =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final List<DataUsageAgreement> agreements = new ArrayList<>();
    private final List<OutputPort> ports = new ArrayList<>();
    private final List<DataProduct> products = new ArrayList<>();
    private final List<Team> teams = new ArrayList<>();
    private final Map<String, Manifest> kept = new HashMap<>();
    private final List<Fault> faults;

    private FolderInventory(List<Fault> faults) {
        this.faults = faults;
    }

    /** @param faults what cannot be read is added */
    static Inventory read(Path folder, List<Fault> faults) {
        FolderInventory reading = new FolderInventory(faults);
        for (SourceFile file : new FolderSource(folder).files()) {
            YamlText.documents(file.name(), file.text(), faults).forEach(document -> reading.add(document, ""));
        }
        return new Inventory(reading.agreements, reading.ports, reading.products, reading.teams);
    }

    private void add(YamlDocument document, String pointer) {
        JsonNode node = document.at(pointer);
        String kind = node.path("kind").asText();
        if (kind.endsWith("List") && node.path("items").isArray()) {
            for (int i = 0; i < node.path("items").size(); i++) {
                add(document, pointer + "/items/" + i);
            }
        } else if (KINDS.contains(kind) && node.path("apiVersion").asText().startsWith(PortcullisApi.GROUP + "/")) {
            ManifestReader.OF_REPOSITORIES.read(document, pointer, faults).ifPresent(this::keep);
        }
    }

    private void keep(Manifest manifest) {
        @Nullable Manifest other = kept.putIfAbsent(manifest.kind().word() + " " + manifest.key(), manifest);
        if (other != null) {
            faults.add(manifest.fault(
                    "/metadata",
                    "there is another " + manifest.kind().word() + " " + manifest.key() + " in "
                            + other.document().file() + ", line "
                            + other.document().line(other.pointer())
                            + ": leave one of them out, since nobody can tell which one is meant"));
            return;
        }
        Object object = manifest.object();
        if (object instanceof DataUsageAgreement agreement) {
            asStored(agreement, manifest);
            agreements.add(agreement);
        } else if (object instanceof OutputPort port) {
            ports.add(port);
        } else if (object instanceof DataProduct product) {
            products.add(product);
        } else if (object instanceof Team team) {
            teams.add(team);
        }
    }

    private void asStored(DataUsageAgreement agreement, Manifest manifest) {
        JsonNode node = manifest.document().at(manifest.pointer());
        ObjectMeta metadata = agreement.getMetadata();
        metadata.setUid(node.at("/metadata/uid").textValue());
        metadata.setCreationTimestamp(node.at("/metadata/creationTimestamp").textValue());
        if (node.path("status").isObject()) {
            try {
                agreement.setStatus(STATUS.treeToValue(node.path("status"), DataUsageAgreementStatus.class));
            } catch (JsonProcessingException e) {
                faults.add(manifest.fault("/status", e.getOriginalMessage()));
            }
        }
    }
}
