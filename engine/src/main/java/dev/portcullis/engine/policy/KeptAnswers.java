package dev.portcullis.engine.policy;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What parts of expressions said that look at the same facts, by the values of those facts. The parts share one look at a request: of hundreds of them most look
 * at the same few facts.
 */
final class KeptAnswers {
    /** Different values that are kept at a time. */
    private static final int MOST_KEPT = 256;

    /** Parts that share one of these: with each kept value one has a byte for each. */
    private static final int MOST_PARTS = 4096;

    private final FactSet facts;
    private final AtomicInteger parts = new AtomicInteger();
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
    int anotherPart() {
        return parts.getAndIncrement();
    }

    /** Whether there is no room for another part. */
    boolean isFull() {
        return parts.get() >= MOST_PARTS;
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

    /** The answers for the same values. One that gets lost between two threads is asked for again. */
    static final class ByPart {
        private static final byte TRUE = 1;
        private static final byte FALSE = 2;

        private volatile byte[] answers = new byte[0];

        Optional<Boolean> of(int part) {
            byte[] all = answers;
            if (part >= all.length || all[part] == 0) {
                return Optional.empty();
            }
            return all[part] == TRUE ? Condition.TRUE : Condition.FALSE;
        }

        synchronized void keep(int part, boolean answer) {
            byte[] all = part < answers.length ? answers.clone() : Arrays.copyOf(answers, part + 1);
            all[part] = answer ? TRUE : FALSE;
            answers = all;
        }
    }
}
