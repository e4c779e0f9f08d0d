package dev.portcullis.platform.postgresql.session;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import java.io.EOFException;
import java.lang.reflect.InvocationTargetException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Says what a failure of the connection means. No message has a connection string or a secret: they are made of our own words, the host
 * and the names that the DataPlatform's spec shows anyway, and the server's sentence.
 */
final class Failures {
    private static final int LONGEST = 400;

    /** The server ended the connection because a transaction was idle, or took, too long. */
    private static final Set<String> CUT_OFF = Set.of("25P03", "25P04");

    /** PgBouncer before 1.21 answers so whatever it is about. */
    private static final String POOLER = "08P01";

    private final PostgresqlServer server;
    private final String login;

    Failures(PostgresqlServer server, String login) {
        this.server = server;
        this.login = login;
    }

    /** What it means for the whole platform that no connection could be made to the first database. */
    PlatformUnavailableException connecting(SQLException failure) {
        if (certificatesUnreadable(failure)) {
            return unavailable(
                    Reason.SecretNotUsable, "the key ca.crt of the caSecret holds no certificate in PEM form", failure);
        }
        if (hasCause(failure, CertPathBuilderException.class) || hasCause(failure, CertPathValidatorException.class)) {
            return unavailable(
                    Reason.Unreachable,
                    "the certificate of " + where() + " is not trusted (" + sentence(failure)
                            + "): put the CA that signed it into " + caSecret(),
                    failure);
        }
        String database = quote(server.database());
        return switch (state(failure)) {
            case "3D000", "55000" ->
                unavailable(
                        Reason.ServerError,
                        "database " + database + ", where the operator connects first, cannot be used: "
                                + sentence(failure) + "; name another in spec.postgresql.database",
                        failure);
            case "42501" ->
                unavailable(
                        Reason.NotPrivileged,
                        "the operator may not connect to database " + database + "; run: GRANT CONNECT ON DATABASE "
                                + database + " TO " + quote(login) + ";",
                        failure);
            default -> outage(failure).orElseGet(() -> unreachable(failure));
        };
    }

    private PlatformUnavailableException unreachable(SQLException failure) {
        return unavailable(Reason.Unreachable, "no connection to " + where() + ": " + why(failure), failure);
    }

    /** What to check next, where it was the network and not the server that spoke. */
    private static String why(SQLException failure) {
        if (hasCause(failure, UnknownHostException.class)) {
            return "the name is not known: check spec.postgresql.host and the cluster's DNS";
        }
        if (hasCause(failure, SocketTimeoutException.class) || hasCause(failure, NoRouteToHostException.class)) {
            return "no answer: check spec.postgresql.host and port, and the firewalls and network policies in between";
        }
        if (hasCause(failure, ConnectException.class)) {
            return "refused: check spec.postgresql.host and port, and that the server runs";
        }
        if (hasCause(failure, SocketException.class) || hasCause(failure, EOFException.class)) {
            return "it was cut off; where that happens again and again, the server's log says why";
        }
        return sentence(failure);
    }

    /** The driver makes our socket factory by reflection; what its constructor throws is wrapped in this, and nothing else is. */
    private static boolean certificatesUnreadable(SQLException failure) {
        return hasCause(failure, InvocationTargetException.class);
    }

    private static boolean hasCause(SQLException failure, Class<? extends Exception> kind) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private String caSecret() {
        SecretReference secret = server.caSecret();
        return secret == null
                ? "a Secret under the key ca.crt, and name it in spec.postgresql.caSecret"
                : "ca.crt of Secret " + secret.namespace() + "/" + secret.name();
    }

    /** What it means for the whole platform that the first database refused. */
    PlatformUnavailableException refusedFirst(DatabaseRefusedException refusal) {
        return new PlatformUnavailableException(
                Reason.ServerError,
                "database " + quote(server.database()) + ", where the operator connects first, cannot be used: "
                        + refusal.getMessage() + "; name another in spec.postgresql.database",
                refusal);
    }

    /** Whether one database refused while the server is well: its words, as the end of a sentence. */
    Optional<String> refusalOfDatabase(SQLException failure, String database) {
        return switch (state(failure)) {
            case "3D000" -> Optional.of("it does not exist");
            case "55000" -> Optional.of("it does not accept connections");
            case "42501" ->
                Optional.of("the operator may not connect; run: GRANT CONNECT ON DATABASE " + quote(database) + " TO "
                        + quote(login) + ";");
            case POOLER ->
                sentence(failure).startsWith("no such database")
                        ? Optional.of("the pooler has no such database: add it there")
                        : Optional.empty();
            case "53300" ->
                isLimitOfDatabase(failure)
                        ? Optional.of("no connection is left for the operator: " + sentence(failure)
                                + "; raise its CONNECTION LIMIT")
                        : Optional.empty();
            case "28000" -> Optional.of("the server lets the operator's login not into this database (pg_hba.conf)");
            default -> Optional.empty();
        };
    }

