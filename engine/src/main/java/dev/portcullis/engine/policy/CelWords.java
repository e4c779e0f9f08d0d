package dev.portcullis.engine.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the CEL library says of an expression, as people can read it. What is not known here stays as it is. */
final class CelWords {
    /** Its candidates are many and name type parameters; what was written says enough. */
    private static final Pattern NO_OVERLOAD = Pattern.compile(
            "found no matching overload for '(?:_?([^_']+)_?|([^']*))' applied to '([^']*)'.*", Pattern.DOTALL);

    private static final Pattern EVALUATION = Pattern.compile("evaluation error(?: at <input>:\\d+)?: ");
    private static final Pattern NO_KEY = Pattern.compile("key '(.*)' is not present in map\\.?");

    private CelWords() {}

    /** Why an expression does not compile. */
    static String ofFault(String message) {
        Matcher overload = NO_OVERLOAD.matcher(message);
        if (overload.matches()) {
            String name = overload.group(1) == null ? overload.group(2) : overload.group(1);
            return "'" + name.replace("@in", "in") + "' cannot be applied to "
                    + overload.group(3).replace("google.protobuf.", "");
        }
        return message.replace(" (in container '')", "");
    }

    /** Why an expression has no answer. */
    static String ofFailure(String message) {
        Matcher prefix = EVALUATION.matcher(message);
        String cause = prefix.lookingAt() ? message.substring(prefix.end()) : message;
        Matcher key = NO_KEY.matcher(cause);
        return key.matches() ? ofUnknown(key.group(1)) : cause;
    }

    /** Of something that the expression looks at. */
    static String ofUnknown(String name) {
        return "'" + name + "' is not known, which it looks at";
    }
}
