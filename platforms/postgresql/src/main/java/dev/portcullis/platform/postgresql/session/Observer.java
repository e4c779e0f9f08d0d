package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.postgresql.plan.PrincipalJudge;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.session.DatabaseQuery.Presence;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Dependency;
import dev.portcullis.platform.postgresql.state.Dependency.Kind;
import dev.portcullis.platform.postgresql.state.Inheritance;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.ObjectFacts;
import dev.portcullis.platform.postgresql.state.ObservedPrincipal;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.ObservedView;
import dev.portcullis.platform.postgresql.state.OccupiedName;
import dev.portcullis.platform.postgresql.state.OperatorRole;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.state.ViewState;
import dev.portcullis.platform.postgresql.view.TableFacts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One observation: what all databases share in one transaction, then each database that matters in one of its own. The number of queries
 * depends on the number of databases only.
 */
final class Observer {
    private final Transactions transactions;
    private final Owner owner;
    private final Set<String> takeOver;
    private final Scope scope;
    private final Inheritance inheritance;
    private final Set<String> principalNames;
    private final Set<PostgresqlProfile> profiles;
    private final Holdings holdings = new Holdings();
    private final Map<SqlObject, ObjectFacts> objects = new HashMap<>();
    private final Map<SqlObject.Table, ObservedView> views = new HashMap<>();
    /** OIDs of our roles that own views. */
    private final List<String> viewOwners = new ArrayList<>();

    private final Map<SqlObject.Table, TableFacts> filtered = new HashMap<>();
    private final Set<SqlObject.Schema> viewSchemas = new HashSet<>();
    private final Map<String, String> refused = new TreeMap<>();

