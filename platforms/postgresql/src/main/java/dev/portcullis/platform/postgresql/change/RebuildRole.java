package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.view.Served;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a new role in the place of one that others have granted on: what they gave cannot be revoked by us, but a role of ours can be emptied and renamed.
 * In one transaction, so that wanted members never lose anything. The old one is not dropped here: whoever holds a lock on it, by a grant that is not
 * committed, would keep the whole of it from happening.
 *
 * @param role the name, before and after
 * @param mark the mark of the new one
 * @param in the database its objects are in
 * @param revoked what the old role loses: all that we gave it
 * @param members the memberships of ours that the old role loses; those by others stay with it, and give nothing any more
 * @param retiredName what the old role is called from now on
 * @param granted what the new role gets
 * @param added the new role's members
 * @param views as whom it is done to views that the role reads; empty: it reads none
 */
public record RebuildRole(
        String role,
        Mark mark,
        String in,
        List<Privilege> revoked,
        List<Ended> members,
        String retiredName,
        List<Privilege> granted,
        List<String> added,
        Optional<Acting> views,
        Dialect dialect)
        implements PostgresqlChange {
    /** A membership of the old role that ends. */
    public record Ended(String member, String grantor) {}

    public RebuildRole {
        revoked = List.copyOf(revoked);
        members = List.copyOf(members);
        granted = List.copyOf(granted);
        added = List.copyOf(added);
    }

    @Override
    public Effect effect() {
        return Effect.REVOKE;
    }

    @Override
    public boolean prerequisite() {
        return true;
    }

    @Override
    public Optional<String> database() {
        return Optional.of(in);
    }

    @Override
    public List<String> statements() {
        List<String> statements = new ArrayList<>();
        revoked.forEach(privilege -> statements.addAll(as(privilege, privilege.revokeFrom(role))));
        ended().forEach((grantor, ended) -> statements.add(dialect.end(List.of(role), ended, grantor)));
        statements.add("ALTER ROLE " + quote(role) + " RENAME TO " + quote(retiredName));
        statements.add(PostgresqlChange.comment(retiredName, mark.asRetired()));
        statements.addAll(PostgresqlChange.creation(role, mark));
        granted.forEach(privilege -> statements.addAll(as(privilege, privilege.grantTo(role))));
        if (!added.isEmpty()) {
            // one for all: a role may have thousands, and the server takes nearly as long for one
            statements.add(dialect.membership(List.of(role), added));
        }
        return statements;
    }

    private Map<String, List<String>> ended() {
        return members.stream()
                .collect(groupingBy(Ended::grantor, LinkedHashMap::new, mapping(Ended::member, toList())));
    }

    private List<String> as(Privilege privilege, String statement) {
        return Acting.statements(views.filter(owner -> Served.isAboutView(privilege.object())), List.of(statement));
    }
}
