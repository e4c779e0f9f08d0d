package dev.portcullis.it.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What somebody tries. */
@FunctionalInterface
interface Act {
    ObjectMapper JSON = new ObjectMapper();
    String JSON_TYPE = "application/json";
    String MERGE_PATCH = "application/merge-patch+json";

    void by(String user, Target target, Cluster cluster);

    // ---------------------------------------------------------------------------------------- changes

    /** {@code kubectl patch --type merge}, which is what kubectl annotate, label and edit send; null removes. */
    static Act merges(Map<String, ?> patch) {
        return sends("PATCH", "", MERGE_PATCH, json(patch));
    }

    static Act annotates(@Nullable String... keysAndValues) {
        return merges(Map.of("metadata", Map.of("annotations", map(keysAndValues))));
    }

    static Act labels(String... keysAndValues) {
        return merges(Map.of("metadata", Map.of("labels", map(keysAndValues))));
    }

    static Act sets(String field, @Nullable Object value) {
        Map<String, @Nullable Object> spec = new HashMap<>();
        spec.put(field, value);
        return merges(Map.of("spec", spec));
    }

    static Act sendsJsonPatch(String patch) {
        return sends("PATCH", "", "application/json-patch+json", patch);
    }

    /** Server-side apply with force: takes over the ownership of what it names. */
    static Act applies(Map<String, ? extends @Nullable Object> metadata) {
        return (user, target, cluster) -> {
            Map<String, @Nullable Object> all = new HashMap<>(metadata);
            all.put("name", target.name());
            sends(
                            "PATCH",
                            "?fieldManager=takeover&force=true",
                            "application/apply-patch+yaml",
                            json(Map.of(
                                    "apiVersion",
                                    "portcullis.dev/v1alpha1",
                                    "kind",
                                    target.kind().kind,
                                    "metadata",
                                    all)))
                    .by(user, target, cluster);
        };
    }

    /** A manifest that says {@code annotations:} and nothing after it. */
    static Act appliesNothingAs(String... partsOfMetadata) {
        Map<String, @Nullable Object> nothing = new HashMap<>();
        Stream.of(partsOfMetadata).forEach(part -> nothing.put(part, null));
        return applies(nothing);
    }

    /** Server-side apply of a whole manifest, which creates what is not there. */
    static Act appliesAll(GenericManifest manifest) {
        return (user, target, cluster) -> sends(
                        "PATCH",
                        "?fieldManager=takeover&force=true",
                        "application/apply-patch+yaml",
                        Serialization.asJson(manifest.named(target.name())))
                .by(user, target, cluster);
    }

    /** Reads it as an administrator would see it, changes it, and puts it back as the user. */
    static Act updates(Consumer<GenericKubernetesResource> change) {
        return (user, target, cluster) -> {
            GenericKubernetesResource stored = cluster.stored(target);
            change.accept(stored);
            sends("PUT", "", JSON_TYPE, Serialization.asJson(stored)).by(user, target, cluster);
        };
    }

    /** {@code kubectl replace} of a manifest: whatever the API server or others have added is not in it. */
    static Act replacesBy(Consumer<GenericKubernetesResource> manifest) {
        return (user, target, cluster) -> {
            GenericKubernetesResource mine = Manifests.agreement(target.name());
            manifest.accept(mine);
            mine.getMetadata()
                    .setResourceVersion(cluster.stored(target).getMetadata().getResourceVersion());
            sends("PUT", "", JSON_TYPE, Serialization.asJson(mine)).by(user, target, cluster);
        };
    }

    static Act dryRuns(Map<String, ?> patch) {
        return sends("PATCH", "?dryRun=All", MERGE_PATCH, json(patch));
    }

    /** Names an owner that is not there. */
    static Act owner() {
        return merges(Map.of(
                "metadata",
                Map.of(
                        "ownerReferences",
                        List.of(new OwnerReferenceBuilder()
                                .withApiVersion("v1")
                                .withKind("ConfigMap")
                                .withName("none")
                                .withUid("1")
                                .build()))));
    }

    /** Adds to annotations or labels. */
    static Act crowds(String field, Map<String, String> entries) {
        return merges(Map.of("metadata", Map.of(field, entries)));
    }

    static Map<String, String> many(int count) {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < count; i++) {
            many.put("x/n" + i, "x");
        }
        return many;
    }

    // ---------------------------------------------------------------------------------------- status

    static Act writesStatus(Map<String, ?> status) {
        return sends("PATCH", "/status", MERGE_PATCH, json(Map.of("status", status)));
    }

    /** As {@link #writesStatus}, with metadata beside it. */
    static Act writesStatusAnd(Map<String, ?> status, Map<String, ?> metadata) {
        return sends("PATCH", "/status", MERGE_PATCH, json(Map.of("status", status, "metadata", metadata)));
    }

    /** {@code kubectl replace --subresource=status}. */
    static Act replacesStatus(Map<String, ?> status) {
        return (user, target, cluster) -> {
            GenericKubernetesResource stored = cluster.stored(target);
            stored.setAdditionalProperty("status", status);
            sends("PUT", "/status", JSON_TYPE, Serialization.asJson(stored)).by(user, target, cluster);
        };
    }

    // ---------------------------------------------------------------------------------------- come and go

    /** Creates it as a whole client does. */
    static Act creates(GenericManifest manifest, Consumer<GenericKubernetesResource> change) {
        return (user, target, cluster) -> {
            GenericKubernetesResource mine = manifest.named(target.name());
            change.accept(mine);
            cluster.createExactly(user, target, cluster.complete(user, mine));
        };
    }

    /** Creates it as it is written here, whoever stamps. */
    static Act createsExactly(GenericManifest manifest, Consumer<GenericKubernetesResource> change) {
        return (user, target, cluster) -> {
            GenericKubernetesResource mine = manifest.named(target.name());
            change.accept(mine);
            cluster.createExactly(user, target, mine);
        };
    }

    static Act deletes() {
        return sends("DELETE", "", JSON_TYPE, "{}");
    }

    /** {@code kubectl delete --cascade}: Foreground or Orphan, which the garbage collector ends. */
    static Act cascades(String policy) {
        return sends("DELETE", "", JSON_TYPE, json(Map.of("propagationPolicy", policy)));
    }

    /** {@code kubectl delete --all}, narrowed to the one object so that other rows stay. */
    static Act deletesCollection() {
        return (user, target, cluster) -> cluster.send(
                user,
                "DELETE",
                target.collection() + "?fieldSelector=metadata.name%3D" + target.name(),
                JSON_TYPE,
                "{}");
    }

    /** One after the other. */
    default Act then(Act next) {
        return (user, target, cluster) -> {
            by(user, target, cluster);
            next.by(user, target, cluster);
        };
    }

    // ---------------------------------------------------------------------------------------- inside

    private static Act sends(String method, String suffix, String contentType, String body) {
        return (user, target, cluster) -> cluster.send(user, method, target.path() + suffix, contentType, body);
    }

    /** A manifest that still needs a name. */
    @FunctionalInterface
    interface GenericManifest {
        GenericKubernetesResource named(String name);
    }

    static Map<String, @Nullable String> map(@Nullable String... keysAndValues) {
        Map<String, @Nullable String> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
