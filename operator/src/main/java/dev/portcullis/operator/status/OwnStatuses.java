package dev.portcullis.operator.status;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.engine.time.Elapsed;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statuses of agreements as this operator found them at its start or wrote them since. Access follows from the decision on record in a status, so a
 * decision that somebody else put there, as anybody could while the guard is down, must not count: what is ours is looked at instead, and put back.
 */
public final class OwnStatuses {
    private final Map<ResourceID, Own> byName = new ConcurrentHashMap<>();

    private static final int MOST_UNDERWAY = 8;

    private volatile boolean seeded;

    /**
     * @param status what is on record
     * @param underway what was being written since: the API server may have taken any of it although no answer came
     */
    private record Own(
            String uid, @Nullable DataUsageAgreementStatus status, List<DataUsageAgreementStatus> underway) {}

    /** What there is at the start is taken as it is: what else could be known? */
    public void seed(Stream<DataUsageAgreement> agreements) {
        agreements.forEach(this::wrote);
        seeded = true;
    }

    /** A status is going to be written. */
    public void writes(DataUsageAgreement agreement, DataUsageAgreementStatus status) {
        String uid = agreement.getMetadata().getUid();
        byName.compute(ResourceID.fromResource(agreement), (id, known) -> {
            Own own = known != null && known.uid().equals(uid) ? known : new Own(uid, null, List.of());
            Stream<DataUsageAgreementStatus> latest =
                    own.underway().stream().skip(Math.max(0, own.underway().size() - MOST_UNDERWAY + 1));
            return new Own(
                    uid, own.status(), Stream.concat(latest, Stream.of(status)).toList());
        });
    }

    /**
     * Whether the API server took a status although no answer came: it is what was read. Then whoever is told of what is written has not been yet.
     *
     * @return what was on record when somebody was told last
     */
    public Optional<Unanswered> unanswered(DataUsageAgreement read) {
        Own own = own(read);
        return read.getStatus() != null
                        && !read.getStatus().equals(own.status())
                        && own.underway().contains(read.getStatus())
                ? Optional.of(new Unanswered(own.status()))
                : Optional.empty();
    }

    /** @param before what was on record when somebody was told last; null: nothing */
    public record Unanswered(@Nullable DataUsageAgreementStatus before) {}

    /** Takes note of an agreement whose status was just written, as the API server gave it back. */
    public void wrote(DataUsageAgreement written) {
        byName.put(
                ResourceID.fromResource(written),
                new Own(written.getMetadata().getUid(), written.getStatus(), List.of()));
    }

    /** What was found of an agreement since its status was written last, whether or not that could be written; empty: nothing. */
    public Optional<DataUsageAgreementStatus> found(DataUsageAgreement agreement) {
        List<DataUsageAgreementStatus> underway = own(agreement).underway();
        return underway.isEmpty() ? Optional.empty() : Optional.of(underway.get(underway.size() - 1));
    }

    public void forget(DataUsageAgreement gone) {
        byName.computeIfPresent(
                ResourceID.fromResource(gone),
                (id, own) -> own.uid().equals(gone.getMetadata().getUid()) ? null : own);
    }

    /** Whether a status was read that decides otherwise than ours: then somebody else wrote it. A new agreement has none that is not ours. */
    public boolean isForeign(DataUsageAgreement read) {
        return read.getStatus() != null && !isOurs(read);
    }

    /**
     * Takes a foreign status for ours, where it decides what was found here too: two operators that run at once by mistake would put back for ever what the other has
     * written.
     *
     * @param found from what {@link #trusted} gave of it
     */
    public boolean takesOver(DataUsageAgreement read, DataUsageAgreementStatus found, Instant now) {
        boolean alike = alike(read, found, now).as(Objects.requireNonNull(read.getStatus()));
        if (alike) {
            wrote(read);
        }
        return alike;
    }

    private FoundAlike alike(DataUsageAgreement read, DataUsageAgreementStatus found, Instant now) {
        return new FoundAlike(
                own(read).status(), found, Instant.parse(read.getMetadata().getCreationTimestamp()), now);
    }

    private boolean isOurs(DataUsageAgreement read) {
        if (!seeded) {
            return true;
        }
        Own own = own(read);
        return decidesAlike(own.status(), read.getStatus())
                || own.underway().stream().anyMatch(status -> decidesAlike(status, read.getStatus()));
    }

    /** The agreement as it was read, or with our status in the place of a foreign one, or of one that was taken away. */
    public DataUsageAgreement trusted(DataUsageAgreement read) {
        if (isOurs(read)) {
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

    private Own own(DataUsageAgreement read) {
        String uid = read.getMetadata().getUid();
        @Nullable Own known = byName.get(ResourceID.fromResource(read));
        return known != null && known.uid().equals(uid) ? known : new Own(uid, null, List.of());
    }

    private static boolean decidesAlike(
            @Nullable DataUsageAgreementStatus ours, @Nullable DataUsageAgreementStatus read) {
        return Objects.equals(
                        Optional.ofNullable(ours).map(DataUsageAgreementStatus::approval),
                        Optional.ofNullable(read).map(DataUsageAgreementStatus::approval))
                && Objects.equals(
                        Optional.ofNullable(ours).map(DataUsageAgreementStatus::snapshot),
                        Optional.ofNullable(read).map(DataUsageAgreementStatus::snapshot))
                // what time has brought stays, so nobody else may say that it has, or that it has not
                && Elapsed.of(ours).equals(Elapsed.of(read));
    }
}
