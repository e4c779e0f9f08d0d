package dev.portcullis.operator.watch;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a watch that is deaf: it is open, and does not tell what happens. It is begun anew then; where that does not help the process should be, as
 * {@link #isLive} says. While the API server does not answer, or a watch says itself that it is not open, nothing is concluded.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    /** How often a watch is begun anew before only a new process may help. */
    private static final int RENEWALS = 2;

    private static final Duration BLIND = Duration.ofMinutes(10);

    private final List<WatchCheck> checks;
    private final Renewal renewal;
    private final BooleanSupplier areOpen;
    private final WatchPace pace;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final Map<String, Integer> renewed = new ConcurrentSkipListMap<>();
    private volatile Instant lookedAt;
    private volatile boolean isHelpless;
    private boolean isBlind;

    /** @param areOpen whether all watches say of themselves that they are open */
    public Watchdog(
            List<Watched> kinds,
            ApiHistory history,
            Renewal renewal,
            BooleanSupplier areOpen,
            WatchPace pace,
            Clock clock) {
        this(
                kinds.stream()
                        .map(kind -> new WatchCheck(kind, history, System::nanoTime))
                        .toList(),
                renewal,
                areOpen,
                pace,
                clock);
    }

    Watchdog(List<WatchCheck> checks, Renewal renewal, BooleanSupplier areOpen, WatchPace pace, Clock clock) {
        this.checks = checks;
        this.renewal = renewal;
        this.areOpen = areOpen;
        this.pace = pace;
        this.clock = clock;
        this.lookedAt = clock.instant();
        checks.forEach(check -> renewed.put(check.watched().name(), 0));
        thread = new Thread(this::run, "watchdog");
        thread.setDaemon(true);
    }

    /** To be called when everything has been seen. */
    public void start() {
        lookedAt = clock.instant();
        thread.start();
    }

    private void run() {
        try {
            while (!closed.await(pace.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at each kind once. */
    void look() {
        boolean all = true;
        for (WatchCheck check : checks) {
            all &= !Thread.currentThread().isInterrupted() && look(check);
        }
        Instant now = clock.instant();
        if (all) {
            lookedAt = now;
            isBlind = false;
        } else if (!isBlind && Duration.between(lookedAt, now).compareTo(BLIND) > 0) {
            isBlind = true;
            LOG.warn(
                    "whether watches miss something has not been known since {}: the API server does not tell",
                    lookedAt);
        }
    }

    private boolean look(WatchCheck check) {
        try {
            check.look();
        } catch (IOException | RuntimeException e) {
            LOG.debug(
                    "cannot tell whether the watch of {} misses something",
                    check.watched().name(),
                    e);
            return false;
        }
        judge(check);
        return true;
    }

    private void judge(WatchCheck check) {
        Duration behind = check.behind();
        if (!areOpen.getAsBoolean()) {
            check.countAnew();
        } else if (behind.compareTo(pace.patience()) >= 0 && !isHelpless) {
            renew(check, behind);
        }
    }

    private void renew(WatchCheck check, Duration behind) {
        String name = check.watched().name();
        if (check.inVain() >= RENEWALS) {
            LOG.error(
                    "the watch of {} has not shown {} for {} s, also after it was begun anew: only a new start helps",
                    name,
                    check,
                    behind.toSeconds());
            isHelpless = true;
            return;
        }
        renewed.merge(name, 1, Integer::sum);
        LOG.warn(
                "the watch of {} has not shown {} for {} s although it is open, so it is begun anew: look at what is between the operator and the API server",
                name,
                check,
                behind.toSeconds());
        if (!renewal.renew(check.watched())) {
            LOG.warn("there is no watch of {} that can be begun anew", name);
        }
        check.renewed();
    }

    /** False when a watch is deaf and nothing but a new start helps. */
    public boolean isLive() {
        return !isHelpless;
    }

    /** How often the watch of a kind was begun anew, by the kind's name. */
    public Map<String, Integer> renewed() {
        return Map.copyOf(renewed);
    }

    /** When it was last known of all kinds what their watches miss. */
    public Instant lookedAt() {
        return lookedAt;
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
