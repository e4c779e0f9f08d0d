package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.port.RowFilter;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.LoginSecrets;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Selected;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.plan.Planner;
import dev.portcullis.platform.postgresql.plan.Rehearsal;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.profile.ProfileParser;
import dev.portcullis.platform.postgresql.profile.ProfileSelector;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.view.Served;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The pure part. */
public final class PostgresqlModule implements PlatformModule {
    /** How many views a message names. */
    private static final int NAMED = 20;

    @Override
    public boolean serves(DataPlatformSpec platform) {
        return platform.postgresql() != null;
    }

    @Override
    public Optional<LoginSecrets> secrets(DataPlatformSpec platform) {
        return Optional.ofNullable(platform.postgresql())
                .map(server -> new LoginSecrets(server.credentials(), Optional.ofNullable(server.caSecret())));
    }

    @Override
    public Parsed parse(OutputPortSpec port) {
        return port.postgresql() == null ? new Parsed.None() : ProfileParser.offered(port.postgresql());
    }

    @Override
    public Optional<Profile> fromSnapshot(SnapshotObjects objects) {
        return objects.postgresql() != null && ProfileParser.asked(objects.postgresql()) instanceof Parsed.Ok ok
                ? Optional.of(ok.profile())
                : Optional.empty();
    }

    @Override
    public Optional<Profile> intersect(Profile snapshot, Profile offered) {
        return snapshot instanceof PostgresqlProfile asked && offered instanceof PostgresqlProfile now
                ? asked.offeredBy(now).map(Profile.class::cast)
                : Optional.empty();
    }

    @Override
    public Optional<Profile> common(Profile one, Profile other) {
        return one instanceof PostgresqlProfile some && other instanceof PostgresqlProfile others
                ? some.common(others).map(Profile.class::cast)
                : Optional.empty();
    }

    @Override
    public List<RowFilter> rowFilters(Profile offered) {
        return offered instanceof PostgresqlProfile port
                ? port.choices().entrySet().stream()
                        .map(choice -> new RowFilter(choice.getKey(), choice.getValue()))
                        .toList()
                : List.of();
    }

    @Override
    public Selected select(Profile objects, SelectedObjects select, List<RowFilter> filters) {
        if (!(objects instanceof PostgresqlProfile profile)) {
            throw new IllegalArgumentException("not a profile of PostgreSQL: " + objects);
        }
        return ProfileSelector.select(profile, select, filters);
    }

    @Override
    public Optional<String> notExposed(DataPlatformSpec platform, String namespace, Profile profile) {
        if (!(profile instanceof PostgresqlProfile objects)) {
            return Optional.of("the platform has no objects of this kind");
        }
        boolean exposed = platform.exposes().stream()
                .filter(exposure -> exposure.namespaces().contains(namespace))
                .flatMap(exposure -> exposure.postgresql().stream())
                .anyMatch(exposure -> exposure.database().equals(objects.database())
                        && exposure.schemas().contains(objects.schema()));
        return exposed
                ? Optional.empty()
                : Optional.of("the platform does not expose schema " + quote(objects.schema()) + " of database "
                        + quote(objects.database()) + " to namespace " + namespace
                        + ": the platform team can add it to spec.exposes of the DataPlatform");
    }

    @Override
    public String reference(Owner owner, PortId port, Profile profile) {
        return RoleName.of(owner, port, profile);
    }

    @Override
    public Optional<String> usage(Owner owner, PortId port, Profile profile) {
        return profile instanceof PostgresqlProfile tables && tables.isFiltered()
                ? Optional.of(tables.tables().keySet().stream()
                        .limit(NAMED)
                        .map(table -> Served.SCHEMA + "."
                                + Served.view(owner, port, tables, table).name() + " instead of "
                                + quote(tables.schema(), table))
                        .collect(Collectors.joining(
                                ", ",
                                "read ",
                                tables.tables().size() > NAMED
                                        ? " and so on: views that " + reference(owner, port, profile) + " may read"
                                        : "")))
                : Optional.empty();
    }

    @Override
    public Plan plan(Wanted wanted, Observed observed) {
        if (!(observed instanceof PostgresqlObserved seen)) {
            throw new IllegalArgumentException("not observed on PostgreSQL: " + observed.getClass());
        }
        return Planner.plan(wanted, seen);
    }

    @Override
    public Optional<Plan> rehearse(DataPlatformSpec platform, Set<Entitlement> held, Wanted wanted) {
        return Optional.of(Rehearsal.plan(platform, held, wanted));
    }
}
