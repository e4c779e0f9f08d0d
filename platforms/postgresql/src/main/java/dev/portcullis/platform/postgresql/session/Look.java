package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.postgresql.plan.ObjectJudge;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.ObjectFacts;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A look at the objects that ports offer, without the roles: one query for the databases, and one in each of them. */
final class Look {
    private final Transactions transactions;
    private final Owner owner;
    private final Map<SqlObject, ObjectFacts> objects = new HashMap<>();
    private final Map<String, String> refused = new TreeMap<>();

    Look(Transactions transactions, Owner owner) {
        this.transactions = transactions;
        this.owner = owner;
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
        ObjectJudge judge = new ObjectJudge(new PostgresqlObserved(
                owner, operator.role(), List.of(), Map.of(), Map.of(), objects, refused, Optional.empty()));
        return all.stream()
                .collect(Collectors.toMap(
                        profile -> profile, profile -> new ObjectsFound(identity(profile), judge.fault(profile))));
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
                objects.putAll(ObjectQuery.run(connection, database, profiles));
                return database;
            });
        } catch (DatabaseRefusedException e) {
            refused.put(database, String.valueOf(e.getMessage()));
        }
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
