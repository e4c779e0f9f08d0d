package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate a private CA signed, and another CA later. */
class TlsTest {
    private static final Duration SECONDS = Duration.ofSeconds(12);

    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();
    private final StoryPlatform platform = new StoryPlatform(story);
    private final String secret = story.warehouse + "-ca";

    @AfterEach
    void withoutTls() {
        for (String setting : new String[] {"ssl", "ssl_cert_file", "ssl_key_file"}) {
            story.shop().execute("postgres", "ALTER SYSTEM RESET " + setting);
        }
        story.shop().execute("postgres", "SELECT pg_reload_conf()");
    }

    @Test
    void theCaIsWrongThenRightThenChanged(@TempDir Path directory) throws Exception {
        Files.setPosixFilePermissions(directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        PrivateCa first = new PrivateCa(directory.resolve("first"));
        PrivateCa second = new PrivateCa(directory.resolve("second"));
        serverShows(first);
        platform.secret(secret, Map.of("ca.crt", second.certificate()));

        platform.patch(
                "{\"spec\":{\"postgresql\":{\"sslMode\":\"verify-full\",\"caSecret\":{\"namespace\":\"portcullis-system\",\"name\":\""
                        + secret + "\"}}}}");
        String wrong = platform.awaitReason(Installation.SOON, "Ready", "Unreachable");
        assertThat(wrong).contains("ca.crt", "portcullis-system/" + secret);

        platform.secret(secret, Map.of("ca.crt", "no certificate"));
        assertThat(platform.awaitReason(SECONDS, "Ready", "SecretNotUsable")).contains("ca.crt");

        platform.secret(secret, Map.of("ca.crt", first.certificate()));
        platform.awaitReady(SECONDS);
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("a", "orders", story.taylor, "");
        story.awaitPhase("a", Phase.Active);
        assertThat(encrypted()).isPositive();

        serverShows(second);
        story.shop().look("SELECT pg_terminate_backend(pid) FROM pg_stat_ssl WHERE ssl AND pid <> pg_backend_pid()");
        platform.awaitReason(Installation.SOON, "Ready", "Unreachable");
        story.delete("a");

        platform.secret(secret, Map.of("ca.crt", first.certificate() + second.certificate()));
        platform.awaitReady(SECONDS);
        Installation.await("a is gone", () -> story.agreement("a") == null);
        assertThat(story.reads(story.taylor, "orders")).isFalse();
    }

    private void serverShows(PrivateCa ca) {
        story.shop().execute("postgres", "ALTER SYSTEM SET ssl_cert_file = '" + ca.serverCertificateFile() + "'");
        story.shop().execute("postgres", "ALTER SYSTEM SET ssl_key_file = '" + ca.serverKeyFile() + "'");
        story.shop().execute("postgres", "ALTER SYSTEM SET ssl = on");
        story.shop().execute("postgres", "SELECT pg_reload_conf()");
        Installation.await(
                "the certificate is shown",
                () -> story.shop()
                        .look("SELECT current_setting('ssl_cert_file') || current_setting('ssl')")
                        .get(0)
                        .get(0)
                        .equals(ca.serverCertificateFile() + "on"));
    }

    private long encrypted() {
        return Long.parseLong(story.shop()
                .look("SELECT count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
                        + " WHERE s.ssl AND a.application_name = 'portcullis'")
                .get(0)
                .get(0));
    }
}
