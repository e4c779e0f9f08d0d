package dev.portcullis.cli.schema;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelOptionalLibrary;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CEL expression over {@code self} and {@code oldSelf}, compiled when it is first asked for. Of the functions that Kubernetes adds to the language it knows
 * those on texts and the optional values; the schemas use no others, and a test says so when they do.
 */
final class Expression {
    private final String text;
    private volatile CelRuntime.@Nullable Program program;

    Expression(String text) {
        this.text = text;
    }

    Object evaluate(Map<String, Object> variables) throws CelEvaluationException {
        return program().eval(variables);
    }

    /** @throws IllegalStateException where it cannot be compiled */
    CelRuntime.Program program() {
        CelRuntime.Program known = program;
        if (known == null) {
            known = compile();
            program = known;
        }
        return known;
    }

    private CelRuntime.Program compile() {
        try {
            return Language.CEL.createProgram(Language.CEL.compile(text).getAst());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException("a schema has a rule that is not understood here: " + text, e);
        }
    }

    @Override
    public String toString() {
        return text;
    }

    /** Made when the first expression is compiled: it takes its time. */
    private static final class Language {
        // whether types fit was checked by the API server when it took the schemas
        private static final Cel CEL = CelFactory.legacyCelBuilder()
                .setOptions(CelOptions.current()
                        .enableHeterogeneousNumericComparisons(true)
                        .build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(CelExtensions.strings(), CelOptionalLibrary.INSTANCE)
                .addRuntimeLibraries(CelExtensions.strings(), CelOptionalLibrary.INSTANCE)
                .addVar(Rule.SELF, SimpleType.DYN)
                .addVar(Rule.OLD_SELF, SimpleType.DYN)
                .build();
    }
}
