package dev.portcullis.platform.postgresql.state;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How roles of installations that are taken over are read as ours. A cluster that was built anew has other UIDs, so a port is the same by its namespace and
 * name. Roles of our own mark are what they are.
 */
public final class Inheritance {
    private final Owner owner;
    private final Map<Name, PortId> ports = new HashMap<>();
    private final Map<Name, Set<Profile>> profiles = new HashMap<>();

    /** By what a port is the same in a cluster that was built anew. */
    record Name(String namespace, String name) {
        static Name of(PortId port) {
            return new Name(port.namespace(), port.name());
        }
    }

    /**
     * @param owner us
     * @param wanted names the ports as they are now
     */
    public Inheritance(Owner owner, Collection<Entitlement> wanted) {
        this.owner = owner;
        wanted.forEach(entitlement -> {
            Name name = Name.of(entitlement.port());
            ports.putIfAbsent(name, entitlement.port());
            profiles.computeIfAbsent(name, key -> new HashSet<>()).add(entitlement.profile());
        });
    }

    /** Whether a port of this name is wanted now. */
    public boolean isWanted(PortId port) {
        return ports.containsKey(Name.of(port));
    }

    /** The mark as ours, with the port that has its name now. */
    public Mark asOurs(Mark mark) {
        return mark.owner().equals(owner)
                ? mark
                : new Mark(
                        owner,
                        Optional.ofNullable(ports.get(Name.of(mark.port()))).orElse(mark.port()),
                        mark.use());
    }

    /** What the role is called, or is to be called where it is made ours: the name under which it is spoken of before and after. */
    public String nameAsOurs(ObservedRole role) {
        if (role.mark().owner().equals(owner)) {
            return role.name();
        }
        PortId port = asOurs(role.mark()).port();
        return profiles.getOrDefault(Name.of(port), Set.of()).stream()
                .filter(profile -> isHeirloom(role, port, profile))
                .map(profile -> RoleName.of(owner, port, profile))
                .findFirst()
                .orElse(role.name());
    }

    /** The same role by the name and with the mark it is to have. */
    public static ObservedRole as(ObservedRole role, String name, Mark mark) {
        return new ObservedRole(
                role.oid(),
                name,
                mark,
                role.attributes(),
                role.administered(),
                role.members(),
                role.memberOf(),
                role.privileges(),
                role.dependencies());
    }

    /** Whether another installation made the role for exactly this profile of this port, and it can be made ours. Views are made anew, and roles that read them. */
    public boolean isHeirloom(ObservedRole role, PortId port, Profile profile) {
        Mark mark = role.mark();
        return !mark.owner().equals(owner)
                && !mark.retired()
                && !(profile instanceof PostgresqlProfile tables && tables.isFiltered())
                && role.administered()
                && Name.of(mark.port()).equals(Name.of(port))
                && role.name().equals(RoleName.of(mark.owner(), mark.port(), profile));
    }
}
