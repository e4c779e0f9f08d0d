package dev.portcullis.benchmark.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Somebody holds a lock that the operator needs: on the catalogue of memberships, or on a port's table. */
final class Locked implements Fault {
    private final String table;
    private @Nullable Connection holder;

    Locked(String table) {
        this.table = table;
    }

    @Override
    public void begin(Servers servers) {
        try {
            Connection connection = servers.postgres().connect("shop");
            holder = connection;
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET lock_timeout = '5s'");
                statement.execute("LOCK TABLE " + table + " IN SHARE MODE");
            }
        } catch (SQLException e) {
            // the operator holds it just now: then it is nobody else's
            end(servers);
        }
    }

    @Override
    public void end(Servers servers) {
        Connection connection = holder;
        holder = null;
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Duration recovery(Duration lasted) {
        return Recovery.ofPlatform(lasted);
    }

    @Override
    public String title() {
        return "Locked " + table.replaceAll("\\d", "");
    }
}
