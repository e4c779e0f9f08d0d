package dev.portcullis.cli.adopt;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.Drift;
import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Result;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Sessions;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.PostgresqlConnector;
import dev.portcullis.platform.postgresql.PostgresqlModule;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A real PostgreSQL as there are many: people were granted tables by hand for years, and then the operator's role was made. */
final class OldServer {
    private static final EmbeddedPostgres SERVER = start();
    private static final String COLUMNS = """
            SELECT n.nspname || '.' || c.relname || '.' || a.attname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind = 'r' AND n.nspname IN ('sales', 'stock')
            """;

    private OldServer() {}

    private static EmbeddedPostgres start() {
        try {
            Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("autovacuum", "off")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything of earlier tests goes. */
    static OldServer fresh() {
        OldServer server = new OldServer();
        server.wipe();
        server.run(
                "postgres",
                "CREATE ROLE shop_owner NOLOGIN",
                "CREATE ROLE taylor LOGIN",
                "CREATE ROLE quinn LOGIN",
                "CREATE ROLE riley LOGIN",
                "CREATE ROLE sam LOGIN",
                "CREATE ROLE kim LOGIN",
                "CREATE ROLE lee LOGIN",
                "CREATE ROLE auditor LOGIN",
                "CREATE ROLE looker LOGIN",
                "CREATE ROLE svc LOGIN CREATEROLE",
                "CREATE ROLE portcullis NOLOGIN CREATEROLE",
                "CREATE ROLE portcullis_login LOGIN NOINHERIT IN ROLE portcullis",
                "CREATE DATABASE shop OWNER shop_owner");
        server.run(
                "shop",
                "SET ROLE shop_owner",
                "CREATE SCHEMA sales",
                "CREATE SCHEMA stock",
                "CREATE TABLE sales.orders (id int, customer int)",
                "CREATE TABLE sales.customers (id int, mail text, country text)",
                "CREATE TABLE sales.order_items (order_id int, sku text)",
                "CREATE TABLE sales.internal (id int)",
                "CREATE TABLE stock.levels (id int)",
                "GRANT CONNECT ON DATABASE shop TO portcullis WITH GRANT OPTION",
                "GRANT USAGE ON SCHEMA sales, stock TO portcullis WITH GRANT OPTION",
                "GRANT SELECT ON ALL TABLES IN SCHEMA sales, stock TO portcullis WITH GRANT OPTION");
        return server;
    }

    int port() {
        return SERVER.getPort();
    }

    /** As a superuser. */
    void run(String database, String... statements) {
        try (Connection connection = SERVER.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private List<String> query(String database, String sql) {
        try (Connection connection = SERVER.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void wipe() {
        query("postgres", "SELECT quote_ident(datname) FROM pg_database WHERE oid >= 16384")
                .forEach(database -> run("postgres", "DROP DATABASE " + database + " WITH (FORCE)"));
        List<String> roles = query("postgres", "SELECT quote_ident(rolname) FROM pg_roles WHERE oid >= 16384");
        roles.forEach(role -> run("postgres", "DROP OWNED BY " + role + " CASCADE"));
        roles.forEach(role -> run("postgres", "DROP ROLE " + role));
    }

    /** What the server itself says: LOGIN SCHEMA.TABLE.COLUMN, as whomever the login can become. */
    SortedSet<String> readable(List<String> logins) {
        SortedSet<String> readable = new TreeSet<>();
        for (String login : logins) {
            query("shop", COLUMNS + """
                      AND EXISTS (
                        SELECT FROM pg_roles r
                        WHERE pg_has_role('%1$s', r.oid, 'SET') AND has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT')
                          AND has_schema_privilege(r.oid, n.oid, 'USAGE') AND has_database_privilege('%1$s', 'shop', 'CONNECT'))
                    """.formatted(login)).forEach(column -> readable.add(login + " " + column));
        }
        return readable;
    }

    /** What entitlements give, in the same words. */
    SortedSet<String> columns(Set<Entitlement> entitlements) {
        List<String> all = query("shop", COLUMNS);
        SortedSet<String> given = new TreeSet<>();
        for (Entitlement entitlement : entitlements) {
            PostgresqlProfile profile = (PostgresqlProfile) entitlement.profile();
            profile.tables()
                    .forEach((table, selection) -> all.stream()
                            .filter(column -> column.startsWith(profile.schema() + "." + table + "."))
                            .filter(column -> selection.toList().isEmpty()
                                    || selection.toList().contains(column.substring(column.lastIndexOf('.') + 1)))
                            .forEach(column -> given.add(entitlement.principal().name() + " " + column)));
        }
        return given;
    }

    PostgresqlServer asPlatform() {
        return new PostgresqlServer(
                "127.0.0.1",
                port(),
                "postgres",
                "portcullis",
                PostgresqlServer.SslMode.DISABLE,
                null,
                new SecretReference("portcullis-system", "warehouse-admin"));
    }

    /** As the operator does it. */
    void grant(Set<Entitlement> wanted) {
        Owner owner = new Owner("install-1", "warehouse");
        Scope everything = new Scope.Everything();
        DataPlatformSpec platform = new DataPlatformSpec(asPlatform(), null, null, null, null, null, null, List.of());
        try (PlatformSession session = new PostgresqlConnector()
                .open(platform, owner, new Credentials("portcullis_login", "", Optional.empty()))) {
            var plan = new PostgresqlModule()
                    .plan(
                            new Wanted(owner, everything, wanted, Set.of(), Drift.Unmanaged.Remove, Sessions.STAY),
                            session.observe(everything, wanted));
            List<Result> failed = session.execute(plan.changes()).stream()
                    .filter(result -> !(result.outcome() instanceof Outcome.Applied))
                    .toList();
            if (!failed.isEmpty() || !plan.refusals().isEmpty()) {
                throw new IllegalStateException(failed + " " + plan.refusals());
            }
        } catch (PlatformUnavailableException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
