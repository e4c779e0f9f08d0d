package dev.portcullis.benchmark.load;

import dev.portcullis.local.Await;
import dev.portcullis.local.LocalPostgres;
import dev.portcullis.local.ShopDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The PostgreSQL as its superuser sees it: who has which access, and what the operator does there. */
public final class Warehouse implements AutoCloseable {
    private static final String PORTS = "r.rolname LIKE 'portcullis\\_%' AND NOT r.rolcanlogin AND m.rolname LIKE ";

    private final Connection connection;

    public Warehouse(LocalPostgres postgres) {
        try {
            connection = postgres.connect("postgres");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Logins {@code PREFIX0} and so on, which can do nothing yet. */
    public void logins(String prefix, int count) {
        run("DO $$ BEGIN FOR i IN 0.." + (count - 1) + " LOOP EXECUTE format('CREATE ROLE %I LOGIN', '" + prefix
                + "' || i); END LOOP; END $$");
    }

    /** Memberships of logins with this prefix in roles of ports. */
    public long memberships(String prefix) {
        return number("SELECT count(*) FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON"
                + " m.oid = a.member WHERE " + PORTS + "'" + prefix + "%'");
    }

    /** Memberships of one login in roles of ports. */
    public long membershipsOf(String login) {
        String sql = "SELECT count(*) FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid"
                + " WHERE r.rolname LIKE 'portcullis\\_%' AND a.member = ?::text::regrole";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, login);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Statements the operator has run since the server started, by their first word. */
    SortedMap<String, Long> statements() {
        String sql = "SELECT upper(split_part(ltrim(query), ' ', 1)) AS kind, sum(calls)::bigint AS calls"
                + " FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid WHERE r.rolname IN ('"
                + ShopDatabase.OPERATOR_LOGIN + "', '" + ShopDatabase.OPERATOR_ROLE + "') GROUP BY 1";
        SortedMap<String, Long> calls = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                calls.put(result.getString("kind"), result.getLong("calls"));
            }
            return calls;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** All statements the operator has run since the server started. */
    long countStatements() {
        return statements().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Connections the operator has now. */
    long connections() {
        return number("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + ShopDatabase.OPERATOR_LOGIN + "'");
    }

    /** Takes away so many memberships by hand, those of logins with this prefix. */
    void takeAway(String prefix, int count) {
        run(
                "DO $$ DECLARE x record; BEGIN FOR x IN SELECT r.rolname AS role, m.rolname AS login, g.rolname AS grantor"
                        + " FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member JOIN"
                        + " pg_roles g ON g.oid = a.grantor WHERE " + PORTS + "'" + prefix
                        + "%' ORDER BY r.rolname, m.rolname LIMIT "
                        + count
                        + " LOOP EXECUTE format('REVOKE %I FROM %I GRANTED BY %I', x.role, x.login, x.grantor); END LOOP; END $$");
    }

    /** Gives so many memberships by hand to logins with this prefix, whom nobody approved. */
    void slipIn(String prefix, int count) {
        run("DO $$ DECLARE x record; BEGIN FOR x IN SELECT r.rolname AS role, m.rolname AS login FROM pg_roles r CROSS"
                + " JOIN pg_roles m WHERE " + PORTS + "'" + prefix + "%' ORDER BY m.rolname, r.rolname LIMIT " + count
                + " LOOP EXECUTE format('GRANT %I TO %I', x.role, x.login); END LOOP; END $$");
    }

    /** Waits, with a look every few milliseconds: for what is cheap to look at, and measured by it. */
    void await(String what, Duration most, BooleanSupplier condition) {
        await(what, most, Duration.ofMillis(2), condition);
    }

    /** Waits, with a look now and then: what counts many memberships takes time from what is measured. */
    void awaitCalmly(String what, Duration most, BooleanSupplier condition) {
        await(what, most, Duration.ofMillis(500), condition);
    }

    private static void await(String what, Duration most, Duration pause, BooleanSupplier condition) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("after " + most.toSeconds() + " s still not: " + what);
            }
            Await.pause(pause);
        }
    }

    private long number(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
