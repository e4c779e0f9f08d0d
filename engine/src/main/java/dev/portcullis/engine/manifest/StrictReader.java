package dev.portcullis.engine.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes objects of documents as the API server would: a field that does not exist, a number where a text belongs, a field that has to be there and is not are faults. */
public final class StrictReader {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /** Of somebody's text in a message. */
    private static final int LONGEST = 100;

    private StrictReader() {}

    /** What stands at the pointer; empty where it does not fit, which is then among the faults. */
    public static <T> Optional<T> read(YamlDocument document, String pointer, Class<T> type, List<Fault> faults) {
        JsonNode node = document.at(pointer);
        try {
            T read = MAPPER.treeToValue(node, type);
            Optional<Fault> missing = missing(document, pointer, type);
            missing.ifPresent(faults::add);
            return missing.isPresent() ? Optional.empty() : Optional.ofNullable(read);
        } catch (UnrecognizedPropertyException e) {
            faults.add(document.fault(
                    pointer + pointer(e),
                    "there is no field " + e.getPropertyName() + " here; there are "
                            + e.getKnownPropertyIds().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", "))));
        } catch (InvalidFormatException e) {
            faults.add(document.fault(
                    pointer + pointer(e),
                    cut(String.valueOf(e.getValue())) + " does not fit here" + choice(e.getTargetType())));
        } catch (MismatchedInputException e) {
            // in our words: those of the library name classes, and quote what stands there at any length
            faults.add(document.fault(
                    pointer + pointer(e), wrongShape(document.at(pointer + pointer(e)), e.getTargetType())));
        } catch (ValueInstantiationException e) {
            // no list of ours has room for what is not there
            String at = pointer + pointer(e);
            faults.add(document.fault(
                    firstNull(document.at(at), at).orElse(at),
                    "nothing is written here, and a value is meant: write one, or leave the entry out"));
        } catch (JsonMappingException e) {
            faults.add(document.fault(pointer + pointer(e), e.getOriginalMessage()));
        } catch (JsonProcessingException e) {
            faults.add(document.fault(pointer, e.getOriginalMessage()));
        }
        return Optional.empty();
    }

    /** In the depth, among the elements of lists and the values of fields. */
    private static Optional<String> firstNull(JsonNode node, String pointer) {
        if (node.isNull()) {
            return Optional.of(pointer);
        }
        if (node.isArray()) {
            return IntStream.range(0, node.size())
                    .mapToObj(i -> firstNull(node.get(i), pointer + "/" + i))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return node.properties().stream()
                .flatMap(field ->
                        firstNull(field.getValue(), pointer + "/" + YamlDocument.escaped(field.getKey())).stream())
                .findFirst();
    }

    private static String wrongShape(JsonNode there, @Nullable Class<?> meant) {
        String is = there.isObject()
                ? "fields"
                : there.isArray() ? "a list" : there.isNull() ? "nothing" : "a single value";
        if (meant == null || meant == Object.class) {
            return is + " does not fit here";
        }
        if (Collection.class.isAssignableFrom(meant) || meant.isArray()) {
            return "a list is meant here, and " + is + " is written";
        }
        return isScalar(meant)
                ? "a single value is meant here, and " + is + " is written" + choice(meant)
                : "fields with values are meant here, and " + is + " is written";
    }

    private static boolean isScalar(Class<?> type) {
        return type.isEnum()
                || type.isPrimitive()
                || type == String.class
                || type == Boolean.class
                || Number.class.isAssignableFrom(type);
    }

    private static String cut(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }

    private static Optional<Fault> missing(YamlDocument document, String pointer, Class<?> type) {
        return RequiredFields.firstMissing(document.at(pointer), type).map(field -> {
            int last = field.lastIndexOf('/');
            return document.fault(
                    pointer + field.substring(0, last), "the field " + field.substring(last + 1) + " is required");
        });
    }

    private static String choice(Class<?> type) {
        if (type.isEnum()) {
            return ": it is one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        return type == String.class ? ": a text is meant, so quote it" : "";
    }

    private static String pointer(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> "/"
                        + (step.getFieldName() == null
                                ? Integer.toString(step.getIndex())
                                : YamlDocument.escaped(step.getFieldName())))
                .collect(Collectors.joining());
    }
}
