package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.platform.Change;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.postgresql.change.AdoptRole;
import dev.portcullis.platform.postgresql.change.CreateRole;
import dev.portcullis.platform.postgresql.change.CreateViewOwner;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.DropView;
import dev.portcullis.platform.postgresql.change.EndSessions;
import dev.portcullis.platform.postgresql.change.GrantMembership;
import dev.portcullis.platform.postgresql.change.GrantPrivilege;
import dev.portcullis.platform.postgresql.change.LeaveRole;
import dev.portcullis.platform.postgresql.change.MarkLeft;
import dev.portcullis.platform.postgresql.change.PostgresqlChange;
import dev.portcullis.platform.postgresql.change.PostgresqlChange.Lane;
import dev.portcullis.platform.postgresql.change.PutView;
import dev.portcullis.platform.postgresql.change.RebuildRole;
import dev.portcullis.platform.postgresql.change.ResetMembership;
import dev.portcullis.platform.postgresql.change.RetireViewOwner;
import dev.portcullis.platform.postgresql.change.RevokeMembership;
import dev.portcullis.platform.postgresql.change.RevokeOnView;
import dev.portcullis.platform.postgresql.change.RevokePrivilege;
import dev.portcullis.platform.postgresql.change.SetRoleAttributes;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.view.Served;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A plan in the making; puts the changes in order at the end. */
final class Draft {
    private final List<PostgresqlChange> changes = new ArrayList<>();
    private final List<Plan.Refusal> refusals = new ArrayList<>();
    private final List<Plan.Leftover> leftovers = new ArrayList<>();
    private final List<Plan.Warning> warnings = new ArrayList<>();

    void add(PostgresqlChange change) {
        changes.add(change);
    }

    void refuse(Entitlement entitlement, Problem problem) {
        refusals.add(new Plan.Refusal(entitlement, problem.reason(), problem.message()));
    }

    void leave(Plan.Leftover leftover) {
        leftovers.add(leftover);
    }

    List<PostgresqlChange> changes() {
        return changes;
    }

    void warn(Plan.Warning warning) {
        warnings.add(warning);
    }

    Plan finish() {
        Moves moves = new Moves(changes);
        Set<String> madeReady = changes.stream()
                .filter(change -> change.lane() == Lane.OBJECTS || change.lane() == Lane.DROPS)
                .map(PostgresqlChange::role)
                .collect(Collectors.toSet());
        Set<String> created = changes.stream()
                .filter(change ->
                        change instanceof CreateRole || (change instanceof CreateViewOwner owner && !owner.exists()))
                .map(PostgresqlChange::role)
                .collect(Collectors.toSet());
        Set<String> adopted = changes.stream()
                .filter(AdoptRole.class::isInstance)
                .map(PostgresqlChange::role)
                .collect(Collectors.toSet());
        Set<Seat> ended = changes.stream()
                .filter(RevokeMembership.class::isInstance)
                .map(change -> new Seat(change.role(), change.principal()))
                .collect(Collectors.toSet());
        List<Change> ordered = changes.stream()
                .sorted(Comparator.<PostgresqlChange, Step>comparing(
                                change -> step(change, moves, madeReady, created, adopted, ended))
                        .thenComparing(change -> change.database().orElse("")))
                .map(Change.class::cast)
                .toList();
        return new Plan(ordered, refusals, leftovers, List.of(), warnings);
    }

