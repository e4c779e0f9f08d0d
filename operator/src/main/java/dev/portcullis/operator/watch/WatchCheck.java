package dev.portcullis.operator.watch;

import dev.portcullis.api.FirstFew;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Follows what happens to one kind, beside its watch, and keeps what the watch has not shown. */
final class WatchCheck {
    private static final int NAMED = 3;

    /** How long an answer may take that tells of what a quiet cluster did meanwhile. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** An answer with as many changes may have been cut off by its end, however many more a busy API server had to tell: there is another at once. */
    private static final int MANY = 50;

    /** How long that one may take: most of a short one goes by before anything is told. */
    private static final Duration LONG = Duration.ofSeconds(5);

    /** Where many never end, the other kinds come after so many answers, half a minute. */
    private static final int ANSWERS = 7;

    private final Watched watched;
    private final History history;
    private final LongSupplier nanos;
    private final Map<ResourceID, Missing> missing = new HashMap<>();
    private @Nullable String followed;

    /**
     * @param since when it was noticed, by the monotonic clock, or when the time was counted anew
     * @param renewals how often the watch was begun anew for it
     */
    private record Missing(Change change, long since, int renewals) {}

    /** @param nanos a monotonic clock, in nanoseconds */
    WatchCheck(Watched watched, History history, LongSupplier nanos) {
        this.watched = watched;
        this.history = history;
        this.nanos = nanos;
    }

    Watched watched() {
        return watched;
    }

    /**
     * Looks at what has happened since the last look; the first time, and where that is not known any more, at everything.
     *
     * @throws IOException when the API server does not tell; then nothing is known, and the next look is at the same again
     */
    void look() throws IOException {
        missing.values().removeIf(one -> watched.isShown(one.change()));
        if (!follow()) {
            followed = null;
            followed = lookAtAll();
            // that takes long where there is much, and what has happened meanwhile will soon be forgotten
            follow();
        }
    }

    /** Takes what has happened since the last look; false where that is not known any more, or was never. */
    private boolean follow() throws IOException {
        for (int i = 0; i < ANSWERS; i++) {
            String from = followed;
            if (from == null
                    || !(history.since(watched.path(), from, i == 0 ? SHORT : LONG)
                            instanceof History.Told.UpTo told)) {
                return false;
            }
            told.changes().forEach(this::take);
            followed = told.revision();
            if (told.changes().size() < MANY) {
                break;
            }
        }
        return true;
    }

    private String lookAtAll() throws IOException {
        History.Told.UpTo all = history.all(watched.path());
        Set<String> there = new HashSet<>();
        all.changes().forEach(one -> {
            there.add(one.uid());
            take(one);
        });
        // what has come and gone meanwhile: its end has been forgotten, and is not missed
        missing.values()
                .removeIf(one -> !one.change().isGone()
                        && !there.contains(one.change().uid())
                        && Revision.isOlder(one.change().revision(), all.revision()));
        watched.all()
                .get()
                .map(object -> new Change(
                        ResourceID.fromResource(object),
                        object.getMetadata().getUid(),
                        object.getMetadata().getResourceVersion(),
                        true))
                // what is newer than the list is not on it
                .filter(kept -> !there.contains(kept.uid()) && Revision.isOlder(kept.revision(), all.revision()))
                .toList()
                .forEach(this::take);
        return all.revision();
    }

    private void take(Change change) {
        if (!watched.isInSight(change.id())) {
            return;
        }
        if (watched.isShown(change)) {
            missing.remove(change.id());
        } else {
            missing.merge(
                    change.id(),
                    new Missing(change, nanos.getAsLong(), 0),
                    (before, now) -> new Missing(change, before.since(), before.renewals()));
        }
    }

    /** How long something has been missing without a break; zero: nothing is. */
    Duration behind() {
        long now = nanos.getAsLong();
        return missing.values().stream()
                .map(one -> Duration.ofNanos(Math.max(1, now - one.since())))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Counts the time anew: the watch is being opened, or has just been. */
    void countAnew() {
        countAnew(0);
    }

    /** The watch was begun anew, and should show what is missing. */
    void renewed() {
        countAnew(1);
    }

    private void countAnew(int renewals) {
        long now = nanos.getAsLong();
        missing.replaceAll((id, one) -> new Missing(one.change(), now, one.renewals() + renewals));
    }

    /** How often the watch was begun anew, and did not show what was missing. */
    int inVain() {
        return missing.values().stream().mapToInt(Missing::renewals).max().orElse(0);
    }

    /** What is missing, for people. */
    @Override
    public String toString() {
        List<String> all = missing.keySet().stream()
                .map(id -> id.getNamespace().map(namespace -> namespace + "/").orElse("") + id.getName())
                .sorted()
                .toList();
        return FirstFew.of(NAMED, all);
    }
}
