package dev.portcullis.operator.policy;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.engine.facts.World;
import dev.portcullis.operator.watch.Revision;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a request was judged by the policies that are there. Each kind is watched by itself, so a request may be seen before a policy that is older, and a
 * watch may stand still for minutes; what policies say is kept for good, so before that is written the API server is asked. One answer serves all requests
 * that are older than it: revisions of the API server tell which are.
 */
public final class PoliciesThere {
    private static final Logger LOG = LoggerFactory.getLogger(PoliciesThere.class);

    private static final Seen NOBODY_LOOKS = new Seen(Set.of());

    private final World world;
    private final KubernetesClient client;
    private volatile Answer last = new Answer(-1, Set.of());

    /** What the API server had at a revision. */
    private record Answer(long revision, Set<Edition> policies) {
        boolean serves(DataUsageAgreement agreement, Seen seen) {
            return policies.equals(seen.policies())
                    && Revision.of(agreement.getMetadata().getResourceVersion())
                            .filter(written -> written <= revision)
                            .isPresent();
        }
    }

    public PoliciesThere(World world, KubernetesClient client) {
        this.world = world;
        this.client = client;
    }

    /** The policies at one moment. */
    public record Seen(Set<Edition> policies) {}

    /** One edition of a policy. */
    public record Edition(String uid, @Nullable Long generation) {}

    /** Those that a request is judged by now; to be asked before it is. None where it was judged before: nobody looks at them then. */
    public Seen seen(DataUsageAgreement agreement) {
        return isJudged(agreement.getStatus()) ? NOBODY_LOOKS : new Seen(editions(world.policies()));
    }

    /** Whether a status with what policies said may be written: it is not the first, or those that were seen are all there are. */
    public boolean allow(DataUsageAgreement agreement, DataUsageAgreementStatus status, Seen seen) {
        if (isJudged(agreement.getStatus()) || !isJudged(status) || last.serves(agreement, seen)) {
            return true;
        }
        var list = client.resources(ApprovalPolicy.class).list();
        Answer there =
                new Answer(Revision.of(list.getMetadata().getResourceVersion()).orElse(-1L), editions(list.getItems()));
        keep(there);
        // not the one that is kept: another thread may have asked sooner, and been slower
        if (there.policies().equals(seen.policies())) {
            return true;
        }
        LOG.warn(
                "{}/{} waits: the watch has not shown all ApprovalPolicies yet as they are",
                agreement.getMetadata().getNamespace(),
                agreement.getMetadata().getName());
        return false;
    }

    private synchronized void keep(Answer there) {
        if (there.revision() >= last.revision()) {
            last = there;
        }
    }

    private static boolean isJudged(@Nullable DataUsageAgreementStatus status) {
        return Optional.ofNullable(status)
                .map(DataUsageAgreementStatus::snapshot)
                .map(Snapshot::policies)
                .isPresent();
    }

    private static Set<Edition> editions(Collection<ApprovalPolicy> policies) {
        Set<Edition> editions = new HashSet<>();
        policies.forEach(policy -> editions.add(
                new Edition(policy.getMetadata().getUid(), policy.getMetadata().getGeneration())));
        return editions;
    }
}
