package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.Change;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Result;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.EndSessions;
import dev.portcullis.platform.postgresql.change.GrantMembership;
import dev.portcullis.platform.postgresql.change.PostgresqlChange;
import dev.portcullis.platform.postgresql.change.PostgresqlChange.Lane;
import dev.portcullis.platform.postgresql.change.RebuildRole;
import dev.portcullis.platform.postgresql.change.ResetMembership;
import dev.portcullis.platform.postgresql.change.RetireViewOwner;
import dev.portcullis.platform.postgresql.change.RevokeMembership;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes changes in their order, as many as possible in one transaction ({@link Attempt}). Each lane has transactions of its own, so that a table somebody has locked delays
 * nobody's revoke.
 */
final class Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);
    private static final int BATCH = 1000;
    private static final Duration CHECK = Duration.ofMillis(50);

    /** What another caused: tuple concurrently updated, deadlock, serialization failure, a savepoint that was cancelled. */
    private static final Set<String> WORTH_A_SECOND_TRY = Set.of("XX000", "40P01", "40001", "3B001");

    private final Transactions transactions;
    private final Map<Lane, Patience> patience = new EnumMap<>(Lane.class);
    private final List<Result> results = new ArrayList<>();
    private final Map<String, Outcome.Refused> incompleteRoles = new HashMap<>();
    /** Names that are no role of ours: what else was to be done with one must neither be done to somebody else's nor pass for all being gone. */
    private final Map<String, Outcome.Refused> notOurs = new HashMap<>();

    /** Memberships that could not be ended; without a member, all that would have gone with a role. */
    private final Map<Seat, Outcome.Refused> notTaken = new HashMap<>();

    /** Memberships that were ended; without a member, all that went with a role. */
    private final Set<Seat> taken = new HashSet<>();

    /** Of those who still have the access; it may go with what comes later. */
    private final List<PostgresqlChange> putOff = new ArrayList<>();

    private record Seat(String role, Optional<Principal> member) {}

    Executor(Transactions transactions) {
        this.transactions = transactions;
    }

    /** One result for each change. */
    List<Result> execute(List<Change> changes) throws PlatformUnavailableException {
        List<PostgresqlChange> batch = new ArrayList<>();
        for (Change change : changes) {
            if (!(change instanceof PostgresqlChange next)) {
                throw new IllegalArgumentException("not a change of PostgreSQL: " + change.getClass());
            }
            if (!batch.isEmpty() && (batch.size() == BATCH || !goTogether(batch.get(0), next))) {
                run(batch);
                if (movesPeople(batch) && next.lane() != Lane.MEMBERSHIPS) {
                    letChecksEnd();
                }
                batch = new ArrayList<>();
            }
            batch.add(next);
        }
        run(batch);
        run(putOff.stream().filter(end -> stillHeld(end) == null).toList());
        putOff.forEach(
                end -> Optional.ofNullable(stillHeld(end)).ifPresent(held -> results.add(new Result(end, held))));
        return results;
    }

    private static boolean movesPeople(List<PostgresqlChange> batch) {
        return batch.stream().anyMatch(GrantMembership.class::isInstance)
                && batch.stream().anyMatch(RevokeMembership.class::isInstance);
    }

    /**
     * The server finds out whose member somebody is, and only then what those roles may: a check that began before somebody was moved would else find the old
     * role without its privileges, and refuse.
     */
    private static void letChecksEnd() {
        LockSupport.parkNanos(CHECK.toNanos());
    }

    private boolean goTogether(PostgresqlChange one, PostgresqlChange other) {
        return one.lane() == other.lane() && where(one).equals(where(other));
    }

    private void run(List<PostgresqlChange> changes) throws PlatformUnavailableException {
        for (PostgresqlChange change : run(changes, true)) {
            run(List.of(change), false);
        }
    }

    /** Those that are worth a second try, where this is the first. */
    private List<PostgresqlChange> run(List<PostgresqlChange> changes, boolean first)
            throws PlatformUnavailableException {
        List<PostgresqlChange> possible = withoutHalves(changes);
        if (possible.isEmpty()) {
            return List.of();
        }
        List<PostgresqlChange> again = new ArrayList<>();
        Map<PostgresqlChange, Optional<SQLException>> attempts = new LinkedHashMap<>();
        try {
            transactions.write(where(possible.get(0)), connection -> {
                Patience patient = patience.computeIfAbsent(possible.get(0).lane(), Patience::of);
                try (Attempt attempt = new Attempt(connection, patient, transactions.failures())) {
                    attempt.all(possible, attempts::put);
                }
                return connection;
            });
            attempts.forEach((change, failure) -> note(change, failure, first ? again : null));
        } catch (DatabaseRefusedException e) {
            possible.forEach(change -> refuse(
                    change,
                    new Outcome.Refused(
                            Reason.ObjectNotFound,
                            "database " + where(change) + " cannot be used: " + e.getMessage())));
        } catch (SQLException e) {
            // the transaction itself failed, so nothing of it holds
            possible.forEach(change -> note(
                    change,
                    attempts.getOrDefault(change, Optional.of(e)).or(() -> Optional.of(e)),
                    first ? again : null));
        }
        return again;
    }

    /** Members are not added to a role that lacks something of its profile: nobody gets a half. Sessions of somebody who still has the access do not end. */
    private List<PostgresqlChange> withoutHalves(List<PostgresqlChange> changes) {
        List<PostgresqlChange> whole = new ArrayList<>();
        for (PostgresqlChange change : changes) {
            Outcome.Refused missing = incompleteRoles.get(change.role());
            boolean depends = change instanceof GrantMembership || change instanceof ResetMembership;
            Outcome.Refused notThere = notOurs.get(change.role());
            // what makes room for the name goes by what it was before
            boolean isAfter = !change.makesItOurs() && !(change instanceof RetireViewOwner);
            if (notThere != null && isAfter) {
                refuse(change, notThere);
            } else if (change instanceof EndSessions && stillHeld(change) != null) {
                putOff.add(change);
            } else if (missing != null && depends) {
                results.add(new Result(change, missing));
            } else {
                whole.add(change);
            }
        }
        return whole;
    }

    private Outcome.@Nullable Refused stillHeld(PostgresqlChange change) {
        Seat seat = new Seat(change.role(), change.principal());
        Seat everybody = new Seat(change.role(), Optional.empty());
        return taken.contains(seat) || taken.contains(everybody)
                ? null
                : notTaken.getOrDefault(seat, notTaken.get(everybody));
    }

    private void note(PostgresqlChange change, Optional<SQLException> failure, @Nullable List<PostgresqlChange> again) {
        Outcome.Refused notThere = notOurs.get(change.role());
        if (failure.isPresent() && notThere != null && !change.makesItOurs()) {
            refuse(change, notThere);
        } else if (failure.isEmpty() || Refusals.alreadyGone(change, failure.get())) {
            results.add(new Result(change, new Outcome.Applied()));
            if (takesAccess(change)) {
                taken.add(new Seat(change.role(), change.principal()));
            }
        } else if (again != null && WORTH_A_SECOND_TRY.contains(Failures.state(failure.get()))) {
            again.add(change);
        } else {
            refuse(change, Refusals.of(change, failure.get()));
        }
    }

    private void refuse(PostgresqlChange change, Outcome.Refused refused) {
        LOG.debug("refused: {}: {}", change.describe(), refused.message());
        results.add(new Result(change, refused));
        if (takesAccess(change)) {
            notTaken.put(new Seat(change.role(), change.principal()), refused);
        }
        if (change.makesItOurs()) {
            notOurs.put(change.role(), refused);
        }
        if (change.prerequisite()) {
            incompleteRoles.putIfAbsent(change.role(), refused);
        }
    }

    /** Whether somebody has nothing by the role any more once this is done: whoever is in it, where it is about the role. */
    private static boolean takesAccess(PostgresqlChange change) {
        return change instanceof RevokeMembership || change instanceof RebuildRole || change instanceof DropRole;
    }

    private String where(PostgresqlChange change) {
        return change.database().orElse(transactions.first());
    }
}
