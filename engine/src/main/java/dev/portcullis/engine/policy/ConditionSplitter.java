package dev.portcullis.engine.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Takes a checked expression apart. One with several loops stays whole: the steps of all its loops are counted together, and parts would have a count each.
 */
final class ConditionSplitter {
    private static final String AND = "_&&_";
    private static final String OR = "_||_";

    private final CelRuntime runtime;
    private final CelAbstractSyntaxTree checked;
    private final Function<FactSet, KeptAnswers> shared;

    private ConditionSplitter(
            CelRuntime runtime, CelAbstractSyntaxTree checked, Function<FactSet, KeptAnswers> shared) {
        this.runtime = runtime;
        this.checked = checked;
        this.shared = shared;
    }

    /** @param shared gives one object for equal sets: expressions mostly look at the same */
    static Condition of(CelRuntime runtime, CelAbstractSyntaxTree checked, Function<FactSet, KeptAnswers> shared)
            throws CelEvaluationException {
        ConditionSplitter splitter = new ConditionSplitter(runtime, checked, shared);
        return FactPaths.of(checked.getExpr()).loops() > 1
                ? splitter.part(checked.getExpr())
                : splitter.apart(checked.getExpr());
    }

    private Condition apart(CelExpr expression) throws CelEvaluationException {
        if (isCall(expression, AND)) {
            return new Condition.All(parts(expression));
        }
        return isCall(expression, OR) ? new Condition.Any(parts(expression)) : part(expression);
    }

    private List<Condition> parts(CelExpr expression) throws CelEvaluationException {
        List<Condition> parts = new ArrayList<>();
        for (CelExpr argument : expression.call().args()) {
            parts.add(apart(argument));
        }
        return List.copyOf(parts);
    }

    private Condition part(CelExpr expression) throws CelEvaluationException {
        CelAbstractSyntaxTree part = CelAbstractSyntaxTree.newCheckedAst(
                expression, checked.getSource(), checked.getReferenceMap(), checked.getTypeMap());
        return new Condition.Part(
                runtime.createProgram(part),
                shared.apply(new FactSet(FactPaths.of(expression).all())));
    }

    private static boolean isCall(CelExpr expression, String function) {
        return expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
                && expression.call().function().equals(function);
    }
}
