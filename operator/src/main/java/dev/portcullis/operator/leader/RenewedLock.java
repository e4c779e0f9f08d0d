package dev.portcullis.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A Lease that knows when the API server last took it from this process. What another holds has run out when it has stood still
 * for its duration before this process' eyes, whatever time the other wrote: clocks of machines differ, and a time that was taken before a slow request is old
 * when it arrives. So it is too when the Lease is deleted, and when people have left something of it out.
 */
final class RenewedLock extends LeaseLock {
    private final String namespace;
    private final String name;
    private final Duration duration;
    private final LongSupplier nanos;
    private final Clock clock;
    private volatile Moment renewedAt;
    private @Nullable Seen seen;

    /** A Lease as it is since when it was first seen so. */
    private record Seen(LeaseSpec spec, long since) {}

    /** By both clocks: the one that nobody sets stands still while the machine sleeps, and the other jumps when somebody sets it. */
    private record Moment(long nanos, Instant time) {}

    /**
     * @param duration of what does not say how long it lasts
     * @param nanos monotonic, as {@link System#nanoTime}
     */
    RenewedLock(String namespace, String name, String identity, Duration duration, LongSupplier nanos, Clock clock) {
        super(namespace, name, identity);
        this.namespace = namespace;
        this.name = name;
        this.duration = duration;
        this.nanos = nanos;
        this.clock = clock;
        renewedAt = now();
    }

    private Moment now() {
        return new Moment(nanos.getAsLong(), clock.instant());
    }

    private Duration age(Seen one) {
        return Duration.ofNanos(nanos.getAsLong() - one.since());
    }

    /** Counted from when the request was sent: others see it no earlier. By the clock that went further: others went on while this machine slept. */
    Duration sinceRenewed() {
        Moment then = renewedAt;
        Moment now = now();
        Duration steady = Duration.ofNanos(now.nanos() - then.nanos());
        Duration told = Duration.between(then.time(), now.time());
        return steady.compareTo(told) < 0 ? told : steady;
    }

    @Override
    public synchronized @Nullable LeaderElectionRecord get(KubernetesClient client) {
        @Nullable LeaderElectionRecord there = super.get(client);
        Seen last = seen;
        return there == null && last != null && isOthers(last) && age(last).compareTo(lasts(last)) < 0
                // whoever held it works until it has found out
                ? record(last, Duration.ZERO)
                : there;
    }

    private boolean isOthers(Seen one) {
        String holder = Objects.requireNonNullElse(one.spec().getHolderIdentity(), "");
        return !holder.isEmpty() && !holder.equals(identity());
    }

    private Duration lasts(Seen one) {
        return Optional.ofNullable(one.spec().getLeaseDurationSeconds())
                .map(Duration::ofSeconds)
                .orElse(duration);
    }

    private LeaderElectionRecord record(Seen one, Duration age) {
        ZonedDateTime renewed = clock.instant().atZone(ZoneOffset.UTC).minus(age);
        return new LeaderElectionRecord(
                one.spec().getHolderIdentity(),
                lasts(one),
                Objects.requireNonNullElse(one.spec().getAcquireTime(), renewed),
                renewed,
                Objects.requireNonNullElse(one.spec().getLeaseTransitions(), 0));
    }

    @Override
    protected synchronized LeaderElectionRecord toRecord(Lease lease) {
        LeaseSpec spec = Objects.requireNonNullElseGet(lease.getSpec(), LeaseSpec::new);
        Seen now = seen;
        if (now == null || !now.spec().equals(spec)) {
            now = new Seen(spec, nanos.getAsLong());
            seen = now;
        }
        return record(now, age(now));
    }

    @Override
    public synchronized void create(KubernetesClient client, LeaderElectionRecord record) {
        Moment began = now();
        super.create(client, record);
        renewedAt = began;
    }

    @Override
    public synchronized void update(KubernetesClient client, LeaderElectionRecord record) {
        Moment began = now();
        super.update(client, record);
        renewedAt = began;
    }

    /** Where this process holds it nobody does any more, and the next one takes it at its next look. */
    synchronized void giveBack(KubernetesClient client) {
        Resource<Lease> lease = client.leases().inNamespace(namespace).withName(name);
        @Nullable Lease there = lease.get();
        if (there != null
                && there.getSpec() != null
                && identity().equals(there.getSpec().getHolderIdentity())) {
            lease.patch(
                    PatchContext.of(PatchType.JSON_MERGE),
                    "{\"metadata\": {\"resourceVersion\": \""
                            + there.getMetadata().getResourceVersion() + "\"}, \"spec\": {\"holderIdentity\": null}}");
        }
    }
}
