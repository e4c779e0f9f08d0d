package dev.portcullis.engine.policy;

import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The facts of one request, and the parts of them that were looked at: policies mostly look at the same. */
final class Seen implements CelVariableResolver {
    private final Map<String, Object> facts;
    private final Map<FactSet, Optional<FactSet.Values>> parts = new HashMap<>();

    Seen(Map<String, Object> facts) {
        this.facts = facts;
    }

    Map<String, Object> facts() {
        return facts;
    }

    @Override
    public Optional<Object> find(String variable) {
        return Optional.ofNullable(facts.get(variable));
    }

    /** What there is of these parts; empty where nothing is to be kept by them. */
    Optional<FactSet.Values> of(FactSet set) {
        Optional<FactSet.Values> known = parts.get(set);
        if (known == null) {
            known = set.in(facts);
            parts.put(set, known);
        }
        return known;
    }
}
