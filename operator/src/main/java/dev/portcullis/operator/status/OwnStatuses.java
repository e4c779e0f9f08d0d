package dev.portcullis.operator.status;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.operator.memory.Belonging;
import dev.portcullis.operator.watch.Revision;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statuses of agreements as this operator found them at its start or wrote them since. Access follows from the decision on record in a status, so a
 * decision that somebody else put there, as anybody could while the guard is down, must not count: what is ours is looked at instead, and put back.
 */
public final class OwnStatuses {
    private final Map<ResourceID, OnRecord> byName = new ConcurrentHashMap<>();
    private final Belonging byPort = new Belonging();

    private volatile boolean seeded;

    /** What there is at the start is taken as it is: what else could be known? */
    public void seed(Stream<DataUsageAgreement> agreements) {
        agreements.forEach(this::wrote);
        seeded = true;
    }

    /** A status is going to be written. */
    public void writes(DataUsageAgreement agreement, DataUsageAgreementStatus status) {
        change(agreement, own -> own.writing(status));
    }

    /** Takes note of an agreement whose status was just written, as the API server gave it back. */
    public void wrote(DataUsageAgreement written) {
        change(written, own -> own.written(written.getMetadata().getResourceVersion(), written.getStatus()));
    }

    /**
     * Whether the API server took a status although no answer came: it is what was read. Then whoever is told of what is written has not been yet.
     *
     * @return what was on record when somebody was told last
     */
    public Optional<Untold> unanswered(DataUsageAgreement read) {
        OnRecord own = own(read);
        return read.getStatus() != null
                        && !read.getStatus().equals(own.status())
                        && own.underway().contains(read.getStatus())
                ? Optional.of(new Untold(own.status()))
                : Optional.empty();
    }

    /** @param before what was on record when somebody was told last; null: nothing */
    public record Untold(@Nullable DataUsageAgreementStatus before) {}

    /** What was found of an agreement since its status was written last, whether or not that could be written; empty: nothing. */
    public Optional<DataUsageAgreementStatus> found(DataUsageAgreement agreement) {
        List<DataUsageAgreementStatus> underway = own(agreement).underway();
        return underway.isEmpty() ? Optional.empty() : Optional.of(underway.get(underway.size() - 1));
    }

    public void forget(DataUsageAgreement gone) {
        byName.computeIfPresent(ResourceID.fromResource(gone), (id, own) -> {
            if (!own.uid().equals(gone.getMetadata().getUid())) {
                return own;
            }
            own.ports().forEach(port -> byPort.remove(id, port));
            return null;
        });
    }

    /**
     * Whether a status was read that is not ours: then somebody else wrote it. A new agreement has none that is not ours, and what is older than ours is what stood
     * there before.
     */
    public boolean isForeign(DataUsageAgreement read) {
        return read.getStatus() != null
                && !isOurs(read)
                && !Revision.isOlder(
                        read.getMetadata().getResourceVersion(), own(read).revision());
    }

    /** What becomes of a foreign status. */
    public sealed interface Fate {
        /** Ours takes its place. */
        record PutBack() implements Fate {}

        /** The same, but later: others were put back often enough for now. */
        record PutBackLater(Duration after) implements Fate {}

        /** It is ours from now on. */
        record Kept(Untold untold) implements Fate {}
    }

    /**
     * Decides on a foreign status. It is put back; but two operators that run at once by mistake would do that for ever, so where somebody insists on what was found here
     * too, it is taken for ours.
     *
     * @param found from what {@link #trusted} gave of it
     */
    public Fate meet(DataUsageAgreement read, DataUsageAgreementStatus found, Instant now) {
        OnRecord own = own(read);
        DataUsageAgreementStatus theirs = Objects.requireNonNull(read.getStatus());
        if (own.others().insist(now) && alike(own, read, found, now).as(theirs)) {
            change(read, before -> before.taken(read.getMetadata().getResourceVersion(), theirs));
            return new Fate.Kept(new Untold(own.status()));
        }
        Duration pause = own.others().pause(now);
        if (!pause.isZero() && own.is(found)) {
            return new Fate.PutBackLater(pause);
        }
        return new Fate.PutBack();
    }

