package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Write transactions that other connections of the operator have open: those of a process before this one, whose COMMIT may still hang in fsync or in
 * synchronous replication. What they did cannot be seen yet, and may hold all the same: so nothing is read before they have ended.
 */
final class OpenWrites {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /**
     * Not those of the login alone: the Secret may have named another one before. Others may call themselves what they like, so it takes the operator's role
     * too. Which transaction a connection has is shown to everybody.
     */
    private static final String SQL = """
            SELECT pid, backend_xid::text AS xid FROM pg_stat_activity
            WHERE application_name = ? AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
              AND pg_has_role(usesysid, current_user, 'MEMBER')
            """;

    private OpenWrites() {}

    /** A transaction of a connection of ours. */
    record Write(int pid, String transaction) {}

    /** Those that are open, in a transaction that has seen no others yet: what the server shows of connections stays the same within one. */
    static Set<Write> look(Connection connection) throws SQLException {
        return new HashSet<>(Query.rows(
                connection,
                SQL,
                row -> new Write(row.getInt("pid"), row.getString("xid")),
                DataSources.APPLICATION_NAME));
    }

    /**
     * Returns when all that were open have ended. Those that began meanwhile are not waited for: other platforms may share the login, and somebody
     * is always writing.
     */
    static void awaitEnd(Set<Write> seen, Transactions transactions)
            throws PlatformUnavailableException, DatabaseRefusedException {
        Set<Write> open = new HashSet<>(seen);
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!open.isEmpty()) {
            if (System.nanoTime() - giveUp > 0) {
                throw stillOpen(open);
            }
            pause();
            open.retainAll(transactions.read(transactions.first(), OpenWrites::look));
        }
    }

    private static void pause() throws PlatformUnavailableException {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new PlatformUnavailableException(
                    Reason.ServerError,
                    "the operator was stopped while it waited for a transaction of its own to end; it looks again");
        }
    }

    private static PlatformUnavailableException stillOpen(Set<Write> open) {
        String statements = open.stream()
                .map(write -> "SELECT pg_terminate_backend(" + write.pid() + ");")
                .sorted()
                .collect(Collectors.joining(" "));
        return new PlatformUnavailableException(
                Reason.ServerError,
                "a write transaction of the operator, of an earlier process perhaps, is still open on the server, and what it does "
                        + "could come after what is read now; tried again soon. If it stays, see in pg_stat_activity what it waits for, or run: "
                        + statements);
    }
}
