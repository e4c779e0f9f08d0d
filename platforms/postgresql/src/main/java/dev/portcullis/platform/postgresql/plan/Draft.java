package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.platform.Change;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.postgresql.change.CreateRole;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.GrantMembership;
import dev.portcullis.platform.postgresql.change.GrantPrivilege;
import dev.portcullis.platform.postgresql.change.LeaveRole;
import dev.portcullis.platform.postgresql.change.PostgresqlChange;
import dev.portcullis.platform.postgresql.change.RebuildRole;
import dev.portcullis.platform.postgresql.change.ResetMembership;
import dev.portcullis.platform.postgresql.change.RevokeMembership;
import dev.portcullis.platform.postgresql.change.RevokePrivilege;
import dev.portcullis.platform.postgresql.change.SetRoleAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A plan in the making; puts the changes in order at the end. */
final class Draft {
    private final List<PostgresqlChange> changes = new ArrayList<>();
    private final List<Plan.Refusal> refusals = new ArrayList<>();
    private final List<Plan.Leftover> leftovers = new ArrayList<>();

    void add(PostgresqlChange change) {
        changes.add(change);
    }

    void refuse(Entitlement entitlement, Problem problem) {
        refusals.add(new Plan.Refusal(entitlement, problem.reason(), problem.message()));
    }

    void leave(Plan.Leftover leftover) {
        leftovers.add(leftover);
    }

    Plan finish() {
        Moves moves = new Moves(changes);
        List<Change> ordered = changes.stream()
                .sorted(Comparator.<PostgresqlChange>comparingInt(change -> phase(change, moves))
                        .thenComparing(change -> change.database().orElse("")))
                .map(Change.class::cast)
                .toList();
        return new Plan(ordered, refusals, leftovers);
    }

    /**
     * Access is taken away before any is given. Memberships first of all, as one statement ends all of somebody's access. A privilege is
     * revoked before others are granted, since REVOKE on a table takes the same privilege on its columns with it. A role gets its
     * privileges before its members. Who only moves to another role of the port leaves the old one last.
     */
    private static int phase(PostgresqlChange change, Moves moves) {
        if (change instanceof RevokeMembership || change instanceof LeaveRole) {
            return moves.isMove(change) ? 8 : 0;
        }
        if (change instanceof RevokePrivilege) {
            return moves.isLeftBehind(change) ? 9 : 1;
        }
        if (change instanceof DropRole) {
            return moves.isLeftBehind(change) ? 10 : 2;
        }
        if (change instanceof RebuildRole) {
            return 3;
        }
        if (change instanceof SetRoleAttributes) {
            return 4;
        }
        if (change instanceof CreateRole) {
            return 5;
        }
        if (change instanceof GrantPrivilege) {
            return 6;
        }
        if (change instanceof ResetMembership || change instanceof GrantMembership) {
            return 7;
        }
        throw new IllegalStateException("unknown change " + change);
    }
}
