package dev.portcullis.platform.postgresql.state;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleNames;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server holds in a scope.
 *
 * @param owner whose grants were looked at
 * @param operator who the operator is there
 * @param roles those with the owner's mark in the scope
 * @param occupied other roles that have our mark, our kind of name, or members by a grant of ours, by name
 * @param principals wanted principals that exist, by name
 * @param objects wanted objects that exist: databases, schemas, tables, and columns one by one
 * @param sessions names of those who are connected to the server
 * @param refusedDatabases why no connection could be made to a database, by its name
 * @param views what serves row filters
 * @param outage a database that was lost while it was read; it and those after it count as refused
 */
public record PostgresqlObserved(
        Owner owner,
        OperatorRole operator,
        List<ObservedRole> roles,
        Map<String, OccupiedName> occupied,
        Map<String, ObservedPrincipal> principals,
        Map<SqlObject, ObjectFacts> objects,
        Set<String> sessions,
        Map<String, String> refusedDatabases,
        ViewState views,
        Optional<PlatformUnavailableException> outage)
        implements Observed {
    /** Where nothing of row filters was looked for. */
    public PostgresqlObserved(
            Owner owner,
            OperatorRole operator,
            List<ObservedRole> roles,
            Map<String, OccupiedName> occupied,
            Map<String, ObservedPrincipal> principals,
            Map<SqlObject, ObjectFacts> objects,
            Set<String> sessions,
            Map<String, String> refusedDatabases,
            Optional<PlatformUnavailableException> outage) {
        this(owner, operator, roles, occupied, principals, objects, sessions, refusedDatabases, ViewState.NONE, outage);
    }

    public PostgresqlObserved {
        roles = List.copyOf(roles);
        occupied = Map.copyOf(occupied);
        principals = Map.copyOf(principals);
        objects = Map.copyOf(objects);
        sessions = Set.copyOf(sessions);
        refusedDatabases = Map.copyOf(refusedDatabases);
    }

    /** What is known of an object; empty: it does not exist, or its database could not be read. */
    public Optional<ObjectFacts> facts(SqlObject object) {
        return Optional.ofNullable(objects.get(object));
    }

    @Override
    public Map<String, Integer> entitlementsByPort() {
        return roles.stream()
                .filter(role -> !role.mark().retired())
                .collect(Collectors.toUnmodifiableMap(role -> role.mark().port().uid(), this::count, Integer::sum));
    }

    /** Its members by our grant: one may be a member by several. */
    private int count(ObservedRole role) {
        return (int) role.members().stream()
                .filter(member -> member.inherit() && operator.gave(member))
                .map(Membership::member)
                .distinct()
                .count();
    }

    @Override
    public Set<Entitlement> held(Set<Entitlement> asked) {
        HeldEntitlements held = new HeldEntitlements(this);
        return asked.stream().filter(held::have).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<String, Set<Principal>> holders() {
        return roles.stream()
                .filter(role -> role.gives() && !role.members().isEmpty())
                .collect(Collectors.groupingBy(
                        role -> role.mark().port().uid(),
                        Collectors.flatMapping(
                                role -> role.members().stream().map(member -> new Principal(member.member())),
                                Collectors.toUnmodifiableSet())));
    }

    @Override
    public Set<Holding> besides(Set<Entitlement> wanted) {
        RoleNames names = new RoleNames(owner);
        Set<Seat> allowed = wanted.stream()
                .map(entitlement -> new Seat(
                        names.of(entitlement.port(), entitlement.profile()),
                        entitlement.principal().name()))
                .collect(Collectors.toSet());
        Inheritance inheritance = new Inheritance(owner, wanted);
        return roles.stream()
                .filter(ObservedRole::gives)
                .map(role -> Inheritance.as(role, inheritance.nameAsOurs(role), inheritance.asOurs(role.mark())))
                .flatMap(role -> role.members().stream()
                        .filter(member ->
                                role.mark().retired() || !allowed.contains(new Seat(role.name(), member.member())))
                        .map(member -> holding(role, member)))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<Owner, Integer> others() {
        return count(occupied.values().stream()
                .flatMap(name -> name.comment().flatMap(Mark::parse).stream())
                .map(Mark::owner));
    }

    @Override
    public Map<Owner, Integer> takenOver() {
        return count(roles.stream().map(role -> role.mark().owner()));
    }

    private Map<Owner, Integer> count(Stream<Owner> owners) {
        return owners.filter(one -> !one.equals(owner))
                .collect(Collectors.toUnmodifiableMap(one -> one, one -> 1, Integer::sum));
    }

    private record Seat(String role, String member) {}

    private Holding holding(ObservedRole role, Membership member) {
        return new Holding(
                role.mark().port(),
                role.name(),
                new Principal(member.member()),
                operator.gave(member) && member.inherit());
    }
}