    /** What it means that the transaction could not even begin as it should. */
    PlatformUnavailableException beginning(SQLException failure) {
        String role = server.role();
        if (role != null && (state(failure).equals("42501") || state(failure).equals("22023"))) {
            return unavailable(
                    Reason.NotPrivileged,
                    "the login may not act as " + quote(role) + ": " + sentence(failure)
                            + "; create the role if need be, " + "and run: GRANT " + quote(role) + " TO " + quote(login)
                            + ";",
                    failure);
        }
        return outage(failure)
                .orElseGet(() -> unavailable(
                        Reason.ServerError,
                        "the server answered: " + sentence(failure)
                                + "; it is tried again, the server's log tells more",
                        failure));
    }

    /** The message is translated, and the code is that of a server without connections. */
    private static boolean isLimitOfDatabase(SQLException failure) {
        return failure instanceof PSQLException fromServer
                && fromServer.getServerErrorMessage() != null
                && "CheckMyDatabase".equals(fromServer.getServerErrorMessage().getRoutine());
    }

    /** Whether a connection was lost, or could not be made, for whatever reason: a database can be set up so that nobody gets one. */
    static boolean isCutOff(SQLException failure) {
        return isLost(state(failure)) || state(failure).startsWith("58");
    }

    private static boolean isLost(String state) {
        return state.startsWith("08") || state.startsWith("57P") || CUT_OFF.contains(state) || state.isEmpty();
    }

    /** Whether a failure is about one database while the server is well: what its owner can set for everybody who connects to it. */
    Optional<String> refusalInDatabase(SQLException failure) {
        return isReadOnly(failure) || outage(failure).isEmpty()
                ? Optional.of(sentence(failure) + "; what is set for it (ALTER DATABASE ... SET) may say why")
                : Optional.empty();
    }

    /** Whether a failure concerns the connection or the server, and no single statement. */
    Optional<PlatformUnavailableException> outage(SQLException failure) {
        String state = state(failure);
        if (state.startsWith("28") || (state.equals(POOLER) && sentence(failure).contains("authentication failed"))) {
            return Optional.of(unavailable(
                    Reason.LoginRefused,
                    "the server refused the login of Secret "
                            + server.credentials().namespace() + "/"
                            + server.credentials().name() + " (SQLSTATE " + state
                            + "): check username and password there, and on the server that the login may log in, that its password has not "
                            + "expired (VALID UNTIL), and that pg_hba.conf lets it in; a changed Secret is used within seconds",
                    failure));
        }
        if (isLost(state)) {
            return Optional.of(unreachable(failure));
        }
        if (state.equals("53300")) {
            return Optional.of(unavailable(
                    Reason.ServerError,
                    "no connection is left for the operator: " + sentence(failure)
                            + "; raise the CONNECTION LIMIT or max_connections, or keep some with reserved_connections and "
                            + "GRANT pg_use_reserved_connections TO " + quote(login) + ";",
                    failure));
        }
        if (state.startsWith("53") || state.startsWith("58")) {
            return Optional.of(unavailable(
                    Reason.ServerError,
                    "the server is out of something: " + sentence(failure) + "; it is tried again when that is mended",
                    failure));
        }
        if (isReadOnly(failure)) {
            return Optional.of(readOnly());
        }
        return Optional.empty();
    }

    /** The server cannot be written to. */
    PlatformUnavailableException readOnly() {
        return new PlatformUnavailableException(
                Reason.ReadOnly,
                where() + " is read-only (a standby?): nothing can be granted or revoked there; name the primary in "
                        + "spec.postgresql.host");
    }

    /** Another server answers than the one the session began with. */
    PlatformUnavailableException serverChanged() {
        return new PlatformUnavailableException(
                Reason.ServerChanged,
                "not every connection to " + where()
                        + " reaches the same server (a failover, a change of DNS, a pooler in "
                        + "front of several?): nothing was read or written on the other one; it is looked at again");
    }

    /** A query of ours failed. */
    PlatformUnavailableException reading(SQLException failure) {
        return outage(failure)
                .orElseGet(() -> unavailable(
                        Reason.ServerError,
                        "the catalogue could not be read: " + sentence(failure)
                                + "; it is tried again, the server's log tells more",
                        failure));
    }

    static boolean isReadOnly(SQLException failure) {
        return state(failure).equals("25006");
    }

    /** Whether it is about a value: one that the database's encoding lacks, say. */
    static boolean isDataError(SQLException failure) {
        return state(failure).startsWith("22");
    }

    /**
     * Whether a statement wanted more memory or locks than there are: what a reader built on a view goes with it, and may be more than one transaction can lock.
     * The next statement is answered.
     */
    static boolean isOfOneStatement(SQLException failure) {
        return state(failure).equals("53200");
    }

    /** The server's sentence, on one line and not too long. */
    static String sentence(SQLException failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (failure instanceof PSQLException fromServer && fromServer.getServerErrorMessage() != null) {
            ServerErrorMessage message = fromServer.getServerErrorMessage();
            text = message.getMessage() + (message.getDetail() == null ? "" : " (" + message.getDetail() + ")");
        }
        String line = text.replaceAll("\\s*[\\r\\n]+\\s*", ", ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }

    static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }

    private String where() {
        return server.host() + ":" + server.port();
    }

    private static PlatformUnavailableException unavailable(Reason reason, String message, SQLException cause) {
        return new PlatformUnavailableException(reason, message, cause);
    }
}
