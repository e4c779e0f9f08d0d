package dev.portcullis.engine.policy;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Compiles the CEL expressions of policies, each text once. An expression is checked as a whole before it is asked about a request. */
public final class PolicyExpressions {
    /** Steps of all loops of one evaluation together: a team of 5,000 may be walked through, all pairs of its people may not. */
    private static final int MOST_ITERATIONS = 20_000;

    private static final int DEEPEST = 32;
    private static final int MOST_KEPT = 10_000;

    private final Map<String, PolicyExpression> kept = Collections.synchronizedMap(new HashMap<>());
    private final Map<FactSet, KeptAnswers> answers = Collections.synchronizedMap(new HashMap<>());

    /** What takes a while to load, and is not needed where no policy is. */
    private static final class Language {
        private static final Cel CEL = cel();
    }

    /** The language: its variables and functions, and how much an evaluation may cost. */
    static Cel cel() {
        var builder = CelFactory.legacyCelBuilder()
                .setOptions(CelOptions.current()
                        // "namespace" is a field here, as everywhere in Kubernetes
                        .enableReservedIds(false)
                        .comprehensionMaxIterations(MOST_ITERATIONS)
                        .maxParseRecursionDepth(DEEPEST)
                        .build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(new PolicyTypes())
                .addCompilerLibraries(CelExtensions.strings())
                .addRuntimeLibraries(CelExtensions.strings())
                .setResultType(SimpleType.BOOL);
        PolicyTypes.VARIABLES.forEach(builder::addVar);
        return builder.build();
    }

    /** What the text says; mostly the same object for the same text. */
    public PolicyExpression of(String text) {
        PolicyExpression known = kept.get(text);
        if (known == null) {
            known = compile(text);
            // more than a company has at a time: what was edited away is never asked for again, and the rest is
            // compiled once more
            if (kept.size() >= MOST_KEPT) {
                kept.clear();
                answers.clear();
            }
            kept.put(text, known);
        }
        return known;
    }

    private KeptAnswers shared(FactSet facts) {
        return answers.compute(facts, (set, known) -> known == null || known.isFull() ? new KeptAnswers(set) : known);
    }

    private PolicyExpression compile(String text) {
        try {
            CelAbstractSyntaxTree checked = Language.CEL.compile(text).getAst();
            return new PolicyExpression.Usable(
                    Language.CEL.createProgram(checked),
                    ConditionSplitter.of(Language.CEL, checked, this::shared),
                    FactPaths.of(checked.getExpr()).variables());
        } catch (CelValidationException e) {
            CelIssue first = e.getErrors().get(0);
            return new PolicyExpression.Broken(
                    first.getSourceLocation().getLine(),
                    first.getSourceLocation().getColumn() + 1,
                    CelWords.ofFault(first.getMessage()));
        } catch (CelEvaluationException e) {
            return new PolicyExpression.Broken(1, 1, String.valueOf(e.getMessage()));
        }
    }
}
