package dev.portcullis.engine.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An expression taken apart at its ands and ors, each part with the answers that it gave. Most requests agree in what a part looks at, and its answer is kept by that, and by
 * that alone: values of facts, never who asks.
 */
sealed interface Condition {
    /** Of lists with more elements nothing is kept: it would take more room than it saves time. */
    int LONGEST = 16;

    /** What it comes to; empty where it has no answer, or where that is not sure enough to be kept. */
    Optional<Boolean> answer(Seen seen);

    /** One that is false is enough, whatever another has no answer to; so CEL has it. */
    record All(List<Condition> parts) implements Condition {
        @Override
        public Optional<Boolean> answer(Seen seen) {
            return joined(parts, seen, false);
        }
    }

    /** One that is true is enough. */
    record Any(List<Condition> parts) implements Condition {
        @Override
        public Optional<Boolean> answer(Seen seen) {
            return joined(parts, seen, true);
        }
    }

    private static Optional<Boolean> joined(List<Condition> parts, Seen seen, boolean deciding) {
        boolean isKnown = true;
        for (Condition part : parts) {
            Optional<Boolean> answer = part.answer(seen);
            if (answer.isPresent() && answer.get() == deciding) {
                return answer;
            }
            isKnown &= answer.isPresent();
        }
        return isKnown ? Optional.of(!deciding) : Optional.empty();
    }

    /** A part that is asked as it is. */
    final class Part implements Condition {
        private static final int MOST_KEPT = 256;

        private final CelRuntime.Program program;
        private final FactSet looksAt;
        private final Map<FactSet.Values, Optional<Boolean>> kept = Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<FactSet.Values, Optional<Boolean>> eldest) {
                return size() > MOST_KEPT;
            }
        });

        Part(CelRuntime.Program program, FactSet looksAt) {
            this.program = program;
            this.looksAt = looksAt;
        }

        @Override
        public Optional<Boolean> answer(Seen seen) {
            Optional<FactSet.Values> key = seen.of(looksAt);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            Optional<Boolean> known = kept.get(key.get());
            if (known == null) {
                known = ask(seen);
                if (known.isPresent()) {
                    kept.put(key.get(), known);
                }
            }
            return known;
        }

        /** How many answers are kept. */
        int size() {
            return kept.size();
        }

        private Optional<Boolean> ask(Seen seen) {
            try {
                return program.eval(seen) instanceof Boolean truth ? Optional.of(truth) : Optional.empty();
            } catch (CelEvaluationException e) {
                return Optional.empty();
            }
        }
    }
}
