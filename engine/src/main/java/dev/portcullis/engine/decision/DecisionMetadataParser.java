package dev.portcullis.engine.decision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.Annotations;
import dev.portcullis.api.Bounds;
import dev.portcullis.engine.facts.Problem;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metadata of a decision and takes only what can be written back into a status. A status that cannot be written is tried again for ever, and no
 * later decision would ever be recorded.
 */
final class DecisionMetadataParser {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Bounds.METADATA_DEPTH)
                            .maxNumberLength(Bounds.METADATA)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String where;

    private DecisionMetadataParser(String where) {
        this.where = where;
    }

    /** The metadata of the decision in the annotations. */
    static DecisionMetadata parse(String text) {
        return parse(text, Annotations.DECISION_METADATA);
    }

    /** @param where what the messages name it by */
    static DecisionMetadata parse(String text, String where) {
        return new DecisionMetadataParser(where).read(text);
    }

    private DecisionMetadata read(String text) {
        if (text.isEmpty()) {
            return new DecisionMetadata.Absent();
        }
        if (text.codePointCount(0, text.length()) > Bounds.METADATA) {
            return unfit(tooLong("has at most " + Bounds.METADATA + " characters: decide again, with less"));
        }
        @Nullable Map<String, Object> object;
        try {
            object = JSON.readValue(text, OBJECT);
        } catch (StreamConstraintsException e) {
            // the one limit that a text of this length can reach
            return unfit(tooLong("has at most " + Bounds.METADATA_DEPTH + " levels: decide again, with fewer"));
        } catch (JsonProcessingException e) {
            object = null;
        }
        if (object == null) {
            return unfit(incomplete("is not a JSON object, or has a \\u escape that makes no character: decide again"));
        }
        if (object.size() > Bounds.LIST) {
            return unfit(tooLong("has at most " + Bounds.LIST + " keys: decide again, with fewer"));
        }
        Optional<Problem> fault = faultIn(object);
        return fault.isPresent() ? unfit(fault.get()) : new DecisionMetadata.Given(object);
    }

    private Optional<Problem> faultIn(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .flatMap(entry -> faultInKey(entry.getKey()).or(() -> faultIn(entry.getValue())).stream())
                    .findFirst();
        }
        if (value instanceof List<?> list) {
            return list.stream().flatMap(item -> faultIn(item).stream()).findFirst();
        }
        if (value instanceof String text) {
            return faultInText(text);
        }
        // the API server keeps numbers in 64 bits
        return value instanceof BigInteger || (value instanceof Double number && number.isInfinite())
                ? Optional.of(incomplete("has a number too large to be kept: decide again, with the number as a text"))
                : Optional.empty();
    }

    private Optional<Problem> faultInKey(Object key) {
        String name = key.toString();
        return name.length() > Bounds.METADATA_KEY
                ? Optional.of(tooLong(
                        "has keys of at most " + Bounds.METADATA_KEY + " characters: decide again, with shorter ones"))
                : faultInText(name);
    }

    private Optional<Problem> faultInText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? Optional.empty()
                : Optional.of(incomplete("has a \\u escape that makes no character: decide again, without it"));
    }

    private Problem tooLong(String what) {
        return Problem.healing("DecisionTooLong", where + " " + what);
    }

    private Problem incomplete(String what) {
        return Problem.healing("DecisionIncomplete", where + " " + what);
    }

    private static DecisionMetadata unfit(Problem why) {
        return new DecisionMetadata.Unfit(why);
    }
}
