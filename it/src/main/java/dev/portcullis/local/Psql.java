package dev.portcullis.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A poor man's psql, for machines without one: runs one text of SQL with the PG* variables of {@code .try/env}. */
public final class Psql {
    private Psql() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String sql = args.length == 0
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : String.join(" ", List.of(args));
        PostgresAddress server = new PostgresAddress(Integer.parseInt(variable("PGPORT")), "");
        try (Connection connection =
                        server.connect(variable("PGDATABASE"), variable("PGUSER"), variable("PGPASSWORD"));
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() != -1) {
                if (rows) {
                    print(statement, out);
                } else if (statement.getUpdateCount() > 0) {
                    out.println(statement.getUpdateCount() + " rows changed");
                }
                rows = statement.getMoreResults();
            }
        } catch (SQLException e) {
            out.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void print(Statement statement, PrintStream out) throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            int columns = result.getMetaData().getColumnCount();
            List<List<String>> table = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                names.add(result.getMetaData().getColumnLabel(i));
            }
            table.add(names);
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    String value = result.getString(i);
                    row.add(value == null ? "" : value);
                }
                table.add(row);
            }
            for (List<String> row : table) {
                StringBuilder line = new StringBuilder();
                for (int i = 0; i < columns; i++) {
                    int column = i;
                    int width = table.stream()
                            .mapToInt(r -> r.get(column).length())
                            .max()
                            .orElse(1);
                    line.append(i == 0 ? "" : " | ")
                            .append(row.get(i))
                            .append(" ".repeat(width - row.get(i).length()));
                }
                out.println(line.toString().stripTrailing());
            }
            out.println("(" + (table.size() - 1) + " rows)");
        }
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: source .try/env first");
        }
        return value;
    }
}
