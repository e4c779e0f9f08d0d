package dev.portcullis.platform.postgresql.way;

import dev.portcullis.platform.postgresql.way.RoleGraph.Session;
import dev.portcullis.platform.postgresql.way.WayJudge.Use;
import dev.portcullis.platform.postgresql.way.WayJudge.Uses;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Finds all that logins can read in one database, whoever granted it, and as whomever they can act. */
public final class ReadFinder {
    private static final String READS_ALL = "pg_read_all_data";

    private final RoleGraph graph;
    private final Map<Long, List<Reader>> byRole;

    public ReadFinder(RoleGraph graph, Collection<Reader> readers) {
        this.graph = graph;
        this.byRole = readers.stream()
                .filter(reader -> reader.isPublic() || graph.knows(reader.role()))
                .collect(Collectors.groupingBy(Reader::role));
    }

    /** What has to be known of schemas before {@link #reads} can tell. */
    public Set<Use> questions(Collection<String> logins) {
        Set<Use> questions = new HashSet<>();
        for (String login : logins) {
            graph.named(login)
                    .ifPresent(node -> candidates(
                            node,
                            candidate -> {
                                String schema = candidate.reader().table().schema();
                                questions.add(new Use(candidate.session().role(), schema));
                                // it is the login itself that has to be let into the database
                                questions.add(new Use(node.oid(), schema));
                            },
                            role -> {}));
        }
        return questions;
    }

    public Reads reads(Collection<String> logins, Uses uses) {
        Set<Read> reads = new HashSet<>();
        Map<String, String> everything = new TreeMap<>();
        for (String login : logins) {
            graph.named(login)
                    .ifPresent(node -> candidates(
                            node,
                            candidate -> {
                                String schema = candidate.reader().table().schema();
                                if (uses.schemas()
                                                .contains(new Use(
                                                        candidate.session().role(), schema))
                                        && uses.database().contains(new Use(node.oid(), schema))) {
                                    reads.add(read(login, candidate.reader()));
                                }
                            },
                            role -> everything.putIfAbsent(login, role)));
        }
        return new Reads(reads, everything);
    }

    private record Candidate(Session session, Reader reader) {}

    private void candidates(RoleGraph.Node login, Consumer<Candidate> found, Consumer<String> readsAll) {
        for (Session session : graph.sessions(login.oid())) {
            Optional<String> all = readsAll(session);
            if (all.isPresent()) {
                readsAll.accept(all.get());
                continue;
            }
            Set<Long> has = new HashSet<>(graph.inherited(session.role()).keySet());
            has.add(session.role());
            has.add(Reader.PUBLIC);
            has.forEach(role -> byRole.getOrDefault(role, List.of())
                    .forEach(reader -> found.accept(new Candidate(session, reader))));
        }
    }

    private Optional<String> readsAll(Session session) {
        if (graph.node(session.role()).superuser()) {
            return Optional.of(graph.name(session.role()));
        }
        return graph.named(READS_ALL)
                .filter(role -> graph.has(session.role(), role.oid()))
                .map(RoleGraph.Node::name);
    }

    private Read read(String login, Reader reader) {
        if (reader.isPublic()) {
            return new Read(login, reader.table(), reader.column(), Read.By.EVERYBODY, "PUBLIC");
        }
        return new Read(
                login,
                reader.table(),
                reader.column(),
                reader.owns() ? Read.By.OWNERSHIP : Read.By.GRANT,
                graph.name(reader.role()));
    }
}
