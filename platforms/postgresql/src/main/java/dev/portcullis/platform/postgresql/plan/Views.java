package dev.portcullis.platform.postgresql.plan;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.postgresql.change.PutView.How;
import dev.portcullis.platform.postgresql.filter.FilterTexts;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.ObservedView;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.view.Served;
import dev.portcullis.platform.postgresql.view.TableFacts;
import dev.portcullis.platform.postgresql.view.ViewDefinition;
import dev.portcullis.platform.postgresql.view.ViewDesign;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which views can serve what is wanted, and what becomes of those that are there. */
final class Views {
    private final PostgresqlObserved seen;
    private final Map<SqlObject.Table, ViewDefinition> definitions = new HashMap<>();
    private final FilterTexts texts = new FilterTexts();
    private final Map<String, Problem> problems = new HashMap<>();
    private final Set<String> retired = new HashSet<>();

    Views(PostgresqlObserved seen, Unmanaged unmanaged, Collection<WantedRole> roles) {
        this.seen = seen;
        if (unmanaged == Unmanaged.Remove) {
            seen.views().owners().stream()
                    .filter(ObservedRole::administered)
                    .filter(role -> role.members().stream()
                            .anyMatch(member -> !member.reach().ends(unmanaged)))
                    .forEach(role -> retired.add(role.name()));
        }
        roles.stream().filter(role -> role.profile().isFiltered()).forEach(this::design);
    }

    private void design(WantedRole role) {
        PostgresqlProfile profile = role.profile();
        for (String table : profile.tables().keySet()) {
            TableFacts facts =
                    seen.views().tables().get(new SqlObject.Table(profile.database(), profile.schema(), table));
            if (facts != null) {
                ViewDesign.of(role.mark(), profile, table, facts, texts)
                        .ifPresent(definition -> problem(definition)
                                .ifPresentOrElse(
                                        problem -> problems.putIfAbsent(role.name(), problem),
                                        () -> definitions.put(definition.view(), definition)));
                ViewDesign.fault(profile, table, facts, texts)
                        .ifPresent(fault ->
                                problems.putIfAbsent(role.name(), new Problem(fault.reason(), fault.message())));
            }
        }
    }

    private Optional<Problem> problem(ViewDefinition definition) {
        String database = definition.view().inDatabase();
        if (!seen.views().schemas().contains(Served.schema(database))) {
            return Optional.of(schemaMissing(seen, database));
        }
        if (seen.occupied().containsKey(definition.owner())) {
            return Optional.of(
                    new Problem(
                            Reason.NotApplied,
                            "role " + quote(definition.owner())
                                    + " exists and is not marked as one that owns this port's views, so it is left alone: drop it"));
        }
        ObservedView view = seen.views().views().get(definition.view());
        Optional<ObservedRole> others = seen.views().owners().stream()
                .filter(owner -> owner.name().equals(definition.owner()) && !owner.isOursAlone())
                .filter(owner -> !isRetired(owner.name()))
                .findFirst();
        if (view == null && others.isPresent()) {
            return others.map(owner -> owner.administered()
                    ? Leftovers.notOursAlone(owner, seen.operator().dialect())
                    : Leftovers.notAdministered(owner, seen.operator()));
        }
        return view == null || (view.isView() && view.owner().equals(definition.owner()))
                ? Optional.empty()
                : Optional.of(new Problem(
                        Reason.NotApplied,
                        definition.view().target().replace("TABLE ", "") + " in database " + quote(database)
                                + " is where a view of the operator's is to be, and belongs to " + quote(view.owner())
                                + ": drop it, and let nobody else create in that schema"));
    }

    /** What is to be run where there is no schema for views. */
    static Problem schemaMissing(PostgresqlObserved seen, String database) {
        return new Problem(
                Reason.ViewSchemaMissing,
                "row filters are served by views, and the operator has no schema for them; in database "
                        + quote(database) + ", as its owner, run: CREATE SCHEMA IF NOT EXISTS " + Served.SCHEMA
                        + "; GRANT USAGE, CREATE ON SCHEMA " + Served.SCHEMA + " TO "
                        + quote(seen.operator().name()) + " WITH GRANT OPTION;");
    }

    /** Why not all of a role's tables can be served; empty: they can, or are not there. */
    Optional<Problem> problem(WantedRole role) {
        return Optional.ofNullable(problems.get(role.name()));
    }

    /** The views that serve a role, as far as they can be there. */
    List<ViewDefinition> of(WantedRole role) {
        PostgresqlProfile profile = role.profile();
        List<ViewDefinition> served = new ArrayList<>();
        if (profile.isFiltered()) {
            profile.tables()
                    .keySet()
                    .forEach(table -> Optional.ofNullable(definitions.get(
                                    Served.view(role.mark().owner(), role.mark().port(), profile, table)))
                            .ifPresent(served::add));
        }
        return served;
    }

    /** Whether others share a role that owns views in a way that nobody but them can end, so that another takes its place. */
    boolean isRetired(String owner) {
        return retired.contains(owner);
    }

    /** Whether the object is a view that can be there. */
    boolean isServed(SqlObject object) {
        return object instanceof SqlObject.Table view && definitions.containsKey(view);
    }

    /** Whether the object is a view that nobody has anything on yet, once it is made. */
    boolean isNew(SqlObject object) {
        return object instanceof SqlObject.Table view
                && Optional.ofNullable(definitions.get(view))
                        .flatMap(this::how)
                        .filter(how -> how != How.REPLACE)
                        .isPresent();
    }

    /** How a view comes to be what it is to be; empty: it is. */
    Optional<How> how(ViewDefinition definition) {
        ObservedView view = seen.views().views().get(definition.view());
        if (view == null || isRetired(definition.owner())) {
            return Optional.of(How.CREATE);
        }
        if (view.shows(definition)) {
            return Optional.empty();
        }
        return Optional.of(view.canBecome(definition) ? How.REPLACE : How.RECREATE);
    }
}
