package dev.portcullis.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.api.platform.PostgresqlServer.SslMode;
import dev.portcullis.cli.console.CannotBeDone;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginOptionsTest {
    @Test
    void theEnvironmentSaysWhatOptionsDoNot() {
        LoginOptions login = new LoginOptions(
                null,
                null,
                "ada",
                null,
                Map.of(
                        "PGHOST", "pg.example.com",
                        "PGPORT", "6543",
                        "PGUSER", "olga",
                        "PGDATABASE", "shop",
                        "PGPASSWORD", "s3cret"));

        assertThat(login.databases(List.of())).containsExactly("shop");
        assertThat(login.databases(List.of("crm"))).containsExactly("crm");
        assertThat(login.server("shop").host()).isEqualTo("pg.example.com");
        assertThat(login.server("shop").port()).isEqualTo(6543);
        assertThat(login.server("shop").database()).isEqualTo("shop");
        assertThat(login.server("shop").sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(login.credentials("shop").username()).isEqualTo("ada");
        assertThat(login.credentials("shop").password()).isEqualTo("s3cret");
        assertThat(login.credentials("shop")).asString().doesNotContain("s3cret");
    }

    @Test
    void whatIsMissingIsAskedFor() {
        LoginOptions nothing = new LoginOptions(null, null, null, null, Map.of("PGPORT", "five"));

        assertThatThrownBy(() -> nothing.server("shop"))
                .isInstanceOf(CannotBeDone.class)
                .hasMessageContaining("PGHOST");
        assertThatThrownBy(() -> nothing.databases(List.of())).hasMessageContaining("PGDATABASE");
        assertThatThrownBy(() -> new LoginOptions("x", null, null, null, Map.of("PGPORT", "five")).server("shop"))
                .hasMessageContaining("PGPORT is no number");
        assertThatThrownBy(() -> nothing.credentials("shop")).hasMessageContaining("PGUSER");
    }
}
