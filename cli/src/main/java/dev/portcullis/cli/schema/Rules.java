package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a schema, and of those below it. Asked of a value that fits the schema otherwise. */
final class Rules {
    private final List<Refusal> refusals;
    private final List<Refusal> refusedChanges;

    /** @param refusedChanges what is wrong only by comparison with what was there */
    Rules(List<Refusal> refusals, List<Refusal> refusedChanges) {
        this.refusals = refusals;
        this.refusedChanges = refusedChanges;
    }

    /** @param old null where nothing was */
    void check(JsonNode value, @Nullable JsonNode old, Schema schema, FieldPath path) {
        if (!schema.ruled() || value.isNull()) {
            return;
        }
        if (!schema.rules().isEmpty()) {
            ask(value, old, schema, path);
        }
        if (value.isObject()) {
            for (var field : value.properties()) {
                String name = field.getKey();
                JsonNode oldField = old == null ? null : old.get(name);
                Schema known = schema.properties().get(name);
                if (known != null) {
                    check(field.getValue(), oldField, known, path.field(name));
                } else if (schema.values() != null) {
                    check(field.getValue(), oldField, schema.values(), path.key(name));
                }
            }
        } else if (value.isArray() && schema.items() != null) {
            Map<Object, JsonNode> olds = byKey(old, schema.list());
            for (int i = 0; i < value.size(); i++) {
                JsonNode oldElement =
                        olds.isEmpty() ? null : olds.get(schema.list().keyOf(value.get(i)));
                check(value.get(i), oldElement, schema.items(), path.index(i));
            }
        }
    }

    private void ask(JsonNode value, @Nullable JsonNode old, Schema schema, FieldPath path) {
        Object self = CelValues.of(value, schema);
        Object oldSelf = old == null || old.isNull() ? null : CelValues.of(old, schema);
        for (Rule rule : schema.rules()) {
            Optional<String> fault = rule.fault(self, oldSelf);
            if (fault.isPresent()) {
                String shown = value.isContainerNode() ? "" : Printed.of(value) + ": ";
                (rule.comparing() ? refusedChanges : refusals)
                        .add(Refusal.of(path, "Invalid value: " + shown + fault.get()));
            }
        }
    }

    /** Elements are the same as before where the schema says by which fields they are known. */
    private static Map<Object, JsonNode> byKey(@Nullable JsonNode old, Schema.ListType list) {
        Map<Object, JsonNode> byKey = new HashMap<>();
        if (old != null && list.isMap()) {
            old.forEach(element -> byKey.putIfAbsent(list.keyOf(element), element));
        }
        return byKey;
    }
}
