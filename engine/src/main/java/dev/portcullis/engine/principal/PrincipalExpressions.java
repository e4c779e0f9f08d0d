package dev.portcullis.engine.principal;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.portcullis.api.platform.PrincipalRules;
import dev.portcullis.platform.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compiles and evaluates the CEL expressions of {@link PrincipalRules}; what was compiled is kept, since the same few are used for every grant. */
public final class PrincipalExpressions {
    private static final int MOST_KEPT = 256;
    private static final int LONGEST_PRINCIPAL = 256;

    private final Map<Source, Compiled> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Compiled> eldest) {
            return size() > MOST_KEPT;
        }
    });

    /** What is wrong with the rules, a sentence each; empty when they can be used. */
    public List<String> faults(PrincipalRules rules) {
        List<String> faults = new ArrayList<>();
        addFault(rules.user(), Set.of("name"), "principals.user", faults);
        addFault(rules.dataProduct(), Set.of("name", "namespace"), "principals.dataProduct", faults);
        addFault(rules.team(), Set.of("name"), "principals.team", faults);
        return faults;
    }

    private void addFault(@Nullable String expression, Set<String> variables, String field, List<String> faults) {
        if (expression != null && compiled(new Source(expression, variables)) instanceof Broken broken) {
            faults.add("spec." + field + " is not usable: " + broken.why());
        }
    }

    PrincipalMapper.Result evaluate(String expression, Map<String, String> variables, String field) {
        Compiled compiled = compiled(new Source(expression, variables.keySet()));
        if (compiled instanceof Broken broken) {
            return new PrincipalMapper.Result.RuleBroken("the platform's " + field + " is not usable: " + broken.why());
        }
        try {
            Object value = ((Usable) compiled).program().eval(variables);
            if (!(value instanceof String text) || text.isBlank() || text.length() > LONGEST_PRINCIPAL) {
                return new PrincipalMapper.Result.Nameless("the platform's " + field + " gives no name of 1 to "
                        + LONGEST_PRINCIPAL + " characters for " + variables.get("name"));
            }
            return new PrincipalMapper.Result.Ok(new Principal(text));
        } catch (CelEvaluationException e) {
            return new PrincipalMapper.Result.Nameless("the platform's " + field + " cannot be evaluated for "
                    + variables.get("name") + ": " + e.getMessage());
        }
    }

    private Compiled compiled(Source source) {
        Compiled known = kept.get(source);
        if (known == null) {
            known = compile(source);
            kept.put(source, known);
        }
        return known;
    }

    private static Compiled compile(Source source) {
        var builder = CelFactory.legacyCelBuilder()
                // "namespace" is reserved by CEL for languages that have none of their own; here it is the variable
                // people expect
                .setOptions(CelOptions.current().enableReservedIds(false).build())
                .addCompilerLibraries(CelExtensions.strings())
                .addRuntimeLibraries(CelExtensions.strings())
                .setResultType(SimpleType.STRING);
        new TreeSet<>(source.variables()).forEach(variable -> builder.addVar(variable, SimpleType.STRING));
        Cel cel = builder.build();
        try {
            return new Usable(cel.createProgram(cel.compile(source.expression()).getAst()));
        } catch (CelValidationException e) {
            // the first is enough: there may be one for each character
            CelIssue first = e.getErrors().get(0);
            return new Broken(first.getSourceLocation().getLine() + ":"
                    + (first.getSourceLocation().getColumn() + 1) + ": " + first.getMessage());
        } catch (CelEvaluationException e) {
            return new Broken(String.valueOf(e.getMessage()));
        }
    }

    private record Source(String expression, Set<String> variables) {}

    private sealed interface Compiled {}

    private record Usable(CelRuntime.Program program) implements Compiled {}

    private record Broken(String why) implements Compiled {}
}
