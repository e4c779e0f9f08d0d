package dev.portcullis.engine.policy;

import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The facts of one request, and what was said of others that agree in some of them, which is looked for once. */
final class Seen implements CelVariableResolver {
    private final Map<String, Object> facts;
    private final Map<KeptAnswers, Optional<KeptAnswers.ByPart>> said = new HashMap<>();

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

    /** What was said of requests that agree with this one in some facts; empty where nothing is to be kept by them. */
    Optional<KeptAnswers.ByPart> of(KeptAnswers answers) {
        Optional<KeptAnswers.ByPart> known = said.get(answers);
        if (known == null) {
            known = answers.of(facts);
            said.put(answers, known);
        }
        return known;
    }
}
