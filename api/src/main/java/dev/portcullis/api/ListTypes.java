package dev.portcullis.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/**
 * Says which lists of a schema are sets and which are maps by a key, so that the API server refuses duplicates and server-side apply
 * merges item by item. Input: {@code field=set} or {@code field=map:key}, separated by spaces. Used at build time only.
 */
public final class ListTypes implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        for (String rule : input.split(" ", -1)) {
            String[] fieldAndType = rule.split("=", 2);
            JSONSchemaProps field = schema.getProperties().get(fieldAndType[0]);
            if (field == null || fieldAndType.length != 2) {
                throw new IllegalArgumentException("no such list in the schema: " + rule);
            }
            String[] typeAndKey = fieldAndType[1].split(":", 2);
            field.setXKubernetesListType(typeAndKey[0]);
            if (typeAndKey.length == 2) {
                field.setXKubernetesListMapKeys(List.of(typeAndKey[1]));
            }
        }
        return schema;
    }
}
