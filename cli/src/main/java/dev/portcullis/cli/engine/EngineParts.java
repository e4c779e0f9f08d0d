package dev.portcullis.cli.engine;

import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.policy.PolicyExpressions;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.platform.external.ExternalModule;
import dev.portcullis.platform.postgresql.PostgresqlModule;
import java.util.List;

/**
 * What the engine is made of, whatever world it looks at: the platforms the operator serves and the compilers of expressions. To be made when it is needed, since
 * compilers take a while to load.
 */
public record EngineParts(
        PlatformModules modules,
        PrincipalExpressions rules,
        PrincipalMapper principals,
        PolicyExpressions expressions) {
    public static EngineParts ofTheOperator() {
        PrincipalExpressions rules = new PrincipalExpressions();
        return new EngineParts(
                new PlatformModules(List.of(new PostgresqlModule(), new ExternalModule())),
                rules,
                new PrincipalMapper(rules),
                new PolicyExpressions());
    }
}
