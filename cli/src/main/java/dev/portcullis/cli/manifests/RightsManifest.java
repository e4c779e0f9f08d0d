package dev.portcullis.cli.manifests;

import com.fasterxml.jackson.databind.JsonNode;

/** A Role, ClusterRole, RoleBinding or ClusterRoleBinding as it is written. */
public record RightsManifest(JsonNode tree) {
    public String kind() {
        return tree.path("kind").asText();
    }

    public String name() {
        return tree.path("metadata").path("name").asText();
    }

    /** Empty for what is in no namespace. */
    public String namespace() {
        return tree.path("metadata").path("namespace").asText();
    }
}
