package dev.portcullis.platform.postgresql.way;

import dev.portcullis.platform.Way;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.way.RoleGraph.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the ways by which logins can read the tables of one database. */
public final class WayJudge {
    /** May read every table and use every schema, since 14. */
    private static final String READS_ALL = "pg_read_all_data";

    static final String OWNER_OF_DATABASE = "pg_database_owner";

    private final RoleGraph graph;
    private final Readers readers;

    /** A question about a role and a schema. */
    public record Use(long role, String schema) {}

    /**
     * What the server answers.
     *
     * @param schemas where the role may use the schema
     * @param database where the role may connect to the database
     */
    public record Uses(Set<Use> schemas, Set<Use> database) {}

    public WayJudge(RoleGraph graph, Collection<Reader> readers) {
        this.graph = graph;
        this.readers = new Readers(readers, graph);
    }

    /** The implicit member of pg_database_owner, which no catalogue lists as one. */
    public static Optional<Edge> ownership(RoleGraph graph, String owner) {
        return graph.named(owner)
                .flatMap(node -> graph.named(OWNER_OF_DATABASE)
                        .map(role -> new Edge(node.oid(), role.oid(), Optional.empty(), true, false, false)));
    }

    /** What has to be known of schemas before {@link #ways} can tell. */
    public Set<Use> questions(String login, PostgresqlProfile profile, boolean agreed) {
        Optional<RoleGraph.Node> node = graph.named(login);
        Set<Use> questions = new HashSet<>();
        if (node.isEmpty()) {
            return questions;
        }
        List<Session> sessions = graph.sessions(node.get().oid());
        if (readers.of(profile).isEmpty() && sessions.stream().noneMatch(this::readsAll)) {
            return questions;
        }
        for (Session session : sessions) {
            if (!agreed || profile.isFiltered() || session.role() != node.get().oid()) {
                questions.add(new Use(session.role(), profile.schema()));
            }
        }
        return questions;
    }

    /**
     * All ways of a login to a profile's tables, in order.
     *
     * @param agreed whether a grant of ours lets the login itself connect and use the schema
     */
    public List<Way> ways(String login, PostgresqlProfile profile, boolean agreed, Uses uses) {
        Optional<RoleGraph.Node> node = graph.named(login);
        if (node.isEmpty()) {
            return List.of();
        }
        long itself = node.get().oid();
        List<Session> sessions = graph.sessions(itself);
        List<Reader> all = readers.of(profile);
        if (all.isEmpty() && sessions.size() == 1 && !readsAll(sessions.get(0))) {
            return List.of();
        }
        if (!agreed && !uses.database().contains(new Use(itself, profile.schema()))) {
            // it is the login itself that has to be let in, whatever it becomes then
            return List.of();
        }
        TreeSet<Way> ways = new TreeSet<>();
        Set<Reader> seen = new HashSet<>();
        WayWords words = new WayWords(graph, node.get(), profile);
        for (Session session : sessions) {
            Optional<Way> everything = everything(session, words);
            if (everything.isPresent()) {
                ways.add(everything.get());
                continue;
            }
            // a view needs no use of the schema that the table is in
            boolean mine = agreed && !profile.isFiltered() && session.role() == itself;
            if (mine || uses.schemas().contains(new Use(session.role(), profile.schema()))) {
                List<Reader> by = new ArrayList<>();
                for (Reader reader : all) {
                    if ((reader.isPublic() || graph.has(session.role(), reader.role())) && seen.add(reader)) {
                        by.add(reader);
                    }
                }
                ways.addAll(words.ways(session, by));
            }
        }
        return List.copyOf(ways);
    }

    private boolean readsAll(Session session) {
        return graph.node(session.role()).superuser()
                || graph.named(READS_ALL)
                        .filter(role -> graph.has(session.role(), role.oid()))
                        .isPresent();
    }

    private Optional<Way> everything(Session session, WayWords words) {
        if (graph.node(session.role()).superuser()) {
            return Optional.of(words.superuser(session));
        }
        return graph.named(READS_ALL)
                .filter(role -> graph.has(session.role(), role.oid()))
                .map(role -> words.readsAll(session, role.oid()));
    }
}
