package dev.portcullis.benchmark.chaos;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody does, as it is drawn. */
sealed interface Operation {
    /** Whether it is done at the API server. */
    default boolean needsApiServer() {
        return true;
    }

    /** Somebody asks; both times from now on, absent: at once, and for ever. */
    record Request(
            String name,
            String namespace,
            String port,
            Beneficiary beneficiary,
            @Nullable Duration startsIn,
            @Nullable Duration endsIn,
            String colour)
            implements Operation {}

    /** The approver writes approved, rejected or revoked on the agreement. */
    record Decide(String agreement, String decision) implements Operation {}

    /** The approver writes a Decision: approved, rejected, revoked, suspended or resumed. */
    record Vote(String agreement, String decision) implements Operation {}

    /** The consumer pauses or goes on. */
    record Suspend(String agreement, boolean suspended) implements Operation {}

    record Cancel(String agreement) implements Operation {}

    record Delete(String agreement) implements Operation {}

    /** A port is made, which was not there. */
    record MakePort(String port, Set<String> columns, boolean autoApprove) implements Operation {}

    record DeletePort(String port) implements Operation {}

    record ChangeColumns(String port, Set<String> columns) implements Operation {}

    record ChangeAutoApprove(String port, boolean autoApprove) implements Operation {}

    record SuspendPort(String port, boolean suspended) implements Operation {}

    /** Somebody comes into a team or leaves it. */
    record ChangeTeam(String namespace, String login, boolean member) implements Operation {}

    /** A Mandatory policy rejects requests of these colours; none: there is no policy. */
    record ChangePolicy(Set<String> rejected) implements Operation {}

    /** A DBA makes a login a member of one of the port's roles, as superuser or as the operator's role. */
    record GrantByHand(String port, String login, boolean asOperator) implements Operation {
        @Override
        public boolean needsApiServer() {
            return false;
        }
    }

    /** A DBA takes one membership in a role of the port away. */
    record RevokeByHand(String port) implements Operation {
        @Override
        public boolean needsApiServer() {
            return false;
        }
    }

    /** A DBA gives a role of the port one more column. */
    record WidenByHand(String port, String column) implements Operation {
        @Override
        public boolean needsApiServer() {
            return false;
        }
    }
}
