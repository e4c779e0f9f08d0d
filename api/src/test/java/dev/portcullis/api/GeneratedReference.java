package dev.portcullis.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** docs/reference.md: every field of every kind, out of the CustomResourceDefinitions. */
final class GeneratedReference {
    private final StringBuilder text = new StringBuilder();

    private GeneratedReference() {}

    static String markdown(Collection<String> crds) {
        GeneratedReference reference = new GeneratedReference();
        reference
                .text
                .append(
                        "# Reference\n\nEvery field of every kind, generated from the types in `api/` by `dev/update-crds`. ")
                .append("API group `portcullis.dev`, version `v1alpha1`.\n");
        KubernetesSerialization serialization = new KubernetesSerialization();
        crds.forEach(yaml -> reference.addKind(serialization.unmarshal(yaml, CustomResourceDefinition.class)));
        return reference.text.toString();
    }

    private void addKind(CustomResourceDefinition crd) {
        JSONSchemaProps root = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
        text.append("\n## ").append(crd.getSpec().getNames().getKind()).append("\n\n");
        text.append(root.getDescription())
                .append(" Scope: ")
                .append(crd.getSpec().getScope())
                .append(".\n\n");
        text.append("| field | type | default | meaning |\n|---|---|---|---|\n");
        for (String part : List.of("spec", "status")) {
            addFields(part, root.getProperties().get(part));
        }
    }

    private void addFields(String path, JSONSchemaProps schema) {
        Map<String, JSONSchemaProps> fields = schema.getProperties();
        if (fields == null) {
            return;
        }
        new TreeMap<>(fields).forEach((name, field) -> {
            boolean required =
                    schema.getRequired() != null && schema.getRequired().contains(name);
            text.append("| `").append(path).append('.').append(name).append('`').append(required ? " (required)" : "");
            text.append(" | ")
                    .append(type(field))
                    .append(" | ")
                    .append(defaultOf(field))
                    .append(" | ");
            text.append(field.getDescription().replace("|", "\\|")).append(" |\n");
            addFields(path + "." + name, field);
            if (field.getItems() != null) {
                addFields(path + "." + name + "[]", field.getItems().getSchema());
            }
        });
    }

    private static String type(JSONSchemaProps field) {
        if (field.getEnum() != null && !field.getEnum().isEmpty()) {
            return field.getEnum().stream()
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (field.getItems() != null) {
            return "list of " + type(field.getItems().getSchema()) + ", at most " + field.getMaxItems();
        }
        if (field.getAdditionalProperties() != null) {
            return "map, at most " + field.getMaxProperties();
        }
        return field.getMaxLength() == null ? field.getType() : field.getType() + ", at most " + field.getMaxLength();
    }

    private static String defaultOf(JSONSchemaProps field) {
        return field.getDefault() == null ? "" : "`" + field.getDefault() + "`";
    }
}
