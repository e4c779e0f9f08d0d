package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.change.DropView;
import dev.portcullis.platform.postgresql.change.PutView;
import dev.portcullis.platform.postgresql.change.RevokeOnView;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Inheritance;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.ObservedView;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.view.ViewDefinition;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What to do about the views that serve row filters: a view that nobody reads goes, one that does not show what it should is put right. */
final class ViewPlanner {
    private final PostgresqlObserved seen;
    private final Unmanaged unmanaged;
    private final Views views;
    private final ViewOwnerPlanner owners;
    private final Inheritance inheritance;
    private final Draft draft;

    ViewPlanner(PostgresqlObserved seen, Wanted wanted, Views views, Inheritance inheritance, Draft draft) {
        this.seen = seen;
        this.unmanaged = wanted.unmanaged();
        this.views = views;
        this.owners = new ViewOwnerPlanner(seen, wanted.unmanaged(), views, draft);
        this.inheritance = inheritance;
        this.draft = draft;
    }

    /**
     * @param used roles that have members from now on
     * @param kept roles that stay as they are for somebody, though nobody wants them
     */
    void plan(Collection<WantedRole> used, Collection<ObservedRole> kept) {
        Set<SqlObject> held = kept.stream()
                .flatMap(role -> role.privileges().stream())
                .map(privilege -> privilege.privilege().object())
                .collect(Collectors.toSet());
        Map<String, List<ViewDefinition>> byOwner = new TreeMap<>();
        Set<SqlObject.Table> needed = new HashSet<>();
        for (WantedRole role : used) {
            List<ViewDefinition> definitions = views.of(role);
            if (!definitions.isEmpty()) {
                byOwner.merge(definitions.get(0).owner(), definitions, ViewPlanner::both);
                definitions.forEach(definition -> put(role, definition));
                definitions.forEach(definition -> needed.add(definition.view()));
            }
        }
        byOwner.forEach(owners::prepare);
        Map<String, List<ObservedView>> byObservedOwner = seen.views().views().values().stream()
                .sorted(Comparator.comparing(view -> view.name().name()))
                .collect(Collectors.groupingBy(ObservedView::owner));
        for (ObservedRole owner : seen.views().owners()) {
            if (views.isRetired(owner.name())) {
                continue; // its views go with it
            }
            List<ObservedView> owned = byObservedOwner.getOrDefault(owner.name(), List.of());
            owned.stream()
                    .filter(view -> !needed.contains(view.name()) && !held.contains(view.name()))
                    .forEach(view -> draft.add(new DropView(
                            owner.name(),
                            inheritance.asOurs(owner.mark()),
                            view.name(),
                            seen.operator().name())));
            boolean keeps = owned.stream().anyMatch(view -> held.contains(view.name()));
            owners.amend(
                    owner,
                    byOwner.getOrDefault(owner.name(), List.of()),
                    owned,
                    keeps,
                    inheritance.asOurs(owner.mark()));
        }
    }

    private static List<ViewDefinition> both(List<ViewDefinition> some, List<ViewDefinition> others) {
        return java.util.stream.Stream.concat(some.stream(), others.stream()).toList();
    }

    private void put(WantedRole role, ViewDefinition definition) {
        views.how(definition)
                .ifPresent(how -> draft.add(new PutView(
                        role.name(), role.mark(), definition, seen.operator().name(), how)));
        ObservedView view = seen.views().views().get(definition.view());
        if (view == null || views.isNew(definition.view())) {
            return;
        }
        for (ObservedView.Grantee grantee : view.grantees()) {
            if (grantee.name().equals(role.name())) {
                continue; // what it has too much is put right as of any object
            }
            if (unmanaged == Unmanaged.Remove) {
                draft.add(new RevokeOnView(
                        definition.owner(),
                        role.mark(),
                        definition.view(),
                        grantee.name(),
                        seen.operator().name()));
            } else {
                draft.leave(Leftovers.onView(role.mark(), definition.view(), grantee.name()));
            }
        }
    }
}
