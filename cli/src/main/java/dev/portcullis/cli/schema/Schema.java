package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A structural schema: what one value may be.
 *
 * @param type array, boolean, integer, number, object or string; absent where any value will do
 * @param nullable whether null is a value; else it is as good as nothing
 * @param open whether fields that it does not name are kept
 * @param properties its fields by name
 * @param values of each value of a map
 * @param items of each element of a list
 * @param standard the default
 * @param required fields
 * @param choices the only values; empty: any
 * @param bounds how long, how many, how large
 * @param list what kind of list it is
 * @param rules in CEL
 * @param ruled whether there are rules here or below
 */
record Schema(
        @Nullable String type,
        boolean nullable,
        boolean open,
        Map<String, Schema> properties,
        @Nullable Schema values,
        @Nullable Schema items,
        @Nullable JsonNode standard,
        List<String> required,
        List<JsonNode> choices,
        Bounds bounds,
        ListType list,
        List<Rule> rules,
        boolean ruled) {

    /** The schema of a field; null where it is not known. */
    @Nullable
    Schema field(String name) {
        Schema known = properties.get(name);
        return known == null ? values : known;
    }

    /** Whether its keys are named by it, not chosen by people. */
    boolean isRecord() {
        return !properties.isEmpty();
    }

    /**
     * How the elements of a list are told from each other.
     *
     * @param unique whether each is there once, in whatever order
     * @param keys the fields that tell them apart; empty: the whole element
     */
    record ListType(boolean unique, List<String> keys) {
        static final ListType ATOMIC = new ListType(false, List.of());
        static final ListType SET = new ListType(true, List.of());

        Object keyOf(JsonNode element) {
            return keys.isEmpty()
                    ? element
                    : keys.stream().map(key -> element.path(key)).toList();
        }

        boolean isMap() {
            return !keys.isEmpty();
        }
    }

    /** For readers of schemas. */
    static final Set<String> TYPES = Set.of("array", "boolean", "integer", "number", "object", "string");
}
