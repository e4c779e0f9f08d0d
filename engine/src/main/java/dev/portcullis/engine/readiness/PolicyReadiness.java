package dev.portcullis.engine.readiness;

import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.policy.PolicyCheck;
import java.util.List;

/** Says whether a policy can be used. */
public final class PolicyReadiness {
    /** The reason where approvals are asked of Teams that are not there. */
    public static final String TEAMS_MISSING = "TeamsMissing";

    private static final String ACCEPTED = "every expression can be evaluated";

    private final World world;
    private final PolicyCheck check;

    public PolicyReadiness(World world, PolicyCheck check) {
        this.world = world;
        this.check = check;
    }

    /** A policy and the Teams it names may be applied in any order, so it is ready without them; the reason tells. */
    public Readiness of(ApprovalPolicy policy) {
        List<String> faults = check.faults(policy);
        if (!faults.isEmpty()) {
            return Readiness.faulty("ExpressionInvalid", String.join("; ", faults));
        }
        List<String> missing =
                check.missingTeams(policy, team -> world.team(team).isPresent());
        return missing.isEmpty()
                ? Readiness.ready("Accepted", ACCEPTED)
                : Readiness.ready(
                        TEAMS_MISSING,
                        ACCEPTED
                                + ", but approvals are asked of Teams that are not there, and such requests cannot be decided: create "
                                + String.join(", ", missing) + ", or name others");
    }
}
