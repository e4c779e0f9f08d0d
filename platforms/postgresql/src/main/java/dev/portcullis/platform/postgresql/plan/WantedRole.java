package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleNames;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.view.Served;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One profile of one port, and who wants it.
 *
 * @param name what its role is called
 * @param mark how its role is marked
 * @param profile what its role has
 * @param members who wants it, by principal
 */
record WantedRole(String name, Mark mark, PostgresqlProfile profile, SortedMap<String, Entitlement> members) {
    /** All that its role has, and nothing else. */
    List<Privilege> privileges() {
        return Served.privileges(mark.owner(), mark.port(), profile);
    }

    /** What is wanted, by role name. */
    static SortedMap<String, WantedRole> of(Wanted wanted) {
        SortedMap<String, WantedRole> roles = new TreeMap<>();
        RoleNames names = new RoleNames(wanted.owner());
        for (Entitlement entitlement : wanted.entitlements()) {
            if (!(entitlement.profile() instanceof PostgresqlProfile profile)) {
                throw new IllegalArgumentException("not a profile of PostgreSQL: " + entitlement.profile());
            }
            String name = names.of(entitlement.port(), profile);
            roles.computeIfAbsent(
                            name,
                            key -> new WantedRole(
                                    key, Mark.of(wanted.owner(), entitlement.port()), profile, new TreeMap<>()))
                    .members()
                    .put(entitlement.principal().name(), entitlement);
        }
        return roles;
    }
}
