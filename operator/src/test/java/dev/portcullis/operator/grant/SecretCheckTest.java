package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.LoginSecrets;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretCheckTest {
    private static final Credentials USED = new Credentials("login", "s3cret", Optional.empty());

    private final ApiServer api = new ApiServer();
    private final SecretCheck check = new SecretCheck(
            new CredentialsReader(api.client()),
            Optional.of(
                    new LoginSecrets(new SecretReference("portcullis-system", "warehouse-admin"), Optional.empty())));

    @AfterEach
    void end() {
        api.close();
    }

    @Test
    void anotherPasswordIsFound() {
        secret("login", "another");

        await().until(() -> check.foundOtherThan(USED));
    }

    @Test
    void whatNoServerTakesIsFoundToo() {
        secret("login\n", "s3cret");

        await().until(() -> check.foundOtherThan(USED));
    }

    @Test
    void whatIsTheSameOrCannotBeReadChangesNothing() {
        assertThat(looks()).as("there is no Secret").isFalse();
        secret("login", "s3cret");
        assertThat(looks()).isFalse();
    }

    /** Whether any of some looks finds other credentials: the first begins one, and what is found is told later. */
    private boolean looks() {
        boolean[] found = {false};
        int before = api.calls().size();
        await().until(() -> {
            found[0] |= check.foundOtherThan(USED);
            return api.calls().size() > before + 2;
        });
        return found[0];
    }

    private void secret(String username, String password) {
        api.create(new SecretBuilder()
                .withNewMetadata()
                .withNamespace("portcullis-system")
                .withName("warehouse-admin")
                .endMetadata()
                .withData(Map.of("username", encoded(username), "password", encoded(password)))
                .build());
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
