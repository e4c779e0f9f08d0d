package dev.portcullis.operator.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a policy or binding in the cluster does what the shipped one does. The API server adds defaults, so more fields may be there; but none
 * that makes a policy apply to less.
 */
final class PolicyComparison {
    private static final List<String> NARROWING = List.of(
            "/matchConditions",
            "/paramKind",
            "/paramRef",
            "/matchConstraints/excludeResourceRules",
            "/matchConstraints/namespaceSelector",
            "/matchConstraints/objectSelector",
            "/matchResources");

    /** What makes a single resource rule apply to less; scope is "*" where nothing else is said. */
    private static final List<String> NARROWING_A_RULE = List.of("resourceNames", "scope");

    /** What a policy says when it refuses is no part of what it refuses; a chart may be upgraded before the program. */
    private static final Set<String> WORDS = Set.of("message", "messageExpression", "reason");

    private PolicyComparison() {}

    /** What makes the live spec weaker than the shipped one or another one; empty when nothing does. */
    static Optional<String> difference(JsonNode shipped, JsonNode live) {
        for (String pointer : NARROWING) {
            if (shipped.at(pointer).isMissingNode() && narrows(live.at(pointer))) {
                return Optional.of(pointer.substring(1).replace('/', '.') + " was added");
            }
        }
        return firstDifference("spec", shipped, live);
    }

    private static boolean narrows(JsonNode node) {
        return !node.isMissingNode() && !node.isNull() && !(node.isContainerNode() && node.isEmpty());
    }

    private static Optional<String> firstDifference(String path, JsonNode shipped, JsonNode live) {
        if (shipped.isObject()) {
            for (String field : NARROWING_A_RULE) {
                JsonNode added = live.path(field);
                if (!shipped.has(field) && narrows(added) && !added.asText().equals("*")) {
                    return Optional.of(path + "." + field + " was added");
                }
            }
            for (Map.Entry<String, JsonNode> field : shipped.properties()) {
                if (WORDS.contains(field.getKey())) {
                    continue;
                }
                Optional<String> difference =
                        firstDifference(path + "." + field.getKey(), field.getValue(), live.path(field.getKey()));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
        if (shipped.isArray()) {
            if (shipped.size() != live.size()) {
                return Optional.of(path + " has " + live.size() + " items, not " + shipped.size());
            }
            for (int i = 0; i < shipped.size(); i++) {
                Optional<String> difference = firstDifference(path + "[" + i + "]", shipped.get(i), live.get(i));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
        return shipped.asText().strip().equals(live.asText().strip())
                ? Optional.empty()
                : Optional.of(path + " is another one");
    }
}
