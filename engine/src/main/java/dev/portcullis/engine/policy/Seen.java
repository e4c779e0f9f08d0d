package dev.portcullis.engine.policy;

import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The facts of one request, and the parts of them that were looked at: policies mostly look at the same. */
final class Seen implements CelVariableResolver {
    private final Map<String, Object> facts;
    private final Map<FactPath, Object> parts = new HashMap<>();

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

    /** The part, as a value that stands for it: {@link FactPath#TOO_LONG} where nothing is to be kept by it. */
    Object part(FactPath path) {
        return parts.computeIfAbsent(path, absent -> path.in(facts));
    }
}
