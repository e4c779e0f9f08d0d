package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.postgresql.PostgresqlModule;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CredentialsReaderTest {
    private static final String PATH = "/api/v1/namespaces/portcullis-system/secrets/warehouse-admin";

    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = new ApiServer();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void clean() {
        api.answersAsUsual();
        api.client().secrets().inNamespace("portcullis-system").delete();
    }

    @Test
    void readsLoginAndPassword() throws Exception {
        secret("warehouse-admin", Map.of("username", "portcullis_login", "password", "s3cret/ä"));

        Credentials credentials = read(Samples.platformSpec("5m", null));

        assertThat(credentials.username()).isEqualTo("portcullis_login");
        assertThat(credentials.password()).isEqualTo("s3cret/ä");
        assertThat(credentials.caCertificates()).isEmpty();
        assertThat(credentials.toString()).doesNotContain("s3cret").doesNotContain("portcullis_login");
    }

    @Test
    void readsTheCertificatesWhereOneIsNamed() throws Exception {
        secret("warehouse-admin", Map.of("username", "login", "password", "s3cret"));
        secret("warehouse-ca", Map.of("ca.crt", "PEM"));

        assertThat(read(withCa()).caCertificates()).contains("PEM");
    }

    @Test
    void readsEachTimeAnew() throws Exception {
        secret("warehouse-admin", Map.of("username", "login", "password", "old"));
        read(Samples.platformSpec("5m", null));
        api.client().secrets().inNamespace("portcullis-system").delete();
        secret("warehouse-admin", Map.of("username", "login", "password", "new"));

        assertThat(read(Samples.platformSpec("5m", null)).password()).isEqualTo("new");
    }

    @Test
    void sayWhichSecretIsMissing() {
        assertThat(problem(Samples.platformSpec("5m", null)))
                .isEqualTo("SecretNotFound: there is no Secret portcullis-system/warehouse-admin: create it");
    }

    @Test
    void sayWhichKeyIsMissingAndNothingOfTheOthers() {
        secret("warehouse-admin", Map.of("username", "login", "password", ""));

        assertThat(problem(Samples.platformSpec("5m", null)))
                .isEqualTo("SecretIncomplete: Secret portcullis-system/warehouse-admin has no password: add it");

        api.client().secrets().inNamespace("portcullis-system").delete();
        secret("warehouse-admin", Map.of("password", "s3cret"));

        assertThat(problem(Samples.platformSpec("5m", null)))
                .contains("has no username")
                .doesNotContain("s3cret");
    }

    @Test
    void sayWhatNoServerTakesAndNothingOfIt() {
        secret("warehouse-admin", Map.of("username", "login\n", "password", "s3cret"));

        assertThat(problem(Samples.platformSpec("5m", null)))
                .isEqualTo(
                        "SecretNotUsable: Secret portcullis-system/warehouse-admin: its username has a control character in it,"
                                + " such as a line break at its end: write it without");

        api.client().secrets().inNamespace("portcullis-system").delete();
        secret("warehouse-admin", Map.of("username", "login", "password", "s3cret\0"));

        assertThat(problem(Samples.platformSpec("5m", null)))
                .startsWith("SecretNotUsable: ")
                .contains("its password has a zero character in it")
                .doesNotContain("s3cret");
    }

    @Test
    void sayWhichCertificateIsMissing() {
        secret("warehouse-admin", Map.of("username", "login", "password", "s3cret"));

        assertThat(problem(withCa())).startsWith("SecretNotFound: there is no Secret portcullis-system/warehouse-ca");

        secret("warehouse-ca", Map.of("tls.crt", "PEM"));

        assertThat(problem(withCa())).contains("portcullis-system/warehouse-ca has no ca.crt");
    }

    @Test
    void aForbiddenSecretNamesTheRoleToCreate() {
        api.answers("GET", PATH, 403, "Forbidden");

        assertThat(problem(Samples.platformSpec("5m", null)))
                .startsWith("SecretForbidden: ")
                .contains("in namespace portcullis-system create a Role")
                .contains("resources: [secrets], resourceNames: [warehouse-admin], verbs: [get]")
                .contains("ServiceAccount");
    }

    @Test
    void aSecretThatCannotBeReadNowIsTriedAgain() {
        api.answers("GET", PATH, 400, "BadRequest");

        assertThat(problem(Samples.platformSpec("5m", null)))
                .isEqualTo("SecretNotReadable: Secret portcullis-system/warehouse-admin cannot be read now;"
                        + " it is tried again");
    }

    private static Credentials read(DataPlatformSpec platform) throws CredentialsReader.NotUsableException {
        return new CredentialsReader(api.client())
                .read(new PostgresqlModule().secrets(platform).orElseThrow());
    }

    private static String problem(DataPlatformSpec platform) {
        CredentialsReader.NotUsableException thrown =
                catchThrowableOfType(CredentialsReader.NotUsableException.class, () -> read(platform));
        assertThat(thrown.getMessage()).isEqualTo(thrown.problem().message());
        return thrown.problem().reason() + ": " + thrown.problem().message();
    }

    private static DataPlatformSpec withCa() {
        PostgresqlServer server = new PostgresqlServer(
                "pg.example.com",
                null,
                null,
                null,
                null,
                new SecretReference("portcullis-system", "warehouse-ca"),
                new SecretReference("portcullis-system", "warehouse-admin"));
        return new DataPlatformSpec(server, null, null, null, null, null, null, null);
    }

    private static void secret(String name, Map<String, String> values) {
        // the mock server keeps what it is given: the API server would encode stringData
        var encoded = new java.util.HashMap<String, String>();
        values.forEach((key, value) -> encoded.put(
                key,
                java.util.Base64.getEncoder().encodeToString(value.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        api.create(new SecretBuilder()
                .withNewMetadata()
                .withNamespace("portcullis-system")
                .withName(name)
                .endMetadata()
                .withData(encoded)
                .build());
    }
}
