package dev.portcullis.operator.world;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What each kind is asked by: the keys an object belongs to. */
final class Indexes {
    static final String TEAM_BY_NAMESPACE = "team-by-namespace";
    static final String TEAM_BY_MEMBER = "team-by-member";
    static final String PORT_BY_PLATFORM = "port-by-platform";
    static final String PORT_BY_PRODUCT = "port-by-product";
    static final String AGREEMENT_BY_PORT = "agreement-by-port";
    static final String AGREEMENT_BY_TEAM = "agreement-by-team";
    static final String AGREEMENT_BY_STATE = "agreement-by-state";

    static final String DECISION_BY_AGREEMENT = "decision-by-agreement";

    static final String UNDECIDED = "undecided";
    static final String WRITTEN_DECISION = "written-decision";

    private static final Map<Class<?>, Map<String, Function<Object, List<String>>>> ALL = Map.of(
            Team.class,
            Map.of(
                    TEAM_BY_NAMESPACE,
                    of(Team.class, team -> team.getSpec().namespaces()),
                    TEAM_BY_MEMBER,
                    of(
                            Team.class,
                            team -> team.getSpec().members().stream()
                                    .map(TeamMember::user)
                                    .toList())),
            OutputPort.class,
            Map.of(
                    PORT_BY_PLATFORM,
                    of(OutputPort.class, port -> List.of(port.getSpec().platform())),
                    PORT_BY_PRODUCT,
                    of(
                            OutputPort.class,
                            port -> List.of(key(
                                    port.getMetadata().getNamespace(),
                                    port.getSpec().dataProduct())))),
            Decision.class,
            Map.of(
                    DECISION_BY_AGREEMENT,
                    of(
                            Decision.class,
                            decision -> List.of(key(
                                    decision.getSpec().agreement().namespace(),
                                    decision.getSpec().agreement().name())))),
            DataUsageAgreement.class,
            Map.of(
                    AGREEMENT_BY_PORT,
                    of(
                            DataUsageAgreement.class,
                            agreement -> List.of(key(
                                    agreement.getSpec().provider().namespace(),
                                    agreement.getSpec().provider().outputPort()))),
                    AGREEMENT_BY_TEAM,
                    of(
                            DataUsageAgreement.class,
                            agreement -> snapshot(agreement).stream()
                                    .flatMap(snapshot -> Stream.of(snapshot.team(), snapshot.providerTeam()))
                                    .distinct()
                                    .toList()),
                    AGREEMENT_BY_STATE,
                    of(DataUsageAgreement.class, Indexes::states)));

    private Indexes() {}

    /** Whether it is worth keeping: a state is that of half of all objects, which are found as fast by a walk. */
    static boolean isKept(String index) {
        return !index.equals(AGREEMENT_BY_STATE);
    }

    static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** The indexes of one kind. */
    static <T> Map<String, Function<T, List<String>>> of(Class<T> kind) {
        Map<String, Function<T, List<String>>> indexes = new HashMap<>();
        ALL.getOrDefault(kind, Map.of()).forEach((name, index) -> indexes.put(name, index::apply));
        return indexes;
    }

    private static <T> Function<Object, List<String>> of(Class<T> kind, Function<T, List<String>> index) {
        return object -> index.apply(kind.cast(object));
    }

    static Optional<Snapshot> snapshot(DataUsageAgreement agreement) {
        return Optional.ofNullable(agreement.getStatus()).map(DataUsageAgreementStatus::snapshot);
    }

    private static List<String> states(DataUsageAgreement agreement) {
        List<String> states = new ArrayList<>();
        boolean decided = Optional.ofNullable(agreement.getStatus())
                .map(DataUsageAgreementStatus::approval)
                .filter(approval -> approval.status() != ApprovalStatus.Requested)
                .isPresent();
        if (!decided) {
            states.add(UNDECIDED);
        }
        Map<String, String> annotations = agreement.getMetadata().getAnnotations();
        if (annotations != null && annotations.containsKey(Annotations.DECISION)) {
            states.add(WRITTEN_DECISION);
        }
        return states;
    }
}
