package dev.portcullis.platform.postgresql.change;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import dev.portcullis.platform.postgresql.sql.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Changes that follow each other and can be asked for together, in fewer statements than one by one: memberships that are given, or those of one grantor that end. A GRANT
 * takes many roles and many members, and gives each of these each of those: so roles that get the same members share one.
 *
 * <p>It is all or nothing: where it fails, fewer have to be asked for, until it is known which it was.
 */
public record Bundle(List<PostgresqlChange> changes) {
    public Bundle {
        changes = List.copyOf(changes);
    }

    /** What is to become of a membership, as far as all of a bundle have it in common. */
    private sealed interface Kind {
        Dialect dialect();

        record Given(Dialect dialect) implements Kind {}

        record Ended(Dialect dialect, String grantor) implements Kind {}
    }

    /** All of these changes, in their order. What cannot be asked for with others is a bundle of its own. */
    public static List<Bundle> of(List<PostgresqlChange> changes) {
        List<Bundle> bundles = new ArrayList<>();
        List<PostgresqlChange> next = new ArrayList<>();
        for (PostgresqlChange change : changes) {
            if (!next.isEmpty() && (kind(change).isEmpty() || !kind(change).equals(kind(next.get(0))))) {
                bundles.add(new Bundle(next));
                next = new ArrayList<>();
            }
            next.add(change);
        }
        if (!next.isEmpty()) {
            bundles.add(new Bundle(next));
        }
        return bundles;
    }

    /** What does the same as all statements of its changes, one after the other. */
    public List<String> statements() {
        return kind(changes.get(0))
                .filter(kind -> changes.size() > 1)
                .map(this::together)
                .orElseGet(() -> changes.stream()
                        .flatMap(change -> change.statements().stream())
                        .toList());
    }

    private List<String> together(Kind kind) {
        Map<String, TreeSet<String>> membersByRole = changes.stream()
                .collect(groupingBy(
                        PostgresqlChange::role, TreeMap::new, mapping(Bundle::member, toCollection(TreeSet::new))));
        Map<List<String>, List<String>> rolesByMembers = membersByRole.entrySet().stream()
                .collect(groupingBy(
                        entry -> List.copyOf(entry.getValue()),
                        LinkedHashMap::new,
                        mapping(Map.Entry::getKey, toList())));
        return rolesByMembers.entrySet().stream()
                .map(entry -> statement(kind, entry.getValue(), entry.getKey()))
                .toList();
    }

    private static String statement(Kind kind, List<String> roles, List<String> members) {
        return kind instanceof Kind.Ended ended
                ? ended.dialect().end(roles, members, ended.grantor())
                : kind.dialect().membership(roles, members);
    }

    private static String member(PostgresqlChange change) {
        return change.principal().orElseThrow().name();
    }

    private static Optional<Kind> kind(PostgresqlChange change) {
        if (change instanceof GrantMembership given) {
            return Optional.of(new Kind.Given(given.dialect()));
        }
        // what is noted with the role is noted for each member alone
        return change instanceof RevokeMembership ended && ended.noted().isEmpty()
                ? Optional.of(new Kind.Ended(ended.dialect(), ended.grantor()))
                : Optional.empty();
    }
}
