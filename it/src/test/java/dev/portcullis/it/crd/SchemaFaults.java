package dev.portcullis.it.crd;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a schema can refuse, in the API server's words as far as they can be known beforehand. */
final class SchemaFaults {
    private final List<String> faults = new ArrayList<>();

    private SchemaFaults() {}

    /** Everything that a spec can be refused for, and the name. */
    static List<String> of(CustomResourceDefinition type) {
        SchemaFaults all = new SchemaFaults();
        JSONSchemaProps root = type.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
        all.addRules(root);
        root.getRequired().forEach(name -> all.faults.add(name + ": Required value"));
        all.add("spec", root.getProperties().get("spec"));
        return all.faults;
    }

    /** A message without what one file happens to have: positions in lists, names in maps. */
    static String general(String message) {
        return message.replaceAll("\\[\\d+\\]", "[]")
                .replaceAll("(links|attributes|answers|policyTerms|namespaceLabels)\\.\\w+", "$1.*");
    }

    private void add(String path, JSONSchemaProps schema) {
        addRules(schema);
        addIf(schema.getMaxLength() != null, path + ": Too long: may not be more than " + schema.getMaxLength());
        addIf(
                schema.getMinLength() != null,
                path + " in body should be at least " + schema.getMinLength() + " chars long");
        addIf(schema.getPattern() != null, path + " in body should match");
        addIf(schema.getMaximum() != null, path + " in body should be less than or equal to");
        addIf(schema.getMinimum() != null, path + " in body should be greater than or equal to");
        addIf(schema.getEnum() != null && !schema.getEnum().isEmpty(), path + ": Unsupported value");
        addIf(schema.getMaxItems() != null, path + ": Too many: " + most(schema.getMaxItems()));
        addIf(schema.getMinItems() != null, path + " in body should have at least");
        addIf(schema.getMaxProperties() != null, path + ": Too many: " + most(schema.getMaxProperties()));
        addIf(
                List.of("set", "map")
                        .contains(Optional.ofNullable(schema.getXKubernetesListType())
                                .orElse("")),
                path + "[]: Duplicate value");
        schema.getRequired().forEach(name -> faults.add(path + "." + name + ": Required value"));
        if (schema.getItems() != null) {
            add(path + "[]", schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null) {
            add(path + ".*", schema.getAdditionalProperties().getSchema());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, field) -> add(path + "." + name, field));
        }
    }

    private void addRules(JSONSchemaProps schema) {
        schema.getXKubernetesValidations().stream()
                .map(ValidationRule::getMessage)
                .forEach(faults::add);
    }

    private void addIf(boolean bounded, String fault) {
        if (bounded) {
            faults.add(fault);
        }
    }

    private static String most(Long bound) {
        return bound == null ? "" : (bound + 1) + ": must have at most " + bound + " items";
    }
}
