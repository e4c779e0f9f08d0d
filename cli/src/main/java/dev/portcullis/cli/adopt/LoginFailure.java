package dev.portcullis.cli.adopt;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.PostgresqlServer.SslMode;
import dev.portcullis.platform.PlatformUnavailableException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.util.Objects;

/**
 * Why a server could not be looked at, in words for whoever logs in by options and the environment. The platform's own words are for those who run the operator: they
 * tell of Secrets and of fields of a DataPlatform, of which there are none here.
 */
final class LoginFailure {
    /** How the driver says it; it has no SQLSTATE of its own. */
    private static final String NO_TLS = "does not support SSL";

    private final PostgresqlServer server;
    private final String login;

    LoginFailure(PostgresqlServer server, String login) {
        this.server = server;
        this.login = login;
    }

    String told(PlatformUnavailableException failure) {
        return switch (failure.reason()) {
            case LoginRefused ->
                where() + " refused the login " + login
                        + ": check the password (PGPASSWORD, or the password file), and on the server that "
                        + "the login may log in, that its password has not expired (VALID UNTIL), and that pg_hba.conf lets it in";
            case SecretNotUsable -> "the file that PGSSLROOTCERT names holds no certificate in PEM form";
            case Unreachable -> unreachable(failure);
            case NotPrivileged, ReadOnly, ServerChanged, ServerError -> words(failure);
        };
    }

    private String unreachable(PlatformUnavailableException failure) {
        if (hasCause(failure, CertPathBuilderException.class) || hasCause(failure, CertPathValidatorException.class)) {
            return "the certificate of " + where()
                    + " is not trusted: name in PGSSLROOTCERT the file with the CA that signed it";
        }
        if (hasCause(failure, UnknownHostException.class)) {
            return "the name " + server.host() + " is not known: check -h or PGHOST";
        }
        if (words(failure).contains(NO_TLS)) {
            return where() + " has no TLS, and sslmode is " + mode().word()
                    + ": switch it on there (ssl = on); or say --sslmode disable where nobody else can listen, as on this machine";
        }
        Throwable cause = Objects.requireNonNullElse(failure.getCause(), failure);
        return "no connection to " + where() + " (" + words(cause)
                + "): check -h and -p, or PGHOST and PGPORT, that the server runs, and what is " + "in between";
    }

    private SslMode mode() {
        return Objects.requireNonNullElse(server.sslMode(), SslMode.VERIFY_FULL);
    }

    private String where() {
        return server.host() + ":" + server.port();
    }

    private static String words(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }

    private static boolean hasCause(Throwable failure, Class<? extends Exception> kind) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
