package dev.portcullis.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.live.ClusterObjects.Kind;
import dev.portcullis.cli.manifests.ManifestsReader;
import dev.portcullis.cli.manifests.SourceFile;
import dev.portcullis.cli.rehearsal.Mesh;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads all that a plan or a review looks at, each kind in one request. What the caller may not read everywhere is read in the namespaces that matter. */
public final class ClusterReader {
    private static final String OURS = "/apis/portcullis.dev/v1alpha1/";
    private static final String RIGHTS = "/apis/rbac.authorization.k8s.io/v1/";
    private static final String NAMESPACES = "/api/v1/namespaces/";
    private static final String INSTALLATION = "portcullis-installation";

    /** In whatever namespace it was installed; who may not look in all of them may be allowed to in the usual one. */
    private static final List<String> INSTALLATIONS = List.of(
            "/api/v1/configmaps?fieldSelector=metadata.name%3D" + INSTALLATION,
            NAMESPACES + "portcullis-system/configmaps?fieldSelector=metadata.name%3D" + INSTALLATION,
            NAMESPACES + "portcullis-system/configmaps/" + INSTALLATION);

    private static final Kind AGREEMENTS = new Kind(OURS, "datausageagreements", "DataUsageAgreement", true);

    private static final List<Kind> HOLDERS = List.of(
            new Kind(RIGHTS, "roles", "Role", true),
            new Kind(RIGHTS, "clusterroles", "ClusterRole", false),
            new Kind(RIGHTS, "rolebindings", "RoleBinding", true),
            new Kind(RIGHTS, "clusterrolebindings", "ClusterRoleBinding", false));

    /** What follows from what may not be read, for a plan. */
    private static final Map<String, String> NOT_PLANNED = Map.of(
            "teams",
            "who belongs to a team is not known, so nobody is taken for a member, and a namespace for a team of its own name",
            "dataplatforms",
            "without platforms every request looks invalid: ask for the role portcullis-reviewer",
            "dataproducts",
            "without products every request looks invalid: ask for the role portcullis-viewer",
            "outputports",
            "without ports every request looks invalid: ask for the role portcullis-viewer",
            "approvalpolicies",
            "what policies ask for is missing from what is said here",
            "datausageagreements",
            "who has access already is not known",
            "decisions",
            "what was filed, and not yet taken, is not known",
            "namespaces",
            "namespaces are taken to have no labels, by which policies may choose ports");

    /** The same for a review, which is of one request that the operator has looked at. */
    private static final Map<String, String> NOT_REVIEWED = Map.of(
            "teams",
            "teams and attributes of people are not shown, and who may decide is not named",
            "dataplatforms",
            "what is offered now is not compared with what is asked for",
            "dataproducts",
            "the data product is not looked at",
            "outputports",
            "what the port says of itself is not shown",
            "approvalpolicies",
            "what policies say is not shown",
            "datausageagreements",
            "who has the access already, and what was refused, is not shown",
            "decisions",
            "what was filed, and not yet taken, is not looked at",
            "namespaces",
            "policies that choose ports by labels of namespaces may not be shown");

    private final KubernetesClient client;
    private final ClusterObjects cluster;
    private final Map<String, String> without;
    private final SortedSet<String> near;
    private final List<Object> objects = new ArrayList<>();
    private final List<SourceFile> files = new ArrayList<>();

    public ClusterReader(KubernetesClient client) {
        this(client, Set.of(), NOT_PLANNED);
    }

    /** @param near the namespaces that matter */
    private ClusterReader(KubernetesClient client, Collection<String> near, Map<String, String> without) {
        this.client = client;
        this.without = without;
        this.cluster = new ClusterObjects(client);
        this.near = new TreeSet<>(near);
    }

    /** What is to be known around one agreement. @throws CannotBeDone where it is not there, or may not be read */
    public static LiveMesh around(KubernetesClient client, String namespace, String name, ManifestsReader reader) {
        ObjectNode agreement = agreement(client, namespace, name);
        return new ClusterReader(
                        client,
                        List.of(
                                namespace,
                                agreement.at("/spec/provider/namespace").asText()),
                        NOT_REVIEWED)
                .read(reader, Optional.of(agreement));
    }

