package dev.portcullis.platform.postgresql;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One real PostgreSQL for all tests of a JVM. It trusts every login; the superuser is for setting things up and for playing the stranger.
 * {@code -Dportcullis.postgres.version=14} makes it another version than 16: Maven runs what has the tag "versions" on each.
 */
public final class EmbeddedServer {
    static final String SUPERUSER = "postgres";

    /** Its major version. */
    static final int VERSION = Integer.getInteger("portcullis.postgres.version", 16);

    private static final EmbeddedPostgres SERVER = start();

    private EmbeddedServer() {}

    private static EmbeddedPostgres start() {
        try {
            Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
            EmbeddedPostgres server = builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("autovacuum", "off")
                    .setServerConfig("jit", "off")
                    .setServerConfig("max_connections", "200")
                    // to count what the operator asks
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server of the version that is tested. */
    static EmbeddedPostgres.Builder builder() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        // 16 is on the class path; the archives of the others have the same name there
        return VERSION == 16 ? builder : builder.setPgBinaryResolver(EmbeddedServer::binaries);
    }

    private static InputStream binaries(String system, String machine) throws IOException {
        Path directory = Path.of("target", "postgres", String.valueOf(VERSION));
        try (Stream<Path> jars = Files.list(directory)) {
            JarFile jar = new JarFile(jars.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow()
                    .toFile());
            JarEntry archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            return jar.getInputStream(archive);
        }
    }

    /** Whether a membership has options and is its grantor's. */
    static boolean hasMembershipsPerGrantor() {
        return VERSION >= 16;
    }

    static int port() {
        return SERVER.getPort();
    }

    public static Connection connect(String login, String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"localhost"});
        source.setPortNumbers(new int[] {port()});
        source.setDatabaseName(database);
        source.setUser(login);
        source.setApplicationName("test");
        return source.getConnection();
    }

    /** Runs statements as the superuser. */
    public static void run(String database, String... statements) {
        as(SUPERUSER, database, statements);
    }

    /** Runs statements as a login. */
    static void as(String login, String database, String... statements) {
        try (Connection connection = connect(login, database);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Rows as text, columns separated by bars. */
    public static List<String> query(String database, String sql) {
        return queryAs(SUPERUSER, database, sql);
    }

    /** The same as a login, after statements that set things. */
    static List<String> queryAs(String login, String database, String sql, String... before) {
        try (Connection connection = connect(login, database);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String setting : before) {
                statement.execute(setting);
            }
            try (ResultSet result = statement.executeQuery(sql)) {
                return rows(result);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** What a consumer gets who connects and reads: "ok" or the SQLSTATE. */
    static String read(String login, String database, String sql) {
        int session = 0;
        try (Connection connection = connect(login, database);
                Statement statement = connection.createStatement()) {
            session = connection.unwrap(PGConnection.class).getBackendPID();
            statement.setEscapeProcessing(false);
            try (ResultSet result = statement.executeQuery(sql)) {
                result.next();
                return "ok";
            }
        } catch (SQLException e) {
            return e.getSQLState();
        } finally {
            awaitEndOf(session);
        }
    }

    /** The server ends a session some time after the client has left. Below 16 the operator looks for sessions of whoever loses access. */
    private static void awaitEndOf(int session) {
        if (session != 0 && VERSION < 16) {
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> query("postgres", "SELECT FROM pg_stat_activity WHERE pid = " + session)
                            .isEmpty());
        }
    }

    private static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(result.getString(i));
            }
            rows.add(String.join("|", row));
        }
        return rows;
    }
}
