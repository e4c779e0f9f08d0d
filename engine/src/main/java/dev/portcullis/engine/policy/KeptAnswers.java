package dev.portcullis.engine.policy;

import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What parts of expressions said that look at the same facts, by the values of those facts. The parts share one look at a request: of hundreds of them most look
 * at the same few facts.
 */
final class KeptAnswers {
    /** Different values that are kept at a time. */
    private static final int MOST_KEPT = 256;

    /** Parts that share one of these: a byte for each is kept with each value. */
    private static final int MOST_PARTS = 256;

    private final FactSet facts;
    private final BitSet numbers = new BitSet(MOST_PARTS);
    private final Map<FactSet.Values, ByPart> kept = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FactSet.Values, ByPart> eldest) {
            return size() > MOST_KEPT;
        }
    });

    KeptAnswers(FactSet facts) {
        this.facts = facts;
    }

    /** Another part that looks at these facts: its number. */
    synchronized int anotherPart() {
        int number = numbers.cardinality();
        numbers.set(number);
        return number;
    }

    /** Whether there is no room for another part. */
    synchronized boolean isFull() {
        return numbers.cardinality() >= MOST_PARTS;
    }

    /** What was said of requests that agree with this one in these facts; empty where nothing is to be kept by them. */
    Optional<ByPart> of(Map<String, ?> request) {
        return facts.in(request).map(values -> kept.computeIfAbsent(values, unseen -> new ByPart()));
    }

    /** How many answers of a part are kept. */
    int size(int part) {
        synchronized (kept) {
            return (int) kept.values().stream()
                    .filter(answers -> answers.of(part).isPresent())
                    .count();
        }
    }

    /** The answers for the same values. What another thread does not see yet it asks for again, and gets the same. */
    static final class ByPart {
        private static final byte TRUE = 1;
        private static final byte FALSE = 2;

        private final byte[] answers = new byte[MOST_PARTS];

        Optional<Boolean> of(int part) {
            return switch (answers[part]) {
                case TRUE -> Condition.TRUE;
                case FALSE -> Condition.FALSE;
                default -> Optional.empty();
            };
        }

        void keep(int part, boolean answer) {
            answers[part] = answer ? TRUE : FALSE;
        }
    }
}
