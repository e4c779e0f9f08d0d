package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.state.Dependency;
import dev.portcullis.platform.postgresql.state.HeldPrivilege;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What roles were found to hold, by their OIDs; filled database by database. */
final class Holdings {
    private final Map<Long, List<HeldPrivilege>> privileges = new HashMap<>();
    private final Map<Long, List<Dependency>> dependencies = new HashMap<>();

    void add(long role, HeldPrivilege privilege) {
        privileges.computeIfAbsent(role, key -> new ArrayList<>()).add(privilege);
    }

    void add(long role, Dependency dependency) {
        dependencies.computeIfAbsent(role, key -> new ArrayList<>()).add(dependency);
    }

    List<HeldPrivilege> privileges(long role) {
        return privileges.getOrDefault(role, List.of());
    }

    List<Dependency> dependencies(long role) {
        return dependencies.getOrDefault(role, List.of());
    }
}
