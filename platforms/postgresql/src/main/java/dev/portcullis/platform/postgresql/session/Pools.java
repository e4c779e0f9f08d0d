package dev.portcullis.platform.postgresql.session;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A pool of one connection per database, since a connection sees one database only and one thread works at a time. No more than eight in all: the
 * one that was not used for longest is closed. Idle ones are closed too, but for the one to the first database. Closed for good: a loop that hung and was given up gets no connection any more.
 */
final class Pools implements AutoCloseable {
    /** The cap over a platform, whatever the number of its databases. */
    private static final int CONNECTIONS = 8;

    private static final String CONNECTION_DOES_NOT_EXIST = "08003";

    private static final Duration IDLE = Duration.ofSeconds(60);

    private final DataSources sources;
    private final Duration idle;
    private boolean closed;
    private final Map<String, HikariDataSource> pools = new LinkedHashMap<>(CONNECTIONS, 0.75f, true);
    private final ScheduledThreadPoolExecutor housekeeping = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "portcullis-postgresql-pools");
        thread.setDaemon(true);
        return thread;
    });

    Pools(DataSources sources) {
        this(sources, IDLE);
    }

    /** @param idle after which time without use a connection is closed; ten seconds at least */
    Pools(DataSources sources, Duration idle) {
        this.sources = sources;
        this.idle = idle;
        housekeeping.setRemoveOnCancelPolicy(true);
    }

    /** A connection, not in autocommit mode. A failure is the server's own answer, at once and not after a pool's patience. */
    Connection connect(String database) throws SQLException {
        HikariDataSource pool = pool(database);
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            discard(database);
            throw e.getCause() instanceof SQLException answer ? answer : e;
        }
    }

    private HikariDataSource pool(String database) throws SQLException {
        @Nullable HikariDataSource known = known(database);
        if (known != null && known.getHikariPoolMXBean().getTotalConnections() > 0) {
            return known;
        }
        if (known != null) {
            // a pool whose connection has ended makes another one behind our back: if it is refused, ten seconds pass
            // before anybody hears of it
            discard(database);
        }
        // without the lock: a server that does not answer must not keep anybody from closing
        HikariDataSource opened = open(database);
        synchronized (this) {
            if (!closed) {
                pools.put(database, opened);
                closeEldest();
                return opened;
            }
        }
        opened.close();
        throw isClosed();
    }

    private synchronized @Nullable HikariDataSource known(String database) throws SQLException {
        if (closed) {
            throw isClosed();
        }
        return pools.get(database);
    }

    private static SQLException isClosed() {
        return new SQLException("the session is closed", CONNECTION_DOES_NOT_EXIST);
    }

    /** Forgets all connections to a database: what is lost would else be handed out again. */
    void discard(String database) {
        @Nullable HikariDataSource pool;
        synchronized (this) {
            pool = pools.remove(database);
        }
        if (pool != null) {
            pool.close();
        }
    }

    private HikariDataSource open(String database) throws SQLException {
        PGSimpleDataSource source = sources.of(database);
        source.getConnection().close();
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setAutoCommit(false);
        config.setMaximumPoolSize(1);
        // that one is always kept: who takes all connections of the server puts off no membership's revoke
        boolean isKept = database.equals(sources.first());
        config.setMinimumIdle(isKept ? 1 : 0);
        config.setIdleTimeout(isKept ? 0 : idle.toMillis());
        config.setMaxLifetime(Duration.ofMinutes(10).toMillis());
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        config.setInitializationFailTimeout(-1);
        config.setScheduledExecutor(housekeeping);
        config.setThreadFactory(task -> {
            Thread thread = new Thread(task, "portcullis-postgresql-connect");
            thread.setDaemon(true);
            return thread;
        });
        return new HikariDataSource(config);
    }

    private void closeEldest() {
        Iterator<Map.Entry<String, HikariDataSource>> eldestFirst =
                pools.entrySet().iterator();
        while (pools.size() > CONNECTIONS && eldestFirst.hasNext()) {
            Map.Entry<String, HikariDataSource> eldest = eldestFirst.next();
            if (!eldest.getKey().equals(sources.first())) {
                eldest.getValue().close();
                eldestFirst.remove();
            }
        }
    }

    /** From whatever thread: transactions under way are cut off, and roll back. */
    @Override
    public void close() {
        List<HikariDataSource> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(pools.values());
            pools.clear();
        }
        all.forEach(HikariDataSource::close);
        housekeeping.shutdownNow();
    }
}
