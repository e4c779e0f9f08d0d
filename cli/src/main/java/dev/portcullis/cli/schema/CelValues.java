package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What the rules see of a value. Lists whose order says nothing are equal in any order: they are sorted here. */
final class CelValues {
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");
    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9]+(_[a-zA-Z0-9]+)*");

    private CelValues() {}

    /** @param schema null for what is kept without one */
    static Object of(JsonNode value, @Nullable Schema schema) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return number(value, schema);
        }
        if (value.isArray()) {
            return list(value, schema);
        }
        return value.isObject() ? map(value, schema) : NullValue.NULL_VALUE;
    }

    private static Object number(JsonNode value, @Nullable Schema schema) {
        boolean whole = schema == null ? value.isIntegralNumber() : "integer".equals(schema.type());
        if (whole) {
            return value.longValue();
        }
        return value.doubleValue();
    }

    private static List<Object> list(JsonNode array, @Nullable Schema schema) {
        List<Object> list = new ArrayList<>(array.size());
        Schema items = schema == null ? null : schema.items();
        if (schema != null && schema.list().unique() && array.size() > 1) {
            StreamSupport.stream(array.spliterator(), false)
                    .sorted(Comparator.comparing(
                            element -> schema.list().keyOf(element).toString()))
                    .forEach(element -> list.add(of(element, items)));
        } else {
            array.forEach(element -> list.add(of(element, items)));
        }
        return list;
    }

    private static Map<String, Object> map(JsonNode object, @Nullable Schema schema) {
        Map<String, Object> map = new HashMap<>(object.size() * 2);
        object.properties().forEach(field -> {
            String name = field.getKey();
            if (schema == null || !schema.isRecord()) {
                map.put(name, of(field.getValue(), schema == null ? null : schema.values()));
            } else if (schema.properties().containsKey(name)) {
                map.put(escaped(name), of(field.getValue(), schema.properties().get(name)));
            }
        });
        return map;
    }

    /** A field's name as rules have to write it. */
    private static String escaped(String name) {
        if (RESERVED.contains(name)) {
            return "__" + name + "__";
        }
        return PLAIN.matcher(name).matches()
                ? name
                : name.replace("__", "__underscores__")
                        .replace(".", "__dot__")
                        .replace("-", "__dash__")
                        .replace("/", "__slash__");
    }
}