    /**
     * The order of all changes. Access is taken away before any is given. Memberships first of all, as one statement ends all of somebody's access and
     * waits for no table. A privilege is revoked before others are granted, since REVOKE on a table takes the same privilege on its columns with it. A
     * role gets its privileges before its members. Who only moves to another role of the port leaves the old one last.
     */
    private enum Step {
        END_MEMBERSHIPS,
        /** What is done to such a role comes after it has its new name. */
        ADOPT_ROLES,
        END_MEMBERSHIPS_OF_ADOPTED,
        /** Of roles that need nothing else. */
        ADD_MEMBERS,
        /** Of those who were just taken out of a role. That is committed by then: else they would be back before it. */
        END_SESSIONS,
        /** So that the operator can act as roles that own views: it takes away as them, too. */
        REACH_VIEW_OWNERS,
        REVOKE_PRIVILEGES,
        /** Roles that own views, what those have, and the views: before anybody is granted them. */
        RETIRE_VIEW_OWNERS,
        CREATE_VIEW_OWNERS,
        GRANT_TO_VIEW_OWNERS,
        PUT_VIEWS,
        REBUILD_ROLES,
        SET_ATTRIBUTES,
        /** Those whose names are needed. */
        DROP_ROLES_IN_THE_WAY,
        CREATE_ROLES,
        GRANT_PRIVILEGES,
        ADD_MEMBERS_TO_WHAT_WAS_MADE_READY,
        MOVE_MEMBERS_OUT,
        /** Of roles that people leave, also for another one of the port: below 15. */
        REBUILD_LEFT_ROLES,
        REVOKE_PRIVILEGES_LEFT_BEHIND,
        /** Any reader can keep a view from being dropped. */
        DROP_VIEWS,
        /** Any login can keep a role from being dropped, so nothing that could wait long comes after. */
        DROP_ROLES,
        /** Of those who lose something by what comes before. */
        END_OTHER_SESSIONS
    }

    private record Seat(String role, Optional<Principal> member) {}

    private static Step step(
            PostgresqlChange change,
            Moves moves,
            Set<String> madeReady,
            Set<String> created,
            Set<String> adopted,
            Set<Seat> ended) {
        if (change instanceof EndSessions) {
            return ended.contains(new Seat(change.role(), change.principal())) && !moves.isMove(change)
                    ? Step.END_SESSIONS
                    : Step.END_OTHER_SESSIONS;
        }
        if (change instanceof RevokeMembership || change instanceof LeaveRole || change instanceof MarkLeft) {
            if (moves.isMove(change)) {
                return Step.MOVE_MEMBERS_OUT;
            }
            return adopted.contains(change.role()) ? Step.END_MEMBERSHIPS_OF_ADOPTED : Step.END_MEMBERSHIPS;
        }
        if (change instanceof AdoptRole) {
            return Step.ADOPT_ROLES;
        }
        if (change instanceof RetireViewOwner) {
            return Step.RETIRE_VIEW_OWNERS;
        }
        if (change instanceof CreateViewOwner owner) {
            return owner.exists() ? Step.REACH_VIEW_OWNERS : Step.CREATE_VIEW_OWNERS;
        }
        if (change instanceof PutView) {
            return Step.PUT_VIEWS;
        }
        if (change instanceof DropView) {
            return Step.DROP_VIEWS;
        }
        if (change instanceof RevokeOnView) {
            return Step.REVOKE_PRIVILEGES;
        }
        if (change instanceof RevokePrivilege) {
            return moves.isLeftBehind(change) ? Step.REVOKE_PRIVILEGES_LEFT_BEHIND : Step.REVOKE_PRIVILEGES;
        }
        if (change instanceof DropRole) {
            return created.contains(change.role()) ? Step.DROP_ROLES_IN_THE_WAY : Step.DROP_ROLES;
        }
        if (change instanceof RebuildRole rebuild) {
            return Moves.isAfter(rebuild) ? Step.REBUILD_LEFT_ROLES : Step.REBUILD_ROLES;
        }
        if (change instanceof SetRoleAttributes) {
            return Step.SET_ATTRIBUTES;
        }
        if (change instanceof CreateRole) {
            return Step.CREATE_ROLES;
        }
        if (change instanceof GrantPrivilege grant) {
            if (change.mark().use() != Mark.Use.VIEWS) {
                return Step.GRANT_PRIVILEGES;
            }
            boolean findsViews = grant.privilege().object() instanceof SqlObject.Schema schema
                    && schema.name().equals(Served.SCHEMA);
            return findsViews && !created.contains(change.role()) ? Step.REACH_VIEW_OWNERS : Step.GRANT_TO_VIEW_OWNERS;
        }
        if (change instanceof ResetMembership || change instanceof GrantMembership) {
            return madeReady.contains(change.role()) || moves.isMoveIn(change)
                    ? Step.ADD_MEMBERS_TO_WHAT_WAS_MADE_READY
                    : Step.ADD_MEMBERS;
        }
        throw new IllegalStateException("unknown change " + change);
    }
}
