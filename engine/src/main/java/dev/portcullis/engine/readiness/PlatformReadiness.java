package dev.portcullis.engine.readiness;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.engine.principal.PrincipalExpressions;
import java.util.List;

/** Says whether a platform's rules can be used. */
public final class PlatformReadiness {
    private final PrincipalExpressions expressions;

    public PlatformReadiness(PrincipalExpressions expressions) {
        this.expressions = expressions;
    }

    public Readiness of(DataPlatformSpec platform) {
        List<String> faults = expressions.faults(platform.principalRules());
        return faults.isEmpty()
                ? Readiness.ready("Accepted", "its rules can be used")
                : Readiness.faulty("PrincipalRulesInvalid", String.join("; ", faults));
    }
}
