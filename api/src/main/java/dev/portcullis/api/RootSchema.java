package dev.portcullis.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;

/**
 * Makes {@code spec} required and describes the kind. Input: the description; after a {@code |} what the status is, where not the operator writes it. Used at
 * build time only.
 */
public final class RootSchema implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        String[] texts = input.split("\\|", 2);
        schema.setDescription(texts[0]);
        schema.setRequired(List.of("spec"));
        Map<String, String> parts = Map.of(
                "spec",
                "What is wanted.",
                "status",
                texts.length == 2 ? texts[1] : "What the operator found and did. Only the operator writes it.");
        schema.getProperties().forEach((field, part) -> part.setDescription(parts.get(field)));
        return schema;
    }
}
