package dev.portcullis.cli.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.cli.console.CannotBeDone;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The objects of a cluster as far as the caller may read them: everywhere, else in the namespaces that matter; what is left out is noted. */
final class ClusterObjects {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final List<String> unread = new ArrayList<>();

    ClusterObjects(KubernetesClient client) {
        this.client = client;
    }

    /** A kind of resource, each of which is in a namespace unless {@code namespaced} says otherwise. */
    record Kind(String group, String plural, String word, boolean namespaced) {
        String in(String namespace) {
            return group + "namespaces/" + namespace + "/" + plural;
        }
    }

    /** What may not be read, and what follows from that. */
    List<String> unread() {
        return List.copyOf(unread);
    }

    /**
     * All of a kind, each with its kind, which lists leave out.
     *
     * @param near the namespaces that matter
     * @param without what follows where nothing may be read
     */
    List<ObjectNode> list(Kind kind, SortedSet<String> near, String without) {
        Optional<List<ObjectNode>> all = items(kind.group() + kind.plural(), kind);
        if (all.isPresent()) {
            return all.get();
        }
        List<ObjectNode> some = new ArrayList<>();
        SortedSet<String> read = new TreeSet<>();
        if (kind.namespaced()) {
            for (String namespace : near) {
                items(kind.in(namespace), kind).ifPresent(items -> {
                    read.add(namespace);
                    some.addAll(items);
                });
            }
        }
        unread.add(
                read.isEmpty()
                        ? "you may not list " + kind.plural() + ": " + without
                        : "you may not list " + kind.plural() + " in all namespaces: of others than "
                                + String.join(", ", read) + " none is known here");
        return some;
    }

    /** Empty where that may not be read. */
    private Optional<List<ObjectNode>> items(String path, Kind kind) {
        return ifAllowed(() -> {
            JsonNode list = json(path)
                    .orElseThrow(
                            () -> new CannotBeDone(
                                    "the cluster does not know " + kind.word()
                                            + ": Portcullis is not installed there; look at the context of your kubeconfig, or install it"));
            String version = list.path("apiVersion").asText();
            List<ObjectNode> items = new ArrayList<>();
            for (JsonNode item : list.path("items")) {
                items.add(whole((ObjectNode) item, version, kind));
            }
            return items;
        });
    }

    /** One object; empty where it is not there. @throws KubernetesClientException where that may not be read */
    Optional<ObjectNode> one(Kind kind, String namespace, String name) {
        return json(kind.in(namespace) + "/" + name)
                .map(found -> whole((ObjectNode) found, found.path("apiVersion").asText(), kind));
    }

    /** What is at a path; empty where nothing is, or where that may not be read. */
    Optional<JsonNode> at(String path) {
        return ifAllowed(() -> json(path)).flatMap(found -> found);
    }

    private static ObjectNode whole(ObjectNode object, String version, Kind kind) {
        object.put("apiVersion", version).put("kind", kind.word());
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return object;
    }

    private interface Asking<T> {
        T answer();
    }

    private <T> Optional<T> ifAllowed(Asking<T> question) {
        try {
            return Optional.of(question.answer());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw Clusters.failure(client, e);
        }
    }

    private Optional<JsonNode> json(String path) {
        try {
            @Nullable String answer = client.raw(path);
            return answer == null ? Optional.empty() : Optional.of(JSON.readTree(answer));
        } catch (JsonProcessingException e) {
            throw new CannotBeDone("the cluster's answer for " + path + " is no JSON", e);
        }
    }
}
