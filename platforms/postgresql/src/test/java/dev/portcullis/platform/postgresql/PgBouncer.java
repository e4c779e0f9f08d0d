package dev.portcullis.platform.postgresql;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PgBouncer in transaction mode on loopback, as Debian packages it, with nothing set for its clients' sake: above all no
 * {@code ignore_startup_parameters}. It asks the operator's login for a password.
 */
final class PgBouncer implements AutoCloseable {
    static final String PASSWORD = "not-checked";

    private final Path directory;
    private final int port;
    private final Path program;
    private Process process;

    private PgBouncer(Path program, String databases) throws IOException {
        this.program = program;
        Path home = Path.of(System.getProperty("java.io.tmpdir"));
        Files.createDirectories(home);
        directory = Files.createTempDirectory(home, "pgbouncer");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        port = freePort();
        Files.writeString(directory.resolve("users.txt"), "\"portcullis_login\" \"" + PASSWORD + "\"\n");
        Files.writeString(
                directory.resolve("pgbouncer.ini"), """
                [databases]
                %s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 3
                max_client_conn = 100
                server_login_retry = 0
                application_name_add_host = 1
                """.formatted(databases, port, directory.resolve("users.txt")));
        process = launch();
    }

    /** One in front of the embedded server. */
    static PgBouncer start() throws IOException {
        return start("* = " + embedded());
    }

    /** One for these databases only. Where it is not installed the test is skipped, but never in CI. */
    static PgBouncer start(String... databases) throws IOException {
        Optional<Path> program = installed();
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(program.isPresent(), "pgbouncer is not installed: apt-get install pgbouncer");
        }
        return new PgBouncer(
                program.orElseThrow(() -> new IllegalStateException("pgbouncer is missing: .ci/run installs it")),
                String.join("\n", databases));
    }

    /** The embedded server, as PgBouncer writes it. */
    static String embedded() {
        return "host=127.0.0.1 port=" + EmbeddedServer.port();
    }

    private static Optional<Path> installed() {
        Stream<String> path = Arrays.stream(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1));
        return Stream.concat(path, Stream.of("/usr/sbin", "/usr/local/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    int port() {
        return port;
    }

    /** As if its machine had gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    void restart() throws IOException {
        process = launch();
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // it refuses to run as root; in a user namespace of its own it is nobody
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(
                List.of(program.toString(), directory.resolve("pgbouncer.ini").toString()));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            if (!started.isAlive()) {
                throw new IllegalStateException("pgbouncer ended: " + Files.readString(directory.resolve("log")));
            }
            return answers();
        });
        return started;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (String file : List.of("users.txt", "pgbouncer.ini", "log")) {
            Files.deleteIfExists(directory.resolve(file));
        }
        Files.deleteIfExists(directory);
    }
}
