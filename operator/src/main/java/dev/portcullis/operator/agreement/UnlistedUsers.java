package dev.portcullis.operator.agreement;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.team.Team;
import dev.portcullis.engine.team.ActingTeam;
import dev.portcullis.operator.watch.Revision;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
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

    /** At which revision of the API server nobody was listed who acts for a namespace: that serves all requests that are older. */
    private final Map<Acting, Long> listedNobody = new ConcurrentHashMap<>();

    private record Acting(String namespace, String team) {}

    /** Whether the status may be written: it is not the first that says so, or it is so. */
    boolean allow(DataUsageAgreement agreement, DataUsageAgreementStatus status, KubernetesClient client) {
        String user = agreement.getSpec().consumer().user();
        Optional<Snapshot> first =
                snapshot(status).filter(now -> snapshot(agreement.getStatus()).isEmpty());
        if (user == null || first.isEmpty()) {
            return true;
        }
        Boolean isMember = first.get().memberOfTeam();
        Acting acting =
                new Acting(agreement.getMetadata().getNamespace(), first.get().team());
        boolean isSo = Boolean.TRUE.equals(isMember)
                || (isMember == null && isOlder(agreement, acting))
                || isThere(acting, isMember, user, client);
        if (!isSo) {
            LOG.warn(
                    "{}/{} waits: the watch has not shown yet which Team acts for the namespace, and whom it lists",
                    agreement.getMetadata().getNamespace(),
                    agreement.getMetadata().getName());
        }
        return isSo;
    }

    private boolean isOlder(DataUsageAgreement agreement, Acting acting) {
        long since = listedNobody.getOrDefault(acting, -1L);
        return Revision.of(agreement.getMetadata().getResourceVersion())
                .filter(written -> written <= since)
                .isPresent();
    }

    /** Whether the API server has it as it was seen: the team acts for the namespace, and lists nobody, or at least not the user. */
    private boolean isThere(Acting acting, @Nullable Boolean isMember, String user, KubernetesClient client) {
        // the operator may list Teams, and needs no other right for it
        NonNamespaceOperation<Team, KubernetesResourceList<Team>, Resource<Team>> teams = client.resources(Team.class);
        KubernetesResourceList<Team> named =
                teams.withField("metadata.name", acting.team()).list();
        Optional<Team> team = named.getItems().stream()
                .filter(one -> one.getMetadata().getName().equals(acting.team()))
                .findFirst();
        KubernetesResourceList<Team> all = team.isPresent() ? named : teams.list();
        boolean isActing = team.isPresent() ? actFor(acting, named.getItems()) : !actFor(acting, all.getItems());
        ActingTeam there = new ActingTeam(acting.team(), team);
        if (isActing && !there.listsMembers()) {
            Revision.of(all.getMetadata().getResourceVersion())
                    .ifPresent(revision -> listedNobody.merge(acting, revision, Math::max));
        }
        return isActing && (isMember == null ? !there.listsMembers() : there.listsMembers() && !there.hasMember(user));
    }

    private static boolean actFor(Acting acting, List<Team> teams) {
        return teams.stream().anyMatch(team -> team.getSpec().namespaces().contains(acting.namespace()));
    }

    private static Optional<Snapshot> snapshot(@Nullable DataUsageAgreementStatus status) {
        return Optional.ofNullable(status).map(DataUsageAgreementStatus::snapshot);
    }
}
