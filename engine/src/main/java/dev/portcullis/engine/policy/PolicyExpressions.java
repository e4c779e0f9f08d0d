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
import java.util.LinkedHashMap;
import java.util.Map;

/** Compiles the CEL expressions of policies, each text once. An expression is checked as a whole before it is asked about a request. */
public final class PolicyExpressions {
    /** Steps of all loops of one evaluation together: a team of 5,000 may be walked through, all pairs of its people may not. */
    private static final int MOST_ITERATIONS = 20_000;

    private static final int DEEPEST = 32;
    private static final int MOST_KEPT = 10_000;

    private final Cel cel;
    private final Map<String, PolicyExpression> kept = lastAskedFor(MOST_KEPT);
    private final Map<FactSet, FactSet> sets = lastAskedFor(MOST_KEPT);

    public PolicyExpressions() {
        this.cel = cel();
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

    /** What the text says; the same object for the same text, as long as it is among the last ones asked for. */
    public PolicyExpression of(String text) {
        PolicyExpression known = kept.get(text);
        if (known == null) {
            known = compile(text);
            kept.put(text, known);
        }
        return known;
    }

    private FactSet shared(FactSet set) {
        FactSet known = sets.putIfAbsent(set, set);
        return known == null ? set : known;
    }

    private PolicyExpression compile(String text) {
        try {
            CelAbstractSyntaxTree checked = cel.compile(text).getAst();
            return new PolicyExpression.Usable(
                    cel.createProgram(checked),
                    Conditions.of(cel, checked, this::shared),
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

    private static <K, V> Map<K, V> lastAskedFor(int most) {
        return Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        });
    }
}
