package dev.portcullis.operator;

import dev.portcullis.api.team.Team;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.operator.guard.GuardWatch;
import dev.portcullis.operator.guard.ShippedPolicies;
import dev.portcullis.operator.leader.LeaderLease;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What {@code helm test} asks: whether an installation is whole and an operator works in it. It looks, and writes nothing. */
final class InstallationCheck {
    /** An operator that renews its lease does so every two seconds; clocks of nodes differ. */
    private static final Duration HEARD_OF = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;

    InstallationCheck(KubernetesClient client, String namespace, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
    }

    /** What is wrong, by what was looked at; an empty value: nothing is. */
    Map<String, Optional<String>> run() {
        Map<String, Optional<String>> found = new LinkedHashMap<>();
        found.put("the kinds are served, and the operator's account may read them", tried(this::kinds));
        found.put("the admission policies are whole", tried(this::guard));
        found.put("the installation has an id", tried(this::installation));
        found.put("an operator works", tried(this::operator));
        return found;
    }

    private static Optional<String> tried(Supplier<Optional<String>> look) {
        try {
            return look.get();
        } catch (KubernetesClientException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> kinds() {
        client.resources(Team.class).list();
        return Optional.empty();
    }

    private Optional<String> guard() {
        try (GuardWatch watch = new GuardWatch(client, new ShippedPolicies(), () -> {})) {
            watch.start();
            return watch.guard() instanceof Guard.Broken broken ? Optional.of(broken.message()) : Optional.empty();
        }
    }

    private Optional<String> installation() {
        return InstallationId.read(client, namespace).isPresent()
                ? Optional.empty()
                : Optional.of("no ConfigMap portcullis-installation: no operator has started yet");
    }

    private Optional<String> operator() {
        Optional<LeaseSpec> lease = Optional.ofNullable(client.leases()
                        .inNamespace(namespace)
                        .withName(LeaderLease.NAME)
                        .get())
                .map(Lease::getSpec);
        Instant since = clock.instant().minus(HEARD_OF);
        return lease.filter(spec -> spec.getHolderIdentity() != null
                                && !spec.getHolderIdentity().isEmpty())
                        .map(LeaseSpec::getRenewTime)
                        .filter(renewed -> renewed.toInstant().isAfter(since))
                        .isPresent()
                ? Optional.empty()
                : Optional.of("nobody holds Lease " + LeaderLease.NAME
                        + ": look at the pods of Deployment portcullis and at their logs; an operator that was started without"
                        + " PORTCULLIS_LEADER_ELECTION=true holds none, and cannot be seen");
    }
}
