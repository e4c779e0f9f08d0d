package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Way;
import dev.portcullis.platform.postgresql.plan.PrincipalJudge;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.ObjectFacts;
import dev.portcullis.platform.postgresql.way.RoleGraph;
import dev.portcullis.platform.postgresql.way.WayJudge;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One search for other ways: four queries for what all databases share, three in each database. It is given up after some seconds: nobody's grants and revokes
 * shall wait because somebody made a great many roles.
 */
final class WaySearch {
    private static final String PATIENCE = "SET LOCAL statement_timeout = '5s'";

    private final Transactions transactions;
    private final Owner owner;
    private final Set<Entitlement> agreed;
    private final Map<Entitlement, List<Way>> found = new HashMap<>();

    WaySearch(Transactions transactions, Owner owner, Set<Entitlement> agreed) {
        this.transactions = transactions;
        this.owner = owner;
        this.agreed = agreed;
    }

    /** What all databases share. */
    private record Shared(List<Long> ours, Optional<RoleGraph> graph, Map<SqlObject, ObjectFacts> databases) {}

    Map<Entitlement, List<Way>> run(Set<Entitlement> ended) throws PlatformUnavailableException {
        Map<String, List<Entitlement>> byDatabase = Stream.concat(agreed.stream(), ended.stream())
                .distinct()
                .filter(entitlement -> entitlement.profile() instanceof PostgresqlProfile)
                .collect(Collectors.groupingBy(
                        entitlement -> profile(entitlement).database(), TreeMap::new, Collectors.toList()));
        if (byDatabase.isEmpty()) {
            return found;
        }
        Shared shared = shared(byDatabase);
        if (shared.graph().isPresent()) {
            for (Map.Entry<String, List<Entitlement>> database : byDatabase.entrySet()) {
                if (shared.databases().containsKey(new SqlObject.Database(database.getKey()))) {
                    search(
                            database.getKey(),
                            database.getValue(),
                            shared,
                            shared.graph().get());
                }
            }
        }
        return found;
    }

    private Shared shared(Map<String, List<Entitlement>> byDatabase) throws PlatformUnavailableException {
        // a name that is too long would be cut to another's
        Set<String> logins = byDatabase.values().stream()
                .flatMap(Collection::stream)
                .map(entitlement -> entitlement.principal().name())
                .filter(name -> PrincipalJudge.impossible(name).isEmpty())
                .collect(Collectors.toSet());
        try {
            return transactions.read(transactions.first(), connection -> {
                limit(connection);
                List<Long> ours = GraphQuery.explained(connection, owner.installation());
                return new Shared(
                        ours,
                        GraphQuery.run(connection, ours, Spelling.possible(connection, logins)),
                        DatabaseQuery.wanted(connection, byDatabase.keySet()));
            });
        } catch (DatabaseRefusedException e) {
            throw transactions.failures().refusedFirst(e);
        }
    }

    private void search(String database, List<Entitlement> entitlements, Shared shared, RoleGraph graph)
            throws PlatformUnavailableException {
        Set<PostgresqlProfile> profiles =
                entitlements.stream().map(WaySearch::profile).collect(Collectors.toSet());
        try {
            found.putAll(transactions.read(database, connection -> {
                limit(connection);
                Map<Long, SqlObject.Table> tables = new HashMap<>();
                ObjectQuery.run(connection, database, profiles).forEach((object, facts) -> {
                    if (object instanceof SqlObject.Table table) {
                        tables.put(facts.number(), table);
                    }
                });
                WayJudge judge = new WayJudge(
                        Optional.ofNullable(shared.databases().get(new SqlObject.Database(database)))
                                .flatMap(facts -> WayJudge.ownership(graph, facts.owner()))
                                .map(graph::with)
                                .orElse(graph),
                        ReaderQuery.readers(connection, tables, shared.ours()));
                return judge(connection, judge, entitlements);
            }));
        } catch (DatabaseRefusedException e) {
            // what cannot be looked at has no answer
            return;
        }
    }

    private Map<Entitlement, List<Way>> judge(
            Connection connection, WayJudge judge, Collection<Entitlement> entitlements) throws SQLException {
        Set<WayJudge.Use> questions = new HashSet<>();
        for (Entitlement entitlement : entitlements) {
            questions.addAll(judge.questions(
                    entitlement.principal().name(), profile(entitlement), agreed.contains(entitlement)));
        }
        WayJudge.Uses uses = ReaderQuery.uses(connection, questions);
        Map<Entitlement, List<Way>> ways = new HashMap<>();
        for (Entitlement entitlement : entitlements) {
            ways.put(
                    entitlement,
                    judge.ways(
                            entitlement.principal().name(), profile(entitlement), agreed.contains(entitlement), uses));
        }
        return ways;
    }

    private static void limit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(PATIENCE);
        }
    }

    private static PostgresqlProfile profile(Entitlement entitlement) {
        return (PostgresqlProfile) entitlement.profile();
    }
}
