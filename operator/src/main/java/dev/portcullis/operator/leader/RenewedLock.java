package dev.portcullis.operator.leader;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;

/** A Lease that knows when the API server last took it from this process, by a clock that nobody sets. */
final class RenewedLock extends LeaseLock {
    private volatile long renewedAt = System.nanoTime();

    RenewedLock(String namespace, String name, String identity) {
        super(namespace, name, identity);
    }

    /** Counted from when the request was sent: others may count from no earlier. */
    Duration sinceRenewed() {
        return Duration.ofNanos(System.nanoTime() - renewedAt);
    }

    @Override
    public synchronized void create(KubernetesClient client, LeaderElectionRecord record) {
        long began = System.nanoTime();
        super.create(client, record);
        renewedAt = began;
    }

    @Override
    public synchronized void update(KubernetesClient client, LeaderElectionRecord record) {
        long began = System.nanoTime();
        super.update(client, record);
        renewedAt = began;
    }
}
