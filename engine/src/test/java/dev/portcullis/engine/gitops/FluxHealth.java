package dev.portcullis.engine.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Evaluates the healthCheckExprs of samples/gitops/flux in the order in which Flux does: a generation that was not observed yet is in progress, whatever the expressions say; then inProgress,
 * failed, current; what is none of them is in progress.
 */
final class FluxHealth {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TOP_LEVEL = List.of("apiVersion", "kind", "metadata", "spec", "status");
    private static final Cel CEL = cel();
    private static final Map<String, List<JsonNode>> EXPRESSIONS = GitopsSamples.documentsOf("flux").stream()
            .map(document -> document.at("/spec/healthCheckExprs"))
            .flatMap(JsonNode::valueStream)
            .collect(Collectors.groupingBy(check -> check.get("kind").textValue()));

    private FluxHealth() {}

    /** What Flux takes an object for. */
    enum Health {
        InProgress,
        Failed,
        Current,
        /** An expression had no answer: Flux asks again until its timeout. */
        NoAnswer
    }

    /** The expressions by kind, wherever they stand. */
    static Map<String, List<JsonNode>> expressions() {
        return EXPRESSIONS;
    }

    static Health of(JsonNode object) {
        JsonNode observed = object.at("/status/observedGeneration");
        if (observed.isNumber() && !observed.equals(object.at("/metadata/generation"))) {
            return Health.InProgress;
        }
        JsonNode check = expressions().get(object.get("kind").textValue()).get(0);
        Map<String, Health> inOrder = new LinkedHashMap<>();
        inOrder.put("inProgress", Health.InProgress);
        inOrder.put("failed", Health.Failed);
        inOrder.put("current", Health.Current);
        try {
            for (Map.Entry<String, Health> entry : inOrder.entrySet()) {
                if (check.has(entry.getKey())
                        && isTrue(check.get(entry.getKey()).textValue(), object)) {
                    return entry.getValue();
                }
            }
            return Health.InProgress;
        } catch (CelEvaluationException e) {
            return Health.NoAnswer;
        }
    }

    /** @throws CelEvaluationException also where a variable is not there, which this library calls unknown and Flux's an error */
    @SuppressWarnings("unchecked")
    private static boolean isTrue(String expression, JsonNode object) throws CelEvaluationException {
        try {
            Object answer =
                    CEL.createProgram(CEL.compile(expression).getAst()).eval(JSON.convertValue(object, Map.class));
            if (answer instanceof Boolean truth) {
                return truth;
            }
            throw new CelEvaluationException(String.valueOf(answer));
        } catch (CelValidationException e) {
            throw new AssertionError(expression, e);
        }
    }

    private static Cel cel() {
        var builder = CelFactory.standardCelBuilder().setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        TOP_LEVEL.forEach(name -> builder.addVar(name, SimpleType.DYN));
        return builder.build();
    }
}
