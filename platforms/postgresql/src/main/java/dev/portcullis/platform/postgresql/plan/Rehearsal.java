package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Attributes;
import dev.portcullis.platform.postgresql.state.HeldPrivilege;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.ObjectFacts;
import dev.portcullis.platform.postgresql.state.ObservedPrincipal;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.OperatorRole;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.state.Reach;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A plan without a server: for one that holds exactly what it should, where all objects are there, may be passed on, and all principals are ordinary logins. What serves a
 * row filter is made of the columns that a table has there, so nothing of that is planned.
 */
public final class Rehearsal {
    private static final String UNLESS_SAID = "portcullis";

    private record Role(PortId port, PostgresqlProfile profile) {}

    private Rehearsal() {}

    public static Plan plan(DataPlatformSpec platform, Set<Entitlement> held, Wanted wanted) {
        Set<Entitlement> before = plain(held);
        Set<Entitlement> after = plain(wanted.entitlements());
        String operator = Optional.ofNullable(platform.postgresql())
                .map(server -> server.role())
                .orElse(UNLESS_SAID);
        return Planner.plan(
                new Wanted(
                        wanted.owner(),
                        wanted.scope(),
                        after,
                        Set.of(),
                        wanted.unmanaged(),
                        wanted.agreements(),
                        wanted.sessions()),
                observed(wanted.owner(), operator, before, after));
    }

    private static Set<Entitlement> plain(Set<Entitlement> entitlements) {
        return entitlements.stream()
                .filter(entitlement ->
                        entitlement.profile() instanceof PostgresqlProfile profile && !profile.isFiltered())
                .collect(Collectors.toSet());
    }

    private static PostgresqlObserved observed(
            Owner owner, String operator, Set<Entitlement> before, Set<Entitlement> after) {
        Set<Entitlement> all = new HashSet<>(before);
        all.addAll(after);
        return new PostgresqlObserved(
                owner,
                new OperatorRole(operator, operator, operator, Dialect.POSTGRESQL_16, true),
                roles(owner, operator, before),
                Map.of(),
                all.stream()
                        .map(Entitlement::principal)
                        .map(Principal::name)
                        .distinct()
                        .collect(Collectors.toMap(name -> name, Rehearsal::login)),
                objects(all),
                Set.of(),
                Map.of(),
                Optional.empty());
    }

    private static ObservedPrincipal login(String name) {
        return new ObservedPrincipal(name, new Attributes(true, false, false, false, false, false), false, true);
    }

    private static List<ObservedRole> roles(Owner owner, String operator, Collection<Entitlement> held) {
        Map<Role, Set<String>> members = held.stream()
                .collect(Collectors.groupingBy(
                        entitlement -> new Role(entitlement.port(), (PostgresqlProfile) entitlement.profile()),
                        Collectors.mapping(
                                entitlement -> entitlement.principal().name(), Collectors.toSet())));
        SortedMap<String, Map.Entry<Role, Set<String>>> byName = new TreeMap<>();
        members.entrySet()
                .forEach(one -> byName.put(
                        RoleName.of(owner, one.getKey().port(), one.getKey().profile()), one));
        List<ObservedRole> roles = new ArrayList<>();
        byName.forEach((name, one) -> roles.add(new ObservedRole(
                roles.size() + 1L,
                name,
                Mark.of(owner, one.getKey().port()),
                Attributes.NONE,
                true,
                one.getValue().stream()
                        .sorted()
                        .map(member -> new Membership(name, member, operator, Reach.OURS, false, true, false))
                        .toList(),
                List.of(),
                one.getKey().profile().privileges().stream()
                        .map(privilege -> new HeldPrivilege(privilege, operator, true, false))
                        .toList(),
                List.of())));
        return roles;
    }

    private static Map<SqlObject, ObjectFacts> objects(Collection<Entitlement> named) {
        Map<SqlObject, ObjectFacts> objects = new HashMap<>();
        named.stream()
                .map(entitlement -> (PostgresqlProfile) entitlement.profile())
                .distinct()
                .flatMap(profile -> profile.privileges().stream())
                .map(Privilege::object)
                .forEach(object -> {
                    objects.put(object, new ObjectFacts("owner", true));
                    if (object instanceof SqlObject.Columns columns) {
                        objects.put(columns.table(), new ObjectFacts("owner", true));
                    }
                });
        return objects;
    }
}
