package dev.portcullis.engine.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Required;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for the fields that the schema requires: no API server has seen to them yet. */
public final class RequiredFields {
    /** Looking a type up takes longer than a manifest to read. */
    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).map(Field::of).toList();
        }
    };

    private record Field(String name, boolean required, Type type) {
        static Field of(RecordComponent component) {
            return new Field(
                    RequiredFields.name(component),
                    component.getAccessor().isAnnotationPresent(Required.class),
                    component.getGenericType());
        }
    }

    private RequiredFields() {}

    /** The JSON pointer of the first one that is missing. */
    static Optional<String> firstMissing(JsonNode node, Class<?> type) {
        if (!type.isRecord() || !node.isObject()) {
            return Optional.empty();
        }
        for (Field field : FIELDS.get(type)) {
            JsonNode value = node.path(field.name());
            if (field.required() && (value.isMissingNode() || value.isNull())) {
                return Optional.of("/" + field.name());
            }
            Optional<String> inside = inside(value, field.type()).map(missing -> "/" + field.name() + missing);
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inside(JsonNode value, Type type) {
        if (type instanceof Class<?> known) {
            return firstMissing(value, known);
        }
        if (value.isArray()
                && type instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> element) {
            for (int i = 0; i < value.size(); i++) {
                Optional<String> missing = firstMissing(value.get(i), element);
                if (missing.isPresent()) {
                    return Optional.of("/" + i + missing.get());
                }
            }
        }
        return Optional.empty();
    }

    private static String name(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null || renamed.value().isEmpty() ? component.getName() : renamed.value();
    }
}
