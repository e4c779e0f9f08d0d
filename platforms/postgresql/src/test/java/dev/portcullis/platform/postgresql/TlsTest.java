package dev.portcullis.platform.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.PostgresqlServer.SslMode;
import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How far the server is authenticated. */
class TlsTest {
    private static final char[] STORE = "changeit".toCharArray();
    private static EmbeddedPostgres server;
    private static String certificate;
    private static String another;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        KeyStore store = keys(directory.resolve("server.p12"));
        another = pem(
                "CERTIFICATE",
                keys(directory.resolve("other.p12")).getCertificate("server").getEncoded());
        certificate = pem("CERTIFICATE", store.getCertificate("server").getEncoded());
        Files.writeString(directory.resolve("server.crt"), certificate);
        Path key = directory.resolve("server.key");
        Files.writeString(key, pem("PRIVATE KEY", store.getKey("server", STORE).getEncoded()));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        server = EmbeddedServer.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig(
                        "ssl_cert_file", directory.resolve("server.crt").toString())
                .setServerConfig("ssl_key_file", key.toString())
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    /** A certificate for "localhost" only, signed by itself. */
    private static KeyStore keys(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(STORE),
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, STORE);
        }
        return store;
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END " + kind
                + "-----\n";
    }

    private static PlatformSession session(String host, SslMode mode, String ca) {
        PostgresqlServer spec = new PostgresqlServer(
                host, server.getPort(), "postgres", null, mode, null, new SecretReference("ns", "secret"));
        return new PostgresqlConnector()
                .open(
                        new DataPlatformSpec(spec, null, null, null, null, null, null, null),
                        Shop.OWNER,
                        new Credentials("postgres", "p4ss", Optional.ofNullable(ca)));
    }

    private static PlatformUnavailableException refused(String host, SslMode mode, String ca) {
        try (PlatformSession session = session(host, mode, ca)) {
            PlatformUnavailableException e = catchThrowableOfType(PlatformUnavailableException.class, session::server);
            assertThat(e).hasMessageNotContaining("p4ss").hasMessageNotContaining("jdbc:");
            return e;
        }
    }

    @ParameterizedTest
    @EnumSource(SslMode.class)
    void theRightCertificate(SslMode mode) throws Exception {
        try (PlatformSession session = session("localhost", mode, another + certificate)) {
            assertThat(session.server().version()).startsWith(EmbeddedServer.VERSION + ".");
        }
    }

    @ParameterizedTest
    @EnumSource(value = SslMode.class, names = "DISABLE", mode = EnumSource.Mode.EXCLUDE)
    void anotherCertificate(SslMode mode) {
        PlatformUnavailableException e = refused("localhost", mode, another);
        assertThat(e.reason()).isEqualTo(Reason.Unreachable);
        assertThat(e).hasMessageContaining("is not trusted").hasMessageContaining("spec.postgresql.caSecret");
    }

    @Test
    void anotherHost() throws Exception {
        assertThat(refused("127.0.0.1", SslMode.VERIFY_FULL, certificate)).hasMessageContaining("127.0.0.1");
        try (PlatformSession session = session("127.0.0.1", SslMode.VERIFY_CA, certificate)) {
            assertThat(session.server().version()).startsWith(EmbeddedServer.VERSION + ".");
        }
    }

    @Test
    void withoutCertificatesThoseOfJavaAreTrusted() throws Exception {
        refused("localhost", SslMode.VERIFY_FULL, null);
        refused("localhost", SslMode.VERIFY_CA, null);
        try (PlatformSession session = session("localhost", SslMode.REQUIRE, null)) {
            assertThat(session.server().version()).startsWith(EmbeddedServer.VERSION + ".");
        }
    }

    @Test
    void aCaThatIsNoCertificate() {
        for (String ca : new String[] {"", "not a certificate", certificate.replace("M", "N")}) {
            assertThat(refused("localhost", SslMode.VERIFY_FULL, ca).reason()).isEqualTo(Reason.SecretNotUsable);
        }
    }
}
