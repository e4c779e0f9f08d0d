package dev.portcullis.platform.postgresql.sql;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One privilege on one object.
 *
 * @param type as SQL calls it: SELECT, USAGE, CONNECT, ...
 * @param object what it is on
 */
public record Privilege(String type, SqlObject object) {
    /** The statement that gives it to a role. */
    public String grantTo(String role) {
        return "GRANT " + type + object.columnList() + " ON " + object.target() + " TO " + quote(role);
    }

    /** The statement that takes it, and what was passed on from it, from a role: only what the executing role granted. */
    public String revokeFrom(String role) {
        return "REVOKE " + type + object.columnList() + " ON " + object.target() + " FROM " + quote(role) + " CASCADE";
    }

    /** For people. */
    public String describe() {
        return type + " on " + object.describe();
    }

    /** The same privileges with columns of one table put together, since a statement can name many. Keeps the order otherwise. */
    public static List<Privilege> merged(Collection<Privilege> privileges) {
        record Key(String type, SqlObject.Table table) {}
        Map<Key, SortedSet<String>> columns = new LinkedHashMap<>();
        List<Privilege> merged = new ArrayList<>();
        for (Privilege privilege : privileges) {
            if (privilege.object instanceof SqlObject.Columns some) {
                columns.computeIfAbsent(new Key(privilege.type, some.table()), key -> new TreeSet<>())
                        .addAll(some.names());
            } else {
                merged.add(privilege);
            }
        }
        columns.forEach((key, names) -> merged.add(new Privilege(key.type, new SqlObject.Columns(key.table, names))));
        return merged;
    }
}
