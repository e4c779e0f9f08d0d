package dev.portcullis.benchmark.chaos;

import dev.portcullis.local.LocalPostgres;
import dev.portcullis.local.ShopDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Who can read what, as the server's own functions say, by whatever way; over one connection of the superuser that is made anew when it broke. Of one thread. */
final class Access implements AutoCloseable {
    private static final String QUERY = "SELECT m.rolname, c.relname, a.attname FROM pg_roles m"
            + " CROSS JOIN pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = '" + Mesh.SCHEMA
            + "' AND c.relkind = 'r' JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
            + " WHERE m.rolname = ANY(?) AND has_column_privilege(m.oid, c.oid, a.attnum, 'SELECT') ORDER BY m.oid";

    private final LocalPostgres postgres;
    private final String[] logins = Mesh.logins().toArray(String[]::new);
    private @org.jspecify.annotations.Nullable Connection connection;

    Access(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    /** Throws while the server is away. */
    Set<Cell> now() throws SQLException {
        Connection open = connection;
        if (open == null || !open.isValid(5)) {
            close();
            open = postgres.connect(ShopDatabase.DATABASE);
            connection = open;
        }
        Set<Cell> cells = new HashSet<>();
        try (PreparedStatement statement = open.prepareStatement(QUERY)) {
            statement.setArray(1, open.createArrayOf("text", logins));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    cells.add(new Cell(result.getString(1), result.getString(2), result.getString(3)));
                }
            }
        } catch (SQLException e) {
            close();
            throw e;
        }
        return cells;
    }

    @Override
    public void close() throws SQLException {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
