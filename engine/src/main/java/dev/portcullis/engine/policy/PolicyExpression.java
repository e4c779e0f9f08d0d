package dev.portcullis.engine.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;

/** An expression of a policy as it was read. */
public sealed interface PolicyExpression {
    /** What it says of the facts. */
    Answer evaluate(Map<String, ?> facts);

    /** The same, by what it said of others that agree in all it looks at. */
    default Answer evaluate(Seen seen) {
        return evaluate(seen.facts());
    }

    /**
     * One that can be asked.
     *
     * @param parts the same, taken apart
     * @param variables those that it looks at, sorted
     */
    record Usable(CelRuntime.Program program, Condition parts, List<String> variables) implements PolicyExpression {
        @Override
        public Answer evaluate(Seen seen) {
            // whatever has no answer is asked as a whole, which says why
            return parts.answer(seen).<Answer>map(Answer.Known::new).orElseGet(() -> evaluate(seen.facts()));
        }

        @Override
        public Answer evaluate(Map<String, ?> facts) {
            try {
                Object value = program.eval(facts);
                return value instanceof Boolean truth ? new Answer.Known(truth) : new Answer.Unknown(whyNeither(facts));
            } catch (CelEvaluationException e) {
                return new Answer.Unknown(CelWords.ofFailure(String.valueOf(e.getMessage())));
            }
        }

        /** What depends on a variable that is absent is neither true nor false. */
        private String whyNeither(Map<String, ?> facts) {
            return variables.stream()
                    .filter(variable -> !facts.containsKey(variable))
                    .findFirst()
                    .map(CelWords::ofUnknown)
                    .orElse("it gives no truth value");
        }
    }

    /**
     * One that cannot.
     *
     * @param line where in the expression, from 1
     * @param column from 1
     * @param why what is wrong there
     */
    record Broken(int line, int column, String why) implements PolicyExpression {
        @Override
        public Answer evaluate(Map<String, ?> facts) {
            return new Answer.Unknown("it is broken at line " + line + ", column " + column + ": " + why);
        }
    }

    /** The answer of an expression. */
    sealed interface Answer {
        /** The rule matches. */
        Answer TRUE = new Known(true);

        /** True or false. */
        record Known(boolean truth) implements Answer {}

        /** Neither can be said. */
        record Unknown(String why) implements Answer {}
    }
}