    /** @param takeOver ids of installations whose roles are read as the owner's */
    Observer(Transactions transactions, Owner owner, Set<String> takeOver, Scope scope, Set<Entitlement> entitlements) {
        this.transactions = transactions;
        this.owner = owner;
        this.takeOver = takeOver;
        this.inheritance = new Inheritance(owner, entitlements);
        this.scope = scope;
        // a name that is too long would be cut to another's
        this.principalNames = entitlements.stream()
                .map(entitlement -> entitlement.principal().name())
                .filter(name -> PrincipalJudge.impossible(name).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        this.profiles = entitlements.stream()
                .map(Entitlement::profile)
                .filter(PostgresqlProfile.class::isInstance)
                .map(PostgresqlProfile.class::cast)
                .collect(Collectors.toSet());
    }

    /** What the server as a whole says. */
    private record Shared(
            OperatorQuery.Facts operator,
            List<RoleQuery.Row> all,
            List<RoleQuery.Row> ours,
            List<MembershipQuery.Row> memberships,
            List<ObservedPrincipal> principals,
            Set<String> sessions,
            List<Presence> presences) {}

    PostgresqlObserved observe() throws PlatformUnavailableException {
        Shared shared = readFirst();
        Map<String, Set<Long>> databases = new TreeMap<>();
        shared.presences()
                .forEach(presence -> databases
                        .computeIfAbsent(presence.database(), key -> new TreeSet<>())
                        .add(presence.roleOid()));
        profiles.stream()
                .map(PostgresqlProfile::database)
                .filter(name -> objects.containsKey(new SqlObject.Database(name)))
                .forEach(name -> databases.computeIfAbsent(name, key -> new TreeSet<>()));
        boolean anyViews = profiles.stream().anyMatch(PostgresqlProfile::isFiltered)
                || shared.ours().stream().anyMatch(Observer::ownsViews);
        Optional<PlatformUnavailableException> lost =
                read(databases, shared.operator().role().dialect(), anyViews);
        return assemble(shared, lost);
    }

    /** Reads databases until one is lost: what cannot be read must not pass for what is not held. */
    private Optional<PlatformUnavailableException> read(
            Map<String, Set<Long>> databases, Dialect dialect, boolean anyViews) {
        Optional<PlatformUnavailableException> lost = Optional.empty();
        for (Map.Entry<String, Set<Long>> database : databases.entrySet()) {
            if (lost.isEmpty()) {
                lost = read(database.getKey(), database.getValue(), dialect, anyViews);
            }
            lost.ifPresent(outage -> refuse(database.getKey(), database.getValue(), outage));
        }
        return lost;
    }

    private Shared readFirst() throws PlatformUnavailableException {
        OperatorQuery.Facts operator;
        try {
            Set<OpenWrites.Write> open = new HashSet<>();
            operator = transactions.read(transactions.first(), connection -> {
                open.addAll(OpenWrites.look(connection));
                return OperatorQuery.run(connection);
            });
            OperatorQuery.check(operator, transactions.failures());
            OpenWrites.awaitEnd(open, transactions);
            return transactions.read(transactions.first(), connection -> shared(connection, operator));
        } catch (DatabaseRefusedException e) {
            throw transactions.failures().refusedFirst(e);
        }
    }

    private Shared shared(Connection connection, OperatorQuery.Facts operator) throws SQLException {
        Dialect dialect = operator.role().dialect();
        List<RoleQuery.Row> all = RoleQuery.run(connection, dialect);
        List<RoleQuery.Row> ours = all.stream().filter(this::inScope).toList();
        List<String> oids = oids(ours);
        objects.putAll(DatabaseQuery.wanted(
                connection, profiles.stream().map(PostgresqlProfile::database).collect(Collectors.toSet())));
        viewOwners.addAll(oids(ours.stream()
                .filter(role ->
                        role.mark().filter(mark -> mark.use() == Mark.Use.VIEWS).isPresent())
                .toList()));
        HoldingQuery.shared(connection, dialect, oids, viewOwners, holdings);
        return new Shared(
                operator,
                all,
                ours,
                MembershipQuery.run(connection, dialect, oids),
                PrincipalQuery.run(connection, dialect, principalNames),
                SessionQuery.run(connection),
                DatabaseQuery.withOurs(connection, oids));
    }

    private Optional<PlatformUnavailableException> read(
            String database, Set<Long> roles, Dialect dialect, boolean anyViews) {
        List<String> oids = roles.stream().map(String::valueOf).toList();
        List<PostgresqlProfile> here = profiles.stream()
                .filter(profile -> profile.database().equals(database))
                .toList();
        try {
            transactions.read(database, connection -> {
                HoldingQuery.here(connection, dialect, database, oids, viewOwners, holdings);
                objects.putAll(ObjectQuery.run(connection, database, here));
                if (anyViews) {
                    readViews(connection, database, here);
                }
                return database;
            });
        } catch (DatabaseRefusedException e) {
            refuse(database, roles, e);
        } catch (PlatformUnavailableException e) {
            return Optional.of(e);
        }
        return Optional.empty();
    }

    private void readViews(Connection connection, String database, List<PostgresqlProfile> here) throws SQLException {
        ViewQuery found = ViewQuery.run(connection, database);
        views.putAll(found.views());
        viewSchemas.addAll(found.schemas());
        objects.putAll(found.facts());
        filtered.putAll(TableQuery.run(
                connection,
                database,
                here.stream().filter(PostgresqlProfile::isFiltered).toList()));
    }

    private static boolean ownsViews(RoleQuery.Row role) {
        return role.mark().filter(mark -> mark.use() == Mark.Use.VIEWS).isPresent();
    }

    private void refuse(String database, Set<Long> roles, Exception reason) {
        String why = String.valueOf(reason.getMessage());
        refused.put(database, why);
        roles.forEach(role -> holdings.add(role, new Dependency(Kind.UNREADABLE, why, Optional.of(database))));
    }

    private boolean inScope(RoleQuery.Row role) {
        return role.mark().filter(this::inScope).isPresent();
    }

    private boolean inScope(Mark mark) {
        boolean named = scope.covers(mark.port().uid());
        if (mark.owner().equals(owner)) {
            return named;
        }
        return mark.owner().platform().equals(owner.platform())
                && takeOver.contains(mark.owner().installation())
                && (named || inheritance.isWanted(mark.port()));
    }

    private PostgresqlObserved assemble(Shared shared, Optional<PlatformUnavailableException> lost) {
        Map<Long, List<Membership>> members = shared.memberships().stream()
                .collect(Collectors.groupingBy(
                        MembershipQuery.Row::roleOid,
                        Collectors.mapping(MembershipQuery.Row::membership, Collectors.toList())));
        Set<Long> ours = shared.ours().stream().map(RoleQuery.Row::oid).collect(Collectors.toSet());
        // where one role of ours is a member of another, the row is the other's
        Map<Long, List<Membership>> memberOf = shared.memberships().stream()
                .filter(row -> !ours.contains(row.roleOid()))
                .collect(Collectors.groupingBy(
                        MembershipQuery.Row::memberOid,
                        Collectors.mapping(MembershipQuery.Row::membership, Collectors.toList())));
        OperatorRole operator = shared.operator().role();
        Map<Boolean, List<ObservedRole>> byUse = shared.ours().stream()
                .flatMap(role -> role.mark().stream()
                        .map(mark -> new ObservedRole(
                                role.oid(),
                                role.name(),
                                mark,
                                role.attributes(),
                                role.administered(),
                                members.getOrDefault(role.oid(), List.of()),
                                memberOf.getOrDefault(role.oid(), List.of()),
                                holdings.privileges(role.oid()),
                                withoutViews(role, mark, holdings.dependencies(role.oid())))))
                .collect(Collectors.partitioningBy(role -> role.mark().use() == Mark.Use.VIEWS));
        return new PostgresqlObserved(
                owner,
                operator,
                byUse.getOrDefault(false, List.of()),
                shared.all().stream()
                        .filter(role -> !ours.contains(role.oid()))
                        .collect(Collectors.toMap(
                                RoleQuery.Row::name,
                                role -> new OccupiedName(
                                        role.name(), role.comment(), role.createdByUs(), role.grantedByUs()))),
                shared.principals().stream().collect(Collectors.toMap(ObservedPrincipal::name, found -> found)),
                objects,
                shared.sessions(),
                refused,
                new ViewState(
                        views,
                        filtered,
                        viewSchemas,
                        byUse.getOrDefault(true, List.of()),
                        shared.ours().stream()
                                .filter(RoleQuery.Row::usable)
                                .map(RoleQuery.Row::name)
                                .collect(Collectors.toSet())),
                lost);
    }

    /** That it owns views is what it is there for. */
    private List<Dependency> withoutViews(RoleQuery.Row role, Mark mark, List<Dependency> dependencies) {
        if (mark.use() != Mark.Use.VIEWS) {
            return dependencies;
        }
        Set<String> owned = views.values().stream()
                .filter(view -> view.owner().equals(role.name()))
                .map(view -> " " + view.name().schema() + "." + view.name().name())
                .collect(Collectors.toSet());
        return dependencies.stream()
                .filter(dependency -> dependency.kind() != Kind.OWNS
                        || owned.stream().noneMatch(name -> dependency.object().endsWith(name)))
                .toList();
    }

    private static List<String> oids(List<RoleQuery.Row> roles) {
        return roles.stream().map(role -> String.valueOf(role.oid())).toList();
    }
}
