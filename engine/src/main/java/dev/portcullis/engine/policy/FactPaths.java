package dev.portcullis.engine.policy;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.portcullis.engine.policy.FactPath.Of;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the parts of the facts that an expression looks at. Where it is not certain it takes a bigger part: a part too many costs time, one too few would give a
 * request the answer of another.
 */
final class FactPaths {
    /** A name inside the expression: the element of a list, of which it is known what it is an element of, or something whose origin is counted as a whole. */
    private record Bound(Optional<String> elementOf) {}

    private final Set<FactPath> found = new LinkedHashSet<>();
    private final List<CelComprehension> loops = new ArrayList<>();

    private FactPaths() {}

    static FactPaths of(CelExpr expression) {
        FactPaths paths = new FactPaths();
        paths.look(expression, Map.of());
        return paths;
    }

    Set<FactPath> all() {
        return Collections.unmodifiableSet(found);
    }

    /** The variables that it looks at, sorted. */
    List<String> variables() {
        return found.stream().map(FactPath::variable).distinct().sorted().toList();
    }

    /** How many loops it has, also those inside each other. */
    int loops() {
        return loops.size();
    }

    private void look(CelExpr expression, Map<String, Bound> scope) {
        switch (expression.exprKind().getKind()) {
            case IDENT, SELECT -> lookAtChain(expression, scope);
            case CALL -> {
                expression.call().target().ifPresent(target -> look(target, scope));
                expression.call().args().forEach(argument -> look(argument, scope));
            }
            case LIST -> expression.list().elements().forEach(element -> look(element, scope));
            case MAP ->
                expression.map().entries().forEach(entry -> {
                    look(entry.key(), scope);
                    look(entry.value(), scope);
                });
            case STRUCT -> expression.struct().entries().forEach(entry -> look(entry.value(), scope));
            case COMPREHENSION -> lookAtLoop(expression.comprehension(), scope);
            case CONSTANT, NOT_SET -> {}
        }
    }

    /** A name and the fields after it; of what is not a name all that is in it. */
    private void lookAtChain(CelExpr expression, Map<String, Bound> scope) {
        Deque<String> fields = new ArrayDeque<>();
        CelExpr at = expression;
        while (at.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT) {
            fields.addFirst(at.select().field());
            at = at.select().operand();
        }
        if (at.exprKind().getKind() != CelExpr.ExprKind.Kind.IDENT) {
            look(at, scope);
            return;
        }
        String name = at.ident().name();
        Bound bound = scope.get(name);
        if (bound != null) {
            bound.elementOf().ifPresent(list -> found.add(new FactPath(list, Of.EACH, List.copyOf(fields))));
        } else if (PolicyTypes.VARIABLES.containsKey(name)) {
            found.add(new FactPath(name, Of.ITSELF, List.copyOf(fields)));
        }
    }

    /** Of a loop over a variable only what it looks at of each element, and how many there are; any other list is looked at as a whole. */
    private void lookAtLoop(CelComprehension loop, Map<String, Bound> scope) {
        loops.add(loop);
        CelExpr range = loop.iterRange();
        boolean isVariable = range.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                && !scope.containsKey(range.ident().name())
                && PolicyTypes.VARIABLES.containsKey(range.ident().name())
                && loop.iterVar2().isEmpty();
        Bound element;
        if (isVariable) {
            found.add(new FactPath(range.ident().name(), Of.COUNT, List.of()));
            element = new Bound(Optional.of(range.ident().name()));
        } else {
            look(range, scope);
            element = new Bound(Optional.empty());
        }
        look(loop.accuInit(), scope);
        Map<String, Bound> inside = new HashMap<>(scope);
        inside.put(loop.iterVar(), element);
        if (!loop.iterVar2().isEmpty()) {
            inside.put(loop.iterVar2(), element);
        }
        inside.put(loop.accuVar(), new Bound(Optional.empty()));
        look(loop.loopCondition(), inside);
        look(loop.loopStep(), inside);
        Map<String, Bound> after = new HashMap<>(scope);
        after.put(loop.accuVar(), new Bound(Optional.empty()));
        look(loop.result(), after);
    }
}