    /** Ours has taken the place of a foreign status. */
    public void putBack(DataUsageAgreement read, Instant now) {
        change(read, before -> before.putBack(now));
    }

    private static FoundAlike alike(
            OnRecord own, DataUsageAgreement read, DataUsageAgreementStatus found, Instant now) {
        Instant created = Instant.parse(read.getMetadata().getCreationTimestamp());
        return new FoundAlike(own.status(), own.settled(), found, created, now);
    }

    private boolean isOurs(DataUsageAgreement read) {
        return !seeded || own(read).is(read.getStatus());
    }

    /** The agreement as it was read, or with our status in the place of a foreign one, or of one that was taken away. */
    public DataUsageAgreement trusted(DataUsageAgreement read) {
        if (isOurs(read)) {
            keepOnce(read);
            return read;
        }
        DataUsageAgreement trusted = new DataUsageAgreement();
        trusted.setMetadata(new ObjectMetaBuilder(read.getMetadata()).build());
        trusted.setSpec(read.getSpec());
        @Nullable DataUsageAgreementStatus ours = own(read).status();
        if (ours != null) {
            trusted.setStatus(ours);
        }
        return trusted;
    }

    /** The port an agreement was judged by, as its trusted status says: cheaper than to ask for that. */
    public Optional<String> portOf(DataUsageAgreement read) {
        @Nullable DataUsageAgreementStatus ours = own(read).status();
        return Optional.ofNullable(ours == null || ours.snapshot() == null ? read.getStatus() : ours)
                .map(DataUsageAgreementStatus::snapshot)
                .map(Snapshot::portUid);
    }

    /** What is read stays in a cache; an equal one besides would take as much memory again, and longer to compare. */
    private void keepOnce(DataUsageAgreement read) {
        @Nullable DataUsageAgreementStatus status = read.getStatus();
        if (status != null && own(read).isAnother(status)) {
            String uid = read.getMetadata().getUid();
            // by a loop's thread too, and of an agreement that may have a successor by now
            byName.computeIfPresent(
                    ResourceID.fromResource(read),
                    (id, own) -> own.uid().equals(uid) && own.isAnother(status) ? own.holding(status) : own);
        }
    }

    /**
     * Those of whose statuses, ours or on the way to be ours, one names the port. Of all others no status that says so is trusted.
     *
     * @return empty as long as every status is ours: before {@link #seed}
     */
    public Optional<Set<ResourceID>> naming(String portUid) {
        return seeded ? Optional.of(byPort.to(portUid)) : Optional.empty();
    }

    private void change(DataUsageAgreement agreement, UnaryOperator<OnRecord> change) {
        String uid = agreement.getMetadata().getUid();
        byName.compute(ResourceID.fromResource(agreement), (id, known) -> {
            OnRecord before = known != null && known.uid().equals(uid) ? known : OnRecord.nothing(uid);
            OnRecord after = change.apply(before);
            Set<String> named = known == null ? Set.of() : known.ports();
            Set<String> names = after.ports();
            // whoever has access never changes the port: so it does not matter which of the two maps shows it first
            names.stream().filter(port -> !named.contains(port)).forEach(port -> byPort.add(id, port));
            named.stream().filter(port -> !names.contains(port)).forEach(port -> byPort.remove(id, port));
            return after;
        });
    }

    private OnRecord own(DataUsageAgreement read) {
        String uid = read.getMetadata().getUid();
        @Nullable OnRecord known = byName.get(ResourceID.fromResource(read));
        return known != null && known.uid().equals(uid) ? known : OnRecord.nothing(uid);
    }
}
