package dev.portcullis.benchmark.chaos;

import dev.portcullis.local.LocalPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Looks all the time who has access, and compares that with who may. */
final class Observer implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(150);

    private final LocalPostgres postgres;
    private final Model model;
    private final Supplier<Duration> quiet;
    private final Duration bound;
    private final Thread thread = new Thread(this::run, "observer");
    private final Set<Cell> told = new LinkedHashSet<>();
    private final Set<String> violations = new LinkedHashSet<>();
    private volatile boolean ended;
    private long looks;
    private long seen;
    private Duration longest = Duration.ZERO;
    private Duration longestQuiet = Duration.ZERO;

    /** {@code bound} is how much quiet time an access may outlive what explained it. */
    Observer(LocalPostgres postgres, Model model, Supplier<Duration> quiet, Duration bound) {
        this.postgres = postgres;
        this.model = model;
        this.quiet = quiet;
        this.bound = bound;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (Access access = new Access(postgres)) {
            while (!ended) {
                try {
                    look(access.now());
                } catch (SQLException e) {
                    // the server is away, which is what happens here
                } catch (RuntimeException e) {
                    blind(e);
                }
                Pause.of(EVERY);
            }
        } catch (SQLException e) {
            // of a connection that is closed at the end
        }
    }

    private synchronized void look(Set<Cell> cells) {
        looks++;
        seen += cells.size();
        for (Cell cell : cells) {
            Model.Justified last = model.lastExplained(cell);
            if (model.isExcused(cell)) {
                continue;
            }
            if (last == null) {
                violation(cell, "has access that nobody ever may have approved");
                continue;
            }
            Duration outlived = quiet.get().minus(last.quiet());
            longest = longer(longest, Duration.between(last.at(), Instant.now()));
            longestQuiet = longer(longestQuiet, outlived);
            if (outlived.compareTo(bound) > 0) {
                violation(
                        cell,
                        "still has access that ended at " + last.at() + ", " + outlived.toMillis()
                                + " ms of quiet time ago");
            }
        }
    }

    /** Who does not look finds nothing: that is no good sign. */
    private synchronized void blind(RuntimeException failure) {
        if (!ended) {
            violations.add(Instant.now() + " it could not be looked who has access: " + failure);
        }
    }

    private void violation(Cell cell, String what) {
        if (told.add(cell)) {
            violations.add(Instant.now() + " " + cell + " " + what);
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** What must not have been, oldest first; each access once. */
    synchronized Set<String> violations() {
        return new LinkedHashSet<>(violations);
    }

    /** About whose access they were. */
    synchronized Set<Cell> violated() {
        return new LinkedHashSet<>(told);
    }

    synchronized long looks() {
        return looks;
    }

    /** How many columns somebody could read, on average. */
    synchronized long seenAtOnce() {
        return seen / Math.max(1, looks);
    }

    /** How long an access outlived what explained it, at most, by the clock: with all faults in between. */
    synchronized Duration longest() {
        return longest;
    }

    /** The same in quiet time. */
    synchronized Duration longestQuiet() {
        return longestQuiet;
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
    }
}
