package dev.portcullis.cli.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.manifests.ManifestsReader;
import dev.portcullis.cli.manifests.SourceFile;
import dev.portcullis.cli.rehearsal.Mesh;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads all that a plan or a review looks at, each kind in one request. */
public final class ClusterReader {
    private static final String OURS = "/apis/portcullis.dev/v1alpha1/";
    private static final String RIGHTS = "/apis/rbac.authorization.k8s.io/v1/";
    private static final String INSTALLATION = "portcullis-installation";

    /** In whatever namespace it was installed; who may not look in all of them may be allowed to in the usual one. */
    private static final List<String> INSTALLATIONS = List.of(
            "/api/v1/configmaps?fieldSelector=metadata.name%3D" + INSTALLATION,
            "/api/v1/namespaces/portcullis-system/configmaps?fieldSelector=metadata.name%3D" + INSTALLATION,
            "/api/v1/namespaces/portcullis-system/configmaps/" + INSTALLATION);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final List<String> unread = new ArrayList<>();
    private final List<Object> objects = new ArrayList<>();
    private final List<SourceFile> files = new ArrayList<>();

    public ClusterReader(KubernetesClient client) {
        this.client = client;
    }

    public LiveMesh read(ManifestsReader reader) {
        kind(
                "teams",
                Team.class,
                "who belongs to a team is not known, so nobody is taken for a member, and a namespace for a team of its own name");
        kind(
                "dataplatforms",
                DataPlatform.class,
                "without platforms every request looks invalid: ask for the role portcullis-viewer");
        kind("dataproducts", DataProduct.class, "without products every request looks invalid");
        kind("outputports", OutputPort.class, "without ports every request looks invalid");
        kind("approvalpolicies", ApprovalPolicy.class, "what policies ask for is missing from what is said here");
        kind("datausageagreements", DataUsageAgreement.class, "who has access already is not known");
        kind("decisions", Decision.class, "what was filed, and not yet taken, is not known");
        Map<String, Map<String, String>> labels = new HashMap<>();
        list(
                        "/api/v1/namespaces",
                        "Namespace",
                        "namespaces are taken to have no labels, by which policies may choose ports")
                .ifPresent(items -> items.forEach(item -> labels.put(
                        item.path("metadata").path("name").asText(),
                        labels(item.path("metadata").path("labels")))));
        for (String rights : List.of("roles", "clusterroles", "rolebindings", "clusterrolebindings")) {
            list(RIGHTS + rights, kindOf(rights), "who holds a verb on a port is not said in full");
        }
        return new LiveMesh(new Mesh(objects, labels), reader.read(() -> files), installation(), List.copyOf(unread));
    }

    private <T> void kind(String plural, Class<T> type, String without) {
        list(OURS + plural, type.getSimpleName(), without)
                .ifPresent(items -> items.forEach(
                        item -> objects.add(client.getKubernetesSerialization().unmarshal(item.toString(), type))));
    }

    private static String kindOf(String plural) {
        return switch (plural) {
            case "roles" -> "Role";
            case "clusterroles" -> "ClusterRole";
            case "rolebindings" -> "RoleBinding";
            default -> "ClusterRoleBinding";
        };
    }

    /** The items of a kind, each with its kind, which lists leave out. */
    private Optional<ArrayNode> list(String path, String kind, String without) {
        try {
            @Nullable String answer = client.raw(path);
            if (answer == null) {
                throw new CannotBeDone("the cluster does not know " + kind + ": Portcullis is not installed there");
            }
            JsonNode list = JSON.readTree(answer);
            String version = list.path("apiVersion").asText();
            ArrayNode items = JSON.createArrayNode();
            for (JsonNode item : list.path("items")) {
                ObjectNode whole =
                        ((ObjectNode) item).put("apiVersion", version).put("kind", kind);
                if (whole.path("metadata") instanceof ObjectNode metadata) {
                    metadata.remove("managedFields");
                }
                items.add(whole);
                // one by one: there is a bound to what one document may hold
                files.add(new SourceFile(place(path, whole), whole.toString()));
            }
            return Optional.of(items);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                unread.add("you may not list " + path.substring(path.lastIndexOf('/') + 1) + ": " + without);
                return Optional.empty();
            }
            throw Clusters.failure(client, e);
        } catch (JsonProcessingException e) {
            throw new CannotBeDone("the cluster's answer for " + path + " is no JSON", e);
        }
    }

    /** Where an object of the cluster is, for faults. */
    private static String place(String path, JsonNode item) {
        String namespace = item.at("/metadata/namespace").asText();
        return "cluster/" + path.substring(path.lastIndexOf('/') + 1) + "/"
                + (namespace.isEmpty() ? "" : namespace + "/")
                + item.at("/metadata/name").asText();
    }

    private static Map<String, String> labels(JsonNode labels) {
        Map<String, String> map = new HashMap<>();
        labels.properties()
                .forEach(label -> map.put(label.getKey(), label.getValue().asText()));
        return map;
    }

    private Optional<String> installation() {
        return INSTALLATIONS.stream()
                .flatMap(path -> installation(path).stream())
                .findFirst();
    }

    /** @param path of the ConfigMap, or of a list of those with its name */
    private Optional<String> installation(String path) {
        try {
            // nothing where there is none
            @Nullable String answer = client.raw(path);
            if (answer == null) {
                return Optional.empty();
            }
            JsonNode read = JSON.readTree(answer);
            JsonNode map = read.has("items") ? read.path("items").path(0) : read;
            return Optional.of(map.path("data").path("id").asText()).filter(id -> !id.isEmpty());
        } catch (KubernetesClientException | JsonProcessingException e) {
            // its name only matters where roles are named
            return Optional.empty();
        }
    }
}
