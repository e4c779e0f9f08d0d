package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.postgresql.change.CreateViewOwner;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.GrantPrivilege;
import dev.portcullis.platform.postgresql.change.LeaveRole;
import dev.portcullis.platform.postgresql.change.RetireViewOwner;
import dev.portcullis.platform.postgresql.change.RevokeMembership;
import dev.portcullis.platform.postgresql.change.RevokePrivilege;
import dev.portcullis.platform.postgresql.change.SetRoleAttributes;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Dependency;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.ObservedView;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.view.Served;
import dev.portcullis.platform.postgresql.view.ViewDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What to do about the roles that own views: one for each port, which nobody is a member of but the operator. */
final class ViewOwnerPlanner {
    private final PostgresqlObserved seen;
    private final Unmanaged unmanaged;
    private final Views views;
    private final Actors actors;
    private final Draft draft;

    ViewOwnerPlanner(PostgresqlObserved seen, Unmanaged unmanaged, Views views, Draft draft) {
        this.seen = seen;
        this.unmanaged = unmanaged;
        this.views = views;
        this.actors = new Actors(seen);
        this.draft = draft;
    }

    /** Sees to it that there is one. */
    void prepare(String name, List<ViewDefinition> definitions) {
        Mark mark = definitions.get(0).mark().asOwnerOfViews();
        boolean exists =
                seen.views().owners().stream().anyMatch(role -> role.name().equals(name));
        if (views.isRetired(name)) {
            seen.views().owners().stream()
                    .filter(role -> role.name().equals(name))
                    .forEach(
                            role -> retire(role, mark, definitions.get(0).view().inDatabase()));
        }
        if (!exists || views.isRetired(name)) {
            draft.add(
                    new CreateViewOwner(name, mark, operator(), seen.operator().dialect(), false));
            grant(name, mark, required(definitions));
        } else if (!seen.views().usable().contains(name)) {
            draft.add(
                    new CreateViewOwner(name, mark, operator(), seen.operator().dialect(), true));
        }
    }

    private void retire(ObservedRole role, Mark mark, String database) {
        Set<String> taken = seen.roles().stream().map(ObservedRole::name).collect(Collectors.toSet());
        taken.addAll(seen.occupied().keySet());
        String retired = RoleName.retired(mark, role.oid(), taken::contains);
        endAll(role);
        draft.add(new RetireViewOwner(
                role.name(),
                mark,
                database,
                seen.views().views().values().stream()
                        .filter(view -> view.owner().equals(role.name()))
                        .map(ObservedView::name)
                        .toList(),
                Privilege.merged(Removals.ownPrivileges(role)),
                retired,
                operator()));
        draft.add(new DropRole(retired, mark.asRetired(), false));
    }

    /**
     * Puts one right that is there, or removes it where it owns nothing that is needed.
     *
     * @param owned the views that are there
     * @param keeps whether it owns views that are not to be touched for now
     */
    void amend(
            ObservedRole role, List<ViewDefinition> definitions, List<ObservedView> owned, boolean keeps, Mark mark) {
        if (!role.administered()) {
            draft.leave(Leftovers.of(role, Leftovers.notAdministered(role, seen.operator())));
            return;
        }
        endAll(role);
        role.memberOf().stream()
                .filter(of -> of.reach().ends(unmanaged))
                .forEach(of -> draft.add(new LeaveRole(
                        role.name(),
                        mark,
                        of.role(),
                        of.grantor(),
                        seen.operator().dialect())));
        Leftovers.foreign(role, role.name(), unmanaged, seen.operator().dialect())
                .forEach(draft::leave);
        if (role.dependencies().stream().anyMatch(tie -> tie.kind() == Dependency.Kind.UNREADABLE)) {
            return; // which views it owns, and what for, cannot be known
        }
        if (definitions.isEmpty() && !keeps) {
            remove(role, owned, mark);
            return;
        }
        if (role.attributes().login() || role.attributes().createRole()) {
            draft.add(new SetRoleAttributes(role.name(), mark));
        }
        amendPrivileges(role, mark, required(definitions), keeps);
    }

    private void endAll(ObservedRole role) {
        role.members().stream()
                .filter(member -> member.reach().ends(unmanaged))
                .forEach(member -> draft.add(new RevokeMembership(
                        role.name(),
                        role.mark(),
                        member.member(),
                        member.grantor(),
                        Optional.empty(),
                        seen.operator().dialect())));
    }

    /** It finds its views, to drop them, for as long as it may use their schema: that goes with the role. */
    private void remove(ObservedRole role, List<ObservedView> owned, Mark mark) {
        Optional<Privilege> last = owned.stream()
                .findFirst()
                .map(view -> new Privilege("USAGE", Served.schema(view.name().inDatabase())));
        if (last.isPresent() && !seen.views().usable().contains(role.name())) {
            draft.add(new CreateViewOwner(
                    role.name(), mark, operator(), seen.operator().dialect(), true));
        }
        revoke(
                role,
                mark,
                Removals.ownPrivileges(role).stream()
                        .filter(privilege -> !Optional.of(privilege).equals(last))
                        .toList());
        last.filter(usage -> !RolePlanner.kept(role).contains(usage))
                .ifPresent(usage -> grant(role.name(), mark, List.of(usage)));
        if (!Removals.isAnchored(role)) {
            draft.add(new DropRole(role.name(), mark, false, last));
        }
    }

    private void amendPrivileges(ObservedRole role, Mark mark, Set<Privilege> required, boolean keeps) {
        List<Privilege> extra = role.privileges().stream()
                .filter(held ->
                        !keeps && held.revocable() && (held.grantable() || !required.contains(held.privilege())))
                .map(held -> held.privilege())
                .distinct()
                .toList();
        revoke(role, mark, extra);
        Set<Privilege> kept = RolePlanner.kept(role);
        extra.forEach(kept::remove);
        if (role.isOursAlone()) {
            grant(
                    role.name(),
                    mark,
                    required.stream()
                            .filter(privilege -> !kept.contains(privilege) || RolePlanner.wiped(privilege, extra))
                            .toList());
        }
    }

    private void revoke(ObservedRole role, Mark mark, Collection<Privilege> privileges) {
        Privilege.merged(privileges)
                .forEach(privilege -> draft.add(
                        new RevokePrivilege(role.name(), mark, privilege, actors.on(privilege.object(), mark))));
    }

    private void grant(String role, Mark mark, Collection<Privilege> privileges) {
        Privilege.merged(privileges).forEach(privilege -> draft.add(new GrantPrivilege(role, mark, privilege)));
    }

    /** To make views it has to find the tables, and to create where the views are. */
    private static Set<Privilege> required(List<ViewDefinition> definitions) {
        Set<Privilege> required = new LinkedHashSet<>();
        for (ViewDefinition definition : definitions) {
            String database = definition.view().inDatabase();
            required.add(new Privilege("USAGE", Served.schema(database)));
            required.add(new Privilege("CREATE", Served.schema(database)));
            List<Privilege> reads = new ArrayList<>(definition.reads());
            reads.forEach(read -> {
                if (read.object() instanceof SqlObject.Columns columns) {
                    required.add(new Privilege(
                            "USAGE",
                            new SqlObject.Schema(database, columns.table().schema())));
                }
                required.add(read);
            });
        }
        return required;
    }

    private String operator() {
        return seen.operator().name();
    }
}
