package dev.portcullis.platform.postgresql.way;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who can act as whom. A login acts as itself and as every role it may become (SET ROLE), and each of these has the privileges of all that it inherits from. What
 * is only inherited cannot be become, and what can only be become is not inherited: so the two are walked apart.
 */
public final class RoleGraph {
    /** As how many roles one login is looked at: it may become thousands, and five of them fill the message. */
    private static final int MOST_SESSIONS = 100;

    private final Map<Long, Node> nodes;
    private final Map<String, Node> byName;
    private final Map<Long, List<Edge>> edges;
    private final Map<Long, Map<Long, Edge>> inherited = new HashMap<>();

    /** A role. */
    public record Node(long oid, String name, boolean superuser) {}

    /**
     * A role that somebody can act as.
     *
     * @param role its OID
     * @param path how it is become; empty: it is the login itself
     */
    public record Session(long role, List<Edge> path) {}

    public RoleGraph(Collection<Node> nodes, Collection<Edge> edges) {
        this.nodes = nodes.stream().collect(Collectors.toMap(Node::oid, node -> node));
        this.byName = nodes.stream().collect(Collectors.toMap(Node::name, node -> node));
        this.edges = edges.stream()
                .filter(edge -> edge.leadsAnywhere()
                        && this.nodes.containsKey(edge.member())
                        && this.nodes.containsKey(edge.role()))
                .collect(Collectors.groupingBy(Edge::member));
        // the same path for the same state, whatever the order of the rows
        this.edges
                .values()
                .forEach(list -> list.sort(Comparator.comparing((Edge edge) -> name(edge.role()))
                        .thenComparing(edge -> !edge.inherit())
                        .thenComparing(edge -> !edge.set())
                        .thenComparing(edge -> edge.grantor().orElse(""))));
    }

    /** The same graph with one more membership. */
    public RoleGraph with(Edge edge) {
        return new RoleGraph(
                nodes.values(),
                Stream.concat(edges.values().stream().flatMap(Collection::stream), Stream.of(edge))
                        .toList());
    }

    public Optional<Node> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    boolean knows(long oid) {
        return nodes.containsKey(oid);
    }

    Node node(long oid) {
        return Optional.ofNullable(nodes.get(oid)).orElseThrow();
    }

    String name(long oid) {
        return node(oid).name();
    }

    /** As whom a login can act: first as itself, then by the shortest paths. */
    List<Session> sessions(long login) {
        if (!edges.containsKey(login)) {
            return List.of(new Session(login, List.of()));
        }
        Map<Long, Session> found = new LinkedHashMap<>();
        found.put(login, new Session(login, List.of()));
        Deque<Session> open = new ArrayDeque<>(found.values());
        while (!open.isEmpty() && found.size() < MOST_SESSIONS) {
            Session session = open.remove();
            for (Edge edge : out(session.role())) {
                if (edge.set() || edge.admin()) {
                    visit(found, open, session, List.of(edge));
                }
            }
            // who inherits the ADMIN option may make itself a member
            for (long role : inherited(session.role()).keySet()) {
                for (Edge edge : out(role)) {
                    if (edge.admin()) {
                        List<Edge> path = new ArrayList<>(pathTo(session.role(), role));
                        path.add(edge);
                        visit(found, open, session, path);
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static void visit(Map<Long, Session> found, Deque<Session> open, Session from, List<Edge> further) {
        long role = further.get(further.size() - 1).role();
        if (found.size() < MOST_SESSIONS && !found.containsKey(role)) {
            List<Edge> path = new ArrayList<>(from.path());
            path.addAll(further);
            Session session = new Session(role, List.copyOf(path));
            found.put(role, session);
            open.add(session);
        }
    }

    /** Whether a role has another's privileges: it is the other, or inherits from it. */
    boolean has(long role, long other) {
        return role == other || inherited(role).containsKey(other);
    }

    /** How a role comes to another's privileges, which it has. */
    List<Edge> pathTo(long role, long other) {
        List<Edge> path = new ArrayList<>();
        Map<Long, Edge> reached = inherited(role);
        for (long at = other; at != role; ) {
            Edge edge = Optional.ofNullable(reached.get(at)).orElseThrow();
            path.add(edge);
            at = edge.member();
        }
        Collections.reverse(path);
        return path;
    }

    /** All that a role inherits from, each with the membership that led there. */
    Map<Long, Edge> inherited(long role) {
        if (!edges.containsKey(role)) {
            return Map.of();
        }
        return inherited.computeIfAbsent(role, this::walk);
    }

    private Map<Long, Edge> walk(long role) {
        Map<Long, Edge> reached = new LinkedHashMap<>();
        Deque<Long> open = new ArrayDeque<>(List.of(role));
        while (!open.isEmpty()) {
            for (Edge edge : out(open.remove())) {
                if (edge.inherit() && edge.role() != role && reached.putIfAbsent(edge.role(), edge) == null) {
                    open.add(edge.role());
                }
            }
        }
        return reached;
    }

    private List<Edge> out(long role) {
        return edges.getOrDefault(role, List.of());
    }
}
