package dev.portcullis.engine.principal;

import dev.portcullis.api.platform.PrincipalRules;
import dev.portcullis.platform.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes principals of beneficiaries by a platform's rules. */
public final class PrincipalMapper {
    private final PrincipalExpressions expressions;

    public PrincipalMapper(PrincipalExpressions expressions) {
        this.expressions = expressions;
    }

    /** A principal, or why there is none. */
    public sealed interface Result {
        record Ok(Principal principal) implements Result {}

        /** Why there is none. */
        sealed interface Bad extends Result {
            String message();
        }

        /** The rule has none for this name; it may have one for others. */
        record Nameless(String message) implements Bad {}

        /** The rule has none for anybody. */
        record RuleBroken(String message) implements Bad {}
    }

    public Result map(Beneficiary beneficiary, PrincipalRules rules) {
        if (beneficiary instanceof Beneficiary.User user) {
            return map(rules.user(), user.name(), Map.of("name", user.name()), "principals.user");
        }
        if (beneficiary instanceof Beneficiary.Product product) {
            return map(
                    rules.dataProduct(),
                    product.name(),
                    Map.of("name", product.name(), "namespace", product.namespace()),
                    "principals.dataProduct");
        }
        if (beneficiary instanceof Beneficiary.WholeTeam team) {
            return map(rules.team(), team.name(), Map.of("name", team.name()), "principals.team");
        }
        return new Result.Ok(new Principal(((Beneficiary.Remembered) beneficiary).principal()));
    }

    private Result map(@Nullable String expression, String asNamed, Map<String, String> variables, String field) {
        if (expression == null) {
            return new Result.Ok(new Principal(asNamed));
        }
        return expressions.evaluate(expression, variables, field);
    }
}