    private static ObjectNode agreement(KubernetesClient client, String namespace, String name) {
        try {
            return new ClusterObjects(client)
                    .one(AGREEMENTS, namespace, name)
                    .orElseThrow(() -> new CannotBeDone("there is no agreement " + name + " in namespace " + namespace
                            + ": kubectl get dua -n " + namespace + " lists those that are"));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                throw new CannotBeDone(
                        "you may not read agreement " + namespace + "/" + name
                                + ": ask for the role portcullis-viewer in namespace " + namespace,
                        e);
            }
            throw Clusters.failure(client, e);
        }
    }

    public LiveMesh read(ManifestsReader reader) {
        return read(reader, Optional.empty());
    }

    /** @param known an agreement that may be read, whatever else may; then who holds which verb is not looked at, since agreements do not tell */
    private LiveMesh read(ManifestsReader reader, Optional<ObjectNode> known) {
        keep(Team.class, ours("teams", "Team", false));
        keep(DataPlatform.class, ours("dataplatforms", "DataPlatform", false));
        keep(DataProduct.class, ours("dataproducts", "DataProduct", true));
        keep(OutputPort.class, ours("outputports", "OutputPort", true));
        keep(ApprovalPolicy.class, ours("approvalpolicies", "ApprovalPolicy", false));
        List<ObjectNode> agreements = list(AGREEMENTS);
        known.filter(one -> agreements.stream().noneMatch(other -> isSame(one, other)))
                .ifPresent(agreements::add);
        keep(DataUsageAgreement.class, AGREEMENTS, agreements);
        keep(Decision.class, ours("decisions", "Decision", true));
        Map<String, Map<String, String>> labels = labels();
        if (known.isEmpty()) {
            for (Kind rights : HOLDERS) {
                file(rights, list(rights));
            }
        }
        return new LiveMesh(new Mesh(objects, labels), reader.read(() -> files), installation(), cluster.unread());
    }

    private static Kind ours(String plural, String word, boolean namespaced) {
        return new Kind(OURS, plural, word, namespaced);
    }

    private List<ObjectNode> list(Kind kind) {
        return new ArrayList<>(cluster.list(
                kind, near, without.getOrDefault(kind.plural(), "who holds a verb on a port is not said in full")));
    }

    private <T> void keep(Class<T> type, Kind kind) {
        keep(type, kind, list(kind));
    }

    private <T> void keep(Class<T> type, Kind kind, List<ObjectNode> items) {
        file(kind, items);
        items.forEach(item -> objects.add(client.getKubernetesSerialization().unmarshal(item.toString(), type)));
    }

    /** One by one: there is a bound to what one document may hold. */
    private void file(Kind kind, List<ObjectNode> items) {
        items.forEach(item -> files.add(new SourceFile(place(kind, item), item.toString())));
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        return one.at("/metadata/namespace").equals(other.at("/metadata/namespace"))
                && one.at("/metadata/name").equals(other.at("/metadata/name"));
    }

    /** Where an object of the cluster is, for faults. */
    private static String place(Kind kind, JsonNode item) {
        String namespace = item.at("/metadata/namespace").asText();
        return "cluster/" + kind.plural() + "/" + (namespace.isEmpty() ? "" : namespace + "/")
                + item.at("/metadata/name").asText();
    }

    /** Of namespaces, by their names. */
    private Map<String, Map<String, String>> labels() {
        Kind namespaces = new Kind("/api/v1/", "namespaces", "Namespace", false);
        List<JsonNode> all = new ArrayList<>();
        // who may not list them may still read some
        near.forEach(name -> cluster.at(NAMESPACES + name).ifPresent(all::add));
        List<ObjectNode> listed = list(namespaces);
        file(namespaces, listed);
        all.addAll(listed);
        Map<String, Map<String, String>> labels = new HashMap<>();
        all.forEach(item -> labels.put(item.at("/metadata/name").asText(), labels(item.at("/metadata/labels"))));
        return labels;
    }

    private static Map<String, String> labels(JsonNode labels) {
        Map<String, String> map = new HashMap<>();
        labels.properties()
                .forEach(label -> map.put(label.getKey(), label.getValue().asText()));
        return map;
    }

    /** Its name only matters where roles are named. */
    private Optional<String> installation() {
        return INSTALLATIONS.stream()
                .flatMap(path -> cluster.at(path).stream())
                .map(found -> found.has("items") ? found.path("items").path(0) : found)
                .map(map -> map.path("data").path("id").asText())
                .filter(id -> !id.isEmpty())
                .findFirst();
    }
}
