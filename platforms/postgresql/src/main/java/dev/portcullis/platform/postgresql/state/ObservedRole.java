package dev.portcullis.platform.postgresql.state;

import dev.portcullis.platform.postgresql.role.Mark;
import java.util.List;

/**
 * A role with our mark, and all that hangs on it.
 *
 * @param oid its number
 * @param name what it is called now: somebody may have renamed it
 * @param mark its comment
 * @param attributes what it may beyond its grants
 * @param administered whether the operator may alter, drop and grant it
 * @param members who has it, without the operator's own row, which creating it gave
 * @param memberOf what it has: never anything, if only we had our hands on it
 * @param privileges on all objects of all databases that could be read
 * @param dependencies what else hangs on it
 */
public record ObservedRole(
        long oid,
        String name,
        Mark mark,
        Attributes attributes,
        boolean administered,
        List<Membership> members,
        List<Membership> memberOf,
        List<HeldPrivilege> privileges,
        List<Dependency> dependencies) {
    public ObservedRole {
        members = List.copyOf(members);
        memberOf = List.copyOf(memberOf);
        privileges = List.copyOf(privileges);
        dependencies = List.copyOf(dependencies);
    }

    /** Whether nobody but us, and superusers, can make anybody a member of it: to another one nothing more is given. */
    public boolean isOursAlone() {
        return administered && members.stream().noneMatch(Membership::admin);
    }

    /** Whether its members have anything by it: one that was emptied gives nothing, whoever is still in it. */
    public boolean gives() {
        return !privileges.isEmpty() || !memberOf.isEmpty() || !dependencies.isEmpty();
    }
}
