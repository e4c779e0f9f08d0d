package dev.portcullis.platform.postgresql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.GrantMembership;
import dev.portcullis.platform.postgresql.change.GrantPrivilege;
import dev.portcullis.platform.postgresql.change.PostgresqlChange;
import dev.portcullis.platform.postgresql.change.RevokeMembership;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    private static final Mark MARK = Mark.of(new Owner("i", "p"), new PortId("uid", "ns", "port"));
    private final Failures failures = new Failures(
            new PostgresqlServer(
                    "pg.example.com", 5432, "postgres", "portcullis", null, null, new SecretReference("ns", "secret")),
            "login");

    @ParameterizedTest
    @CsvSource({
        "08001, Unreachable",
        "08006, Unreachable",
        "57P01, Unreachable",
        "57P03, Unreachable",
        "25P03, Unreachable",
        "25P04, Unreachable",
        "28000, LoginRefused",
        "28P01, LoginRefused",
        "53300, ServerError",
        "53100, ServerError",
        "25006, ReadOnly"
    })
    void outages(String state, Reason reason) {
        assertThat(failures.outage(new SQLException("no", state)).map(PlatformUnavailableException::reason))
                .contains(reason);
        assertThat(failures.connecting(new SQLException("no", state)).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"42501", "42P01", "55P03", "57014", "XX000", "2BP01"})
    void failuresOfOneStatement(String state) {
        assertThat(failures.outage(new SQLException("no", state))).isEmpty();
        assertThat(failures.reading(new SQLException("no", state)).reason()).isEqualTo(Reason.ServerError);
    }

    @Test
    void neverTellsTheLogin() {
        assertThat(failures.connecting(new SQLException("FATAL: password failed for \"login\"", "28P01")))
                .hasMessageStartingWith("the server refused the login of Secret ns/secret (SQLSTATE 28P01): check ")
                .hasMessageNotContaining("password failed")
                .hasMessageNotContaining("\"login\"");
    }

    @Test
    void whatAPoolerSaysIsToldByItsWords() {
        SQLException login = new SQLException("FATAL: SASL authentication failed", "08P01");
        assertThat(failures.connecting(login).reason()).isEqualTo(Reason.LoginRefused);
        SQLException database = new SQLException("no such database: hr", "08P01");
        assertThat(failures.refusalOfDatabase(database, "hr"))
                .hasValueSatisfying(words -> assertThat(words).contains("add it"));
        SQLException full = new SQLException("no more connections allowed", "08P01");
        assertThat(failures.refusalOfDatabase(full, "hr")).isEmpty();
        assertThat(failures.connecting(full).reason()).isEqualTo(Reason.Unreachable);
    }

    static Stream<Arguments> whyThereIsNoConnection() {
        return Stream.of(
                arguments(new UnknownHostException("pg.example.com"), "spec.postgresql.host"),
                arguments(new ConnectException("Connection refused"), "that the server runs"),
                arguments(new SocketTimeoutException("Connect timed out"), "network policies"),
                arguments(new SocketException("Connection reset"), "the server's log"),
                arguments(new EOFException(), "the server's log"));
    }

    @ParameterizedTest
    @MethodSource("whyThereIsNoConnection")
    void anUnreachableServerIsToldByWhatToCheckNext(IOException cause, String next) {
        SQLException failure = new SQLException("the driver's words", "08001", cause);

        assertThat(failures.connecting(failure))
                .hasMessageStartingWith("no connection to pg.example.com:5432: ")
                .hasMessageContaining(next)
                .hasMessageNotContaining("the driver's words");
        assertThat(failures.connecting(new SQLException("The server does not support SSL.", "08006")))
                .hasMessageContaining("does not support SSL");
    }

    @Test
    void keepsToOneLine() {
        assertThat(Failures.sentence(new SQLException("a\n  b", "XX000"))).isEqualTo("a, b");
        assertThat(Failures.sentence(new SQLException("x".repeat(1000), "XX000")))
                .hasSizeLessThan(500);
    }

    @ParameterizedTest
    @CsvSource({
        "grant, 42704, PrincipalNotFound",
        "grant, 42501, NotApplied",
        "privilege, 42P01, ObjectNotFound",
        "privilege, 42703, ObjectNotFound",
        "privilege, 3F000, ObjectNotFound",
        "privilege, 42501, GrantOptionMissing",
        "privilege, 01007, GrantOptionMissing",
        "privilege, 55P03, NotApplied",
        "privilege, XX000, NotApplied",
        "drop, 2BP01, ForeignGrant",
        "drop, 12345, NotApplied"
    })
    void refusals(String change, String state, Plan.Reason reason) {
        Outcome.Refused refused = Refusals.of(change(change), new SQLException("the server's words", state));
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.message()).contains("the server's words");
    }

    private static PostgresqlChange change(String name) {
        return switch (name) {
            case "grant" -> new GrantMembership("r", MARK, "taylor", Dialect.POSTGRESQL_16);
            case "privilege" ->
                new GrantPrivilege("r", MARK, new Privilege("SELECT", new SqlObject.Table("d", "s", "t")));
            default -> new DropRole("r", MARK, false);
        };
    }

    @Test
    void whatIsGoneNeedNotBeTakenAway() {
        SQLException gone = new SQLException("does not exist", "42704");
        assertThat(Refusals.alreadyGone(
                        new RevokeMembership(
                                "r", MARK, "taylor", "portcullis", Optional.empty(), Dialect.POSTGRESQL_16),
                        gone))
                .isTrue();
        assertThat(Refusals.alreadyGone(new DropRole("r", MARK, false), gone)).isTrue();
        assertThat(Refusals.alreadyGone(new GrantMembership("r", MARK, "taylor", Dialect.POSTGRESQL_16), gone))
                .isFalse();
        assertThat(Refusals.alreadyGone(new DropRole("r", MARK, false), new SQLException("no", "2BP01")))
                .isFalse();
    }
}
