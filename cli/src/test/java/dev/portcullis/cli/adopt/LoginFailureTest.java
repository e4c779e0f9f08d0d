package dev.portcullis.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.PostgresqlServer.SslMode;
import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class LoginFailureTest {
    private final LoginFailure failure = new LoginFailure(
            new PostgresqlServer(
                    "pg.example.com",
                    5432,
                    "shop",
                    null,
                    SslMode.VERIFY_FULL,
                    null,
                    new SecretReference("none", "none")),
            "looker");

    /** There is no Secret and no DataPlatform where somebody looks by a login of their own. */
    @Test
    void aRefusedLoginIsToldByWhereThePasswordComesFrom() {
        assertThat(told(Reason.LoginRefused, "check the login of Secret none/none", new SQLException("no", "28P01")))
                .startsWith("pg.example.com:5432 refused the login looker: ")
                .contains("PGPASSWORD")
                .doesNotContain("Secret");
    }

    @Test
    void aServerWithoutTlsIsToldWithTheOption() {
        assertThat(told(
                        Reason.Unreachable,
                        "no connection to pg.example.com:5432: The server does not support SSL.",
                        new SQLException("The server does not support SSL.", "08006")))
                .contains("sslmode is verify-full", "--sslmode disable");
    }

    @Test
    void aCertificateOfAStrangerIsToldWithTheVariable() {
        assertThat(told(
                        Reason.Unreachable,
                        "name it in spec.postgresql.caSecret",
                        new SQLException("SSL error", "08006", new CertPathBuilderException("no path"))))
                .contains("PGSSLROOTCERT")
                .doesNotContain("spec.");
    }

    @Test
    void aNameThatNobodyKnowsIsToldWithTheOption() {
        assertThat(told(
                        Reason.Unreachable,
                        "check spec.postgresql.host",
                        new SQLException("failed", "08001", new UnknownHostException("pg.example.com"))))
                .contains("the name pg.example.com is not known", "-h")
                .doesNotContain("spec.");
    }

    private String told(Reason reason, String message, SQLException cause) {
        return failure.told(new PlatformUnavailableException(reason, message, cause));
    }
}
