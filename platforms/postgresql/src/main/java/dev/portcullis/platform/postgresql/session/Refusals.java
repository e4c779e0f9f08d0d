package dev.portcullis.platform.postgresql.session;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.EndSessions;
import dev.portcullis.platform.postgresql.change.GrantMembership;
import dev.portcullis.platform.postgresql.change.GrantPrivilege;
import dev.portcullis.platform.postgresql.change.LeaveRole;
import dev.portcullis.platform.postgresql.change.PostgresqlChange;
import dev.portcullis.platform.postgresql.change.PutView;
import dev.portcullis.platform.postgresql.change.RevokeMembership;
import dev.portcullis.platform.postgresql.change.RevokePrivilege;
import dev.portcullis.platform.postgresql.sql.Literal;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.sql.SQLException;
import java.util.Set;

/** What the server's refusal of one change means. */
final class Refusals {
    private static final Set<String> GONE = Set.of("42704", "42P01", "42703", "3F000", "3D000", "42883");

    private Refusals() {}

    /** Taking away what is not there any more has succeeded. */
    static boolean alreadyGone(PostgresqlChange change, SQLException failure) {
        boolean takesAway = change instanceof RevokePrivilege
                || change instanceof RevokeMembership
                || change instanceof LeaveRole
                || change instanceof DropRole;
        return takesAway && GONE.contains(Failures.state(failure));
    }

    static Outcome.Refused of(PostgresqlChange change, SQLException failure) {
        String said = Failures.sentence(failure);
        if (change instanceof EndSessions end) {
            return sessionsMayRemain(end, said);
        }
        if (change instanceof PutView put && "55P03".equals(Failures.state(failure))) {
            return viewIsRead(put, said);
        }
        String role = quote(change.role());
        return switch (Failures.state(failure)) {
            case "42704" ->
                change instanceof GrantMembership
                        ? refused(
                                Reason.PrincipalNotFound,
                                "the principal or " + role + " went missing meanwhile: " + said)
                        : refused(Reason.NotApplied, role + " or what it is about went missing meanwhile: " + said);
            case "42P01", "42703", "3F000", "3D000", "42883" ->
                refused(Reason.ObjectNotFound, "an object of the port is not there: " + said);
            case "01007" ->
                refused(
                        Reason.GrantOptionMissing,
                        "the operator may not pass this on (" + said
                                + "): its owner has to grant it WITH GRANT OPTION");
            case "42501" ->
                change instanceof GrantPrivilege
                        ? refused(
                                Reason.GrantOptionMissing,
                                "the operator may not pass this on (" + said
                                        + "): its owner has to grant it WITH GRANT OPTION")
                        : refused(
                                Reason.NotApplied,
                                "the operator may not do this: " + said
                                        + "; make it a member of the owner of the object, as the README says");
            case "2BP01" ->
                refused(
                        Reason.ForeignGrant,
                        "something that others granted still hangs on " + role + ": " + said
                                + "; who granted it revokes it, or a superuser runs DROP OWNED BY for the role there");
            case "53200" ->
                refused(
                        Reason.NotApplied,
                        "this takes more locks or memory than the server has (" + said
                                + "); where a view is dropped, what others built on it goes with it: find who built so much and have it dropped, or raise max_locks_per_transaction");
            case "55P03", "57014", "40P01", "40001", "XX000" ->
                refused(Reason.NotApplied, "somebody else is changing the same things; tried again soon: " + said);
            default ->
                refused(
                        Reason.NotApplied,
                        "the server refused: " + said + " (SQLSTATE " + Failures.state(failure)
                                + "); it is tried again, the server's log tells more");
        };
    }

    private static Outcome.Refused viewIsRead(PutView change, String said) {
        SqlObject.Table view = change.definition().view();
        String name = quote(view.schema(), view.name());
        return refused(
                Reason.NotApplied,
                "view " + name + " of database " + quote(view.inDatabase())
                        + " is not as it should be, and cannot be put right while somebody who reads it keeps a transaction open ("
                        + said
                        + "); it is tried again. Who that is tells: SELECT pid, usename, xact_start FROM pg_stat_activity WHERE pid IN (SELECT pid FROM pg_locks WHERE relation = "
                        + Literal.quote(name) + "::regclass);");
    }

    private static Outcome.Refused sessionsMayRemain(EndSessions change, String said) {
        return refused(
                Reason.SessionsMayRemain,
                "sessions of " + quote(change.member())
                        + " that were open may go on reading, since the operator could not end them ("
                        + said
                        + "); run as a superuser: SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = "
                        + Literal.quote(change.member()) + ";");
    }

    private static Outcome.Refused refused(Reason reason, String message) {
        return new Outcome.Refused(reason, message);
    }
}
