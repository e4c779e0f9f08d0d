package dev.portcullis.engine.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Optional;

/**
 * An expression taken apart at its ands and ors, each part with the answers that it gave. Most requests agree in what a part looks at, and its answer is kept by that, and by
 * that alone: values of facts, never who asks.
 */
sealed interface Condition {
    /** Of lists with more elements nothing is kept: it would take more room than it saves time. */
    int LONGEST = 16;

    Optional<Boolean> TRUE = Optional.of(true);

    Optional<Boolean> FALSE = Optional.of(false);

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
        private final CelRuntime.Program program;
        private final KeptAnswers kept;
        private final int number;

        Part(CelRuntime.Program program, KeptAnswers kept) {
            this.program = program;
            this.kept = kept;
            this.number = kept.anotherPart();
        }

        @Override
        public Optional<Boolean> answer(Seen seen) {
            Optional<KeptAnswers.ByPart> said = seen.of(kept);
            if (said.isEmpty()) {
                return Optional.empty();
            }
            Optional<Boolean> known = said.get().of(number);
            if (known.isPresent()) {
                return known;
            }
            Optional<Boolean> answer = ask(seen);
            answer.ifPresent(truth -> said.get().keep(number, truth));
            return answer;
        }

        /** How many answers are kept. */
        int size() {
            return kept.size(number);
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
