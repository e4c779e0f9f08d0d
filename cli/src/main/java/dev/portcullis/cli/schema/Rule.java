package dev.portcullis.cli.schema;

import dev.cel.runtime.CelEvaluationException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rule of a schema. */
final class Rule {
    static final String SELF = "self";
    static final String OLD_SELF = "oldSelf";
    private static final Pattern NAMES_OLD_SELF = Pattern.compile("\\boldSelf\\b");

    private final Expression expression;
    private final @Nullable String message;
    private final @Nullable Expression messageExpression;
    private final boolean comparing;
    private final boolean oldIsOptional;

    /** @param oldIsOptional whether a rule that compares with what was there is asked as well where nothing was */
    Rule(String expression, @Nullable String message, @Nullable String messageExpression, boolean oldIsOptional) {
        this.expression = new Expression(expression);
        this.message = message;
        this.messageExpression = messageExpression == null ? null : new Expression(messageExpression);
        this.comparing = NAMES_OLD_SELF.matcher(expression).find();
        this.oldIsOptional = oldIsOptional;
    }

    /** Whether it compares with what was there. */
    boolean comparing() {
        return comparing;
    }

    /** What is wrong; empty where nothing is. */
    Optional<String> fault(Object self, @Nullable Object oldSelf) {
        if (comparing && oldSelf == null && !oldIsOptional) {
            return Optional.empty();
        }
        Map<String, Object> variables = variables(self, oldSelf);
        try {
            return Boolean.TRUE.equals(expression.evaluate(variables))
                    ? Optional.empty()
                    : Optional.of(message(variables));
        } catch (CelEvaluationException e) {
            return Optional.of(e.getMessage() + " evaluating rule: " + (message == null ? expression : message));
        }
    }

    private Map<String, Object> variables(Object self, @Nullable Object oldSelf) {
        if (oldIsOptional) {
            return Map.of(SELF, self, OLD_SELF, Optional.ofNullable(oldSelf));
        }
        return oldSelf == null ? Map.of(SELF, self) : Map.of(SELF, self, OLD_SELF, oldSelf);
    }

    private String message(Map<String, Object> variables) {
        if (messageExpression != null) {
            try {
                String said =
                        String.valueOf(messageExpression.evaluate(variables)).strip();
                if (!said.isEmpty() && said.indexOf('\n') < 0) {
                    return said;
                }
            } catch (CelEvaluationException e) {
                // the fixed message is for this
            }
        }
        return message == null ? "failed rule: " + expression : message.strip();
    }

    /** @throws IllegalStateException where it cannot be compiled */
    void compile() {
        expression.program();
        if (messageExpression != null) {
            messageExpression.program();
        }
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
