package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Selection;
import dev.portcullis.platform.postgresql.plan.ExposureJudge;
import dev.portcullis.platform.postgresql.plan.FilterJudge;
import dev.portcullis.platform.postgresql.plan.ObjectJudge;
import dev.portcullis.platform.postgresql.plan.ReadJudge;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Beneath;
import dev.portcullis.platform.postgresql.state.Exposed;
import dev.portcullis.platform.postgresql.state.ObjectFacts;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.state.ViewState;
import dev.portcullis.platform.postgresql.view.TableFacts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look at the objects that ports offer, without the roles: one query for the databases, and as many in each of them whatever is there. Owners decide how much
 * is around their objects, and revokes wait for the look: so looking around is given up after some seconds, and concerns nothing else.
 */
final class Look {
    private static final Logger LOG = LoggerFactory.getLogger(Look.class);
    private static final String PATIENCE = "SET LOCAL statement_timeout = '2s'";

    private final Transactions transactions;
    private final Owner owner;
    private final Map<SqlObject, ObjectFacts> objects = new HashMap<>();
    private final Map<String, String> refused = new TreeMap<>();
    private final Map<SqlObject.Table, Set<String>> columns = new HashMap<>();
    private final Map<SqlObject.Table, List<Beneath>> beneath = new HashMap<>();
    private final Map<SqlObject.Schema, Exposed> exposed = new HashMap<>();
    private final Map<SqlObject.Table, TableFacts> filtered = new HashMap<>();
    private final Set<SqlObject.Schema> viewSchemas = new HashSet<>();
    private final Pauses pauses;

    /** Databases where it was not found out what is around. */
    private final Set<String> unknown = new TreeSet<>();

    /** @param pauses for which databases to leave out what is around, since it took too long */
    Look(Transactions transactions, Owner owner, Pauses pauses) {
        this.transactions = transactions;
        this.owner = owner;
        this.pauses = pauses;
    }

    Map<Profile, ObjectsFound> at(Set<Profile> profiles) throws PlatformUnavailableException {
        Set<PostgresqlProfile> all = profiles.stream()
                .filter(PostgresqlProfile.class::isInstance)
                .map(PostgresqlProfile.class::cast)
                .collect(Collectors.toSet());
        Map<String, List<PostgresqlProfile>> byDatabase = all.stream()
                .collect(Collectors.groupingBy(PostgresqlProfile::database, TreeMap::new, Collectors.toList()));
        OperatorQuery.Facts operator = readFirst(byDatabase.keySet());
        for (Map.Entry<String, List<PostgresqlProfile>> database : byDatabase.entrySet()) {
            if (objects.containsKey(new SqlObject.Database(database.getKey()))) {
                read(database.getKey(), database.getValue());
            }
        }
        PostgresqlObserved seen = new PostgresqlObserved(
                owner,
                operator.role(),
                List.of(),
                Map.of(),
                Map.of(),
                objects,
                Set.of(),
                refused,
                new ViewState(Map.of(), filtered, viewSchemas, List.of(), Set.of()),
                Optional.empty());
        ObjectJudge judge = new ObjectJudge(seen);
        FilterJudge filters = new FilterJudge(seen);
        ReadJudge reading = new ReadJudge(beneath);
        ExposureJudge exposure = new ExposureJudge(exposed);
        return all.stream().collect(Collectors.toMap(profile -> profile, profile -> {
            String identity = identity(profile);
            Optional<ObjectsFound.Fault> fault = judge.fault(profile);
            return unknown.contains(profile.database())
                    ? new ObjectsFound(identity, fault, List.of(), Map.of(), false)
                    : new ObjectsFound(
                            identity,
                            fault,
                            Stream.of(reading.notice(profile), exposure.notice(profile), filters.notice(profile))
                                    .flatMap(Optional::stream)
                                    .toList(),
                            whole(profile));
        }));
    }

    private OperatorQuery.Facts readFirst(Set<String> databases) throws PlatformUnavailableException {
        try {
            return transactions.read(transactions.first(), connection -> {
                objects.putAll(DatabaseQuery.wanted(connection, databases));
                return OperatorQuery.run(connection);
            });
        } catch (DatabaseRefusedException e) {
            throw transactions.failures().refusedFirst(e);
        }
    }

    private void read(String database, List<PostgresqlProfile> profiles) throws PlatformUnavailableException {
        try {
            transactions.read(database, connection -> {
                Map<SqlObject, ObjectFacts> found = ObjectQuery.run(connection, database, profiles);
                objects.putAll(found);
                lookAround(connection, database, found, profiles);
                return database;
            });
        } catch (DatabaseRefusedException e) {
            refused.put(database, String.valueOf(e.getMessage()));
        }
    }

    /** Last in its transaction, which a query that is given up ends. */
    private void lookAround(
            Connection connection, String database, Map<SqlObject, ObjectFacts> found, List<PostgresqlProfile> profiles)
            throws SQLException {
        if (!pauses.isOver(database)) {
            unknown.add(database);
            return;
        }
        long begun = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            statement.execute(PATIENCE);
            around(connection, database, found);
            aroundFilters(
                    connection,
                    database,
                    profiles.stream()
                            .filter(profile -> !profile.choices().isEmpty())
                            .toList());
        } catch (SQLException e) {
            if (transactions.failures().outage(e).isPresent()) {
                throw e;
            }
            LOG.warn(
                    "what is around the objects of database {} was not found out, and is asked again in some minutes: {}",
                    database,
                    Failures.sentence(e));
            unknown.add(database);
            pauses.begin(database);
            return;
        }
        if (System.nanoTime() - begun > Pauses.SLOW.toNanos()) {
            pauses.begin(database);
        }
    }

    private void around(Connection connection, String database, Map<SqlObject, ObjectFacts> found) throws SQLException {
        Map<Long, SqlObject.Table> tables = new HashMap<>();
        Set<String> schemas = new TreeSet<>();
        found.forEach((object, facts) -> {
            if (object instanceof SqlObject.Table table) {
                tables.put(facts.number(), table);
            } else if (object instanceof SqlObject.Schema schema) {
                schemas.add(schema.name());
            }
        });
        columns.putAll(ColumnQuery.run(connection, tables));
        beneath.putAll(BeneathQuery.run(connection, database, tables));
        exposed.putAll(ExposureQuery.run(connection, database, schemas));
    }

    private void aroundFilters(Connection connection, String database, List<PostgresqlProfile> profiles)
            throws SQLException {
        if (!profiles.isEmpty()) {
            filtered.putAll(TableQuery.run(connection, database, profiles));
            viewSchemas.addAll(ViewQuery.run(connection, database).schemas());
        }
    }

    /** The columns of those tables that are offered whole; of one that is not there, none. */
    private Map<String, Set<String>> whole(PostgresqlProfile profile) {
        Map<String, Set<String>> whole = new HashMap<>();
        profile.tables().forEach((name, selection) -> {
            if (selection instanceof Selection.Whole) {
                whole.put(
                        name,
                        columns.getOrDefault(
                                new SqlObject.Table(profile.database(), profile.schema(), name), Set.of()));
            }
        });
        return whole;
    }

    private String identity(PostgresqlProfile profile) {
        return profile.privileges().stream()
                .map(Privilege::object)
                .flatMap(object -> object instanceof SqlObject.Columns columns
                        ? List.of(columns.table(), object).stream()
                        : List.of(object).stream())
                .map(object -> objects.containsKey(object)
                        ? String.valueOf(objects.get(object).number())
                        : "-")
                .collect(Collectors.joining(" "));
    }
}
