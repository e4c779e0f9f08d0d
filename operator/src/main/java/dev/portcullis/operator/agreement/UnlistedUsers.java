package dev.portcullis.operator.agreement;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.team.Team;
import dev.portcullis.engine.team.ActingTeam;
import dev.portcullis.operator.watch.Revision;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether who is said to be no member of the team that asks is none. Each kind is watched by itself, so a request may be seen before the Team by which the same pull request lists the person. What is
 * kept with the request is kept for good, and who passes for no member keeps the access when they leave: so the API server is asked before it is written. Who passes for a member and is none is
 * suspended by the next look, and need not be asked about.
 */
final class UnlistedUsers {
    private static final Logger LOG = LoggerFactory.getLogger(UnlistedUsers.class);

    /** At which revision of the API server a team listed nobody: that serves all requests that are older. */
    private final Map<String, Long> listedNobody = new ConcurrentHashMap<>();

    /** Whether the status may be written: it is not the first that says so, or it is so. */
    boolean allow(DataUsageAgreement agreement, DataUsageAgreementStatus status, KubernetesClient client) {
        String user = agreement.getSpec().consumer().user();
        Optional<Snapshot> first =
                snapshot(status).filter(now -> snapshot(agreement.getStatus()).isEmpty());
        if (user == null || first.isEmpty()) {
            return true;
        }
        String team = first.get().team();
        Boolean isMember = first.get().memberOfTeam();
        boolean isSo = isMember == null
                ? listsNobody(team, agreement, client)
                : isMember || !there(team, client).hasMember(user);
        if (!isSo) {
            LOG.warn(
                    "{}/{} waits: the watch has not shown Team {} yet as it is",
                    agreement.getMetadata().getNamespace(),
                    agreement.getMetadata().getName(),
                    team);
        }
        return isSo;
    }

    private boolean listsNobody(String team, DataUsageAgreement agreement, KubernetesClient client) {
        long since = listedNobody.getOrDefault(team, -1L);
        boolean isOlder = Revision.of(agreement.getMetadata().getResourceVersion())
                .filter(written -> written <= since)
                .isPresent();
        return isOlder || !there(team, client).listsMembers();
    }

    /** The operator may list Teams, and needs no other right for it. */
    private ActingTeam there(String name, KubernetesClient client) {
        var list = client.resources(Team.class).withField("metadata.name", name).list();
        ActingTeam team = new ActingTeam(
                name,
                list.getItems().stream()
                        .filter(one -> one.getMetadata().getName().equals(name))
                        .findFirst());
        if (!team.listsMembers()) {
            Revision.of(list.getMetadata().getResourceVersion())
                    .ifPresent(revision -> listedNobody.merge(name, revision, Math::max));
        }
        return team;
    }

    private static Optional<Snapshot> snapshot(@Nullable DataUsageAgreementStatus status) {
        return Optional.ofNullable(status).map(DataUsageAgreementStatus::snapshot);
    }
}
