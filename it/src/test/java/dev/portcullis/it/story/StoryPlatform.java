package dev.portcullis.it.story;

import dev.portcullis.api.Condition;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.local.Await;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The DataPlatform of a story, as its platform team sees and changes it. */
final class StoryPlatform {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final Pattern CODE = Pattern.compile("confirm-removal=([0-9a-f]+)");

    private final Story story;

    StoryPlatform(Story story) {
        this.story = story;
    }

    DataPlatform get() {
        return story.installation
                .admin()
                .resources(DataPlatform.class)
                .withName(story.warehouse)
                .get();
    }

    void patch(String json) {
        story.installation
                .admin()
                .resources(DataPlatform.class)
                .withName(story.warehouse)
                .patch(MERGE, json);
    }

    Optional<Condition> condition(String type) {
        return Optional.ofNullable(get().getStatus()).flatMap(status -> Conditions.find(status.conditions(), type));
    }

    /** Waits until the condition has the reason, and gives its message. */
    String awaitReason(Duration timeout, String type, String reason) {
        Await.until(
                timeout,
                () -> type + " with reason " + reason + ", but there is " + get().getStatus(),
                () -> condition(type)
                        .filter(condition -> condition.reason().equals(reason))
                        .isPresent());
        return condition(type).orElseThrow().message();
    }

    void awaitReady(Duration timeout) {
        awaitReason(timeout, "Ready", "Comparing");
    }

    /** Confirms what a condition's message asks for. */
    void confirm(String message) {
        Matcher code = CODE.matcher(message);
        if (!code.find()) {
            throw new AssertionError("no code in: " + message);
        }
        patch("{\"metadata\":{\"annotations\":{\"portcullis.dev/confirm-removal\":\"" + code.group(1) + "\"}}}");
    }

    /** A Secret of the operator's namespace, which the operator may read by the Role the guide shows. */
    void secret(String name, Map<String, String> values) {
        String data = values.entrySet().stream()
                .map(entry -> entry.getKey() + ": "
                        + Base64.getEncoder().encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining(", "));
        story.applyAsAdmin("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %1$s, namespace: portcullis-system}
                data: {%2$s}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: read-%1$s, namespace: portcullis-system}
                rules: [{apiGroups: [""], resources: [secrets], resourceNames: [%1$s], verbs: [get]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: read-%1$s, namespace: portcullis-system}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: read-%1$s}
                subjects: [{kind: ServiceAccount, name: portcullis, namespace: portcullis-system}]
                """.formatted(name, data));
    }
}
