package dev.portcullis.engine.facts;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All objects that a judgement may look at, as they are at one moment: an operator's caches, or a folder of manifests. */
public interface World {
    Optional<OutputPort> port(String namespace, String name);

    Optional<DataProduct> product(String namespace, String name);

    Optional<DataPlatform> platform(String name);

    Optional<Team> team(String name);

    /** The Teams that list the namespace, by name. */
    List<Team> teamsOf(String namespace);

    /** The names of the Teams that list the user, sorted. */
    List<String> teamsWith(String user);

    /** All approval policies: Mandatory ones first, each mode by order, then by name. */
    List<ApprovalPolicy> policies();

    /** The labels of a namespace; empty where it is not known: not there, or not seen yet, which is another matter than to have none. */
    Optional<Map<String, String>> labelsOf(String namespace);

    /** The Decisions that name an agreement, in any order. */
    List<Decision> decisions(String namespace, String agreement);

    /** The agreements that name a port, whatever became of them, in any order. */
    List<DataUsageAgreement> agreementsOn(String namespace, String port);
}
