package dev.portcullis.platform.postgresql.way;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.api.FirstFew;
import dev.portcullis.platform.Selection;
import dev.portcullis.platform.Way;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.way.RoleGraph.Node;
import dev.portcullis.platform.postgresql.way.RoleGraph.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ways in words: who by which roles, who granted what, and the statement that ends it. */
final class WayWords {
    private static final int LISTED = 5;

    /** Roles named one by one in a path; the ends matter most. */
    private static final int STEPS = 8;

    private final RoleGraph graph;
    private final Node login;
    private final PostgresqlProfile profile;

    WayWords(RoleGraph graph, Node login, PostgresqlProfile profile) {
        this.graph = graph;
        this.login = login;
        this.profile = profile;
    }

    private record Grant(long role, boolean owns, String grantor) {}

    /** One way for each role and grantor, whatever the number of tables. */
    List<Way> ways(Session session, Collection<Reader> readers) {
        Map<Grant, List<Reader>> byGrant = readers.stream()
                .collect(Collectors.groupingBy(reader ->
                        new Grant(reader.role(), reader.owns(), reader.grantor().orElse(""))));
        List<Way> ways = new ArrayList<>();
        byGrant.forEach((grant, list) -> ways.add(way(session, grant, list)));
        return ways;
    }

    private Way way(Session session, Grant grant, List<Reader> readers) {
        SortedMap<SqlObject.Table, SortedSet<String>> columns =
                new TreeMap<>(Comparator.comparing(SqlObject.Table::name));
        for (Reader reader : readers) {
            Set<String> names = columns.computeIfAbsent(reader.table(), key -> new TreeSet<>());
            reader.column().ifPresent(names::add);
        }
        // who has a table needs no columns of it
        readers.stream()
                .filter(reader -> reader.column().isEmpty())
                .forEach(reader -> columns.put(reader.table(), new TreeSet<>()));
        // by the agreement the login reads some rows, and no table
        boolean further = profile.isFiltered()
                || columns.entrySet().stream().anyMatch(table -> isFurther(table.getKey(), table.getValue()));
        List<Edge> path = grant.role() == Reader.PUBLIC ? session.path() : path(session, grant.role());
        String subject = grant.role() == Reader.PUBLIC ? "everybody (PUBLIC)" : chain(path);
        String has = grant.owns() ? " owns " : " has SELECT on ";
        String by = grant.owns() ? "" : " by a grant of " + quote(grant.grantor());
        String objects = list(columns.entrySet().stream()
                .map(table -> object(table.getKey(), table.getValue(), grant.owns()))
                .toList());
        return new Way(
                further,
                subject + has + objects + by + "; to end it, run as a superuser"
                        + (path.isEmpty() || grant.role() == Reader.PUBLIC
                                ? " in database " + quote(profile.database()) + ": " + end(grant, columns)
                                : ": " + leave(path.get(0))));
    }

    Way superuser(Session session) {
        boolean itself = session.path().isEmpty();
        return new Way(
                true,
                chain(session.path()) + " is a superuser, who may read everything; to end it, run as a superuser: "
                        + (itself
                                ? "ALTER ROLE " + quote(login.name()) + " NOSUPERUSER;"
                                : leave(session.path().get(0))));
    }

    Way readsAll(Session session, long role) {
        List<Edge> path = path(session, role);
        return new Way(
                true, chain(path) + " may read every table; to end it, run as a superuser: " + leave(path.get(0)));
    }

    private List<Edge> path(Session session, long role) {
        return Stream.concat(session.path().stream(), graph.pathTo(session.role(), role).stream())
                .toList();
    }

    /** "a" is a member of "b", which is a member of "c", which */
    private String chain(List<Edge> path) {
        StringBuilder chain = new StringBuilder(quote(login.name()));
        for (int i = 0; i < path.size(); i++) {
            if (path.size() > STEPS && i == STEPS - 1) {
                chain.append(", and so on over ")
                        .append(path.size() - STEPS)
                        .append(" more roles to ")
                        .append(quote(graph.name(path.get(path.size() - 1).role())));
                break;
            }
            chain.append(i == 0 ? " " : ", which ")
                    .append(step(path.get(i)))
                    .append(quote(graph.name(path.get(i).role())));
        }
        return path.isEmpty() ? chain.toString() : chain.append(", which").toString();
    }

    private static String step(Edge edge) {
        return edge.inherit() ? "is a member of " : edge.set() ? "may become " : "may make itself a member of ";
    }

    private String leave(Edge edge) {
        if (graph.name(edge.role()).equals(WayJudge.OWNER_OF_DATABASE)) {
            return "ALTER DATABASE " + quote(profile.database()) + " OWNER TO <its new owner>;";
        }
        return "REVOKE " + quote(graph.name(edge.role())) + " FROM " + quote(graph.name(edge.member()))
                + edge.grantor().map(grantor -> " GRANTED BY " + quote(grantor)).orElse("") + ";";
    }

    private static String end(Grant grant, SortedMap<SqlObject.Table, SortedSet<String>> tables, String from) {
        List<String> statements = tables.entrySet().stream()
                .map(table -> grant.owns()
                        ? "ALTER " + table.getKey().target() + " OWNER TO <its new owner>;"
                        : "REVOKE SELECT" + columnList(table.getValue()) + " ON "
                                + table.getKey().target() + " FROM " + from + " CASCADE;")
                .toList();
        String all = String.join(" ", statements.subList(0, Math.min(LISTED, statements.size())));
        return grant.owns() ? all : "SET ROLE " + quote(grant.grantor()) + "; " + all + " RESET ROLE;";
    }

    private String end(Grant grant, SortedMap<SqlObject.Table, SortedSet<String>> tables) {
        return end(grant, tables, grant.role() == Reader.PUBLIC ? "PUBLIC" : quote(graph.name(grant.role())));
    }

    private boolean isFurther(SqlObject.Table table, Collection<String> columns) {
        return profile.tables().get(table.name()) instanceof Selection.Some some
                && (columns.isEmpty() || !some.parts().containsAll(columns));
    }

    private String object(SqlObject.Table table, SortedSet<String> columns, boolean owns) {
        boolean narrowed = profile.tables().get(table.name()) instanceof Selection.Some;
        return columns.isEmpty()
                ? (narrowed && !owns ? "all columns of " : "") + table.target()
                : "columns" + columnList(columns) + " of " + table.target();
    }

    private static String columnList(SortedSet<String> columns) {
        return columns.isEmpty()
                ? ""
                : " (" + list(columns.stream().map(name -> quote(name)).toList()) + ")";
    }

    private static String list(Collection<String> things) {
        return FirstFew.of(LISTED, things);
    }
}
