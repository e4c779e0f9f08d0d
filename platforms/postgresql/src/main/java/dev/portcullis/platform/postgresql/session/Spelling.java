package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.sql.Identifier;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which names a database can have at all, by its encoding: no other may be bound to a query there, since one that has no equivalent fails the whole
 * query, with all other names in it.
 *
 * <p>The server is asked, and no table of Java's: the two differ in some thousand characters of EUC_JP, EUC_JIS_2004 and EUC_TW, and whoever is not found
 * loses access. Names in ASCII, the rule, cost no query, and all others one as long as they are possible.
 */
final class Spelling {
    /** A character may take more bytes than in UTF-8, and what is too long is cut to another's name. */
    private static final String SQL =
            "SELECT name FROM unnest(?::text[]) name WHERE octet_length(name) <= " + Identifier.MAX_BYTES;

    private final Connection connection;
    private final Set<String> possible = new HashSet<>();

    private Spelling(Connection connection) {
        this.connection = connection;
    }

    /** Those of the names that an object of the database which is connected to can have. */
    static Set<String> possible(Connection connection, Collection<String> names) throws SQLException {
        Spelling spelling = new Spelling(connection);
        spelling.possible.addAll(names);
        Set<String> doubtful = names.stream()
                .filter(name -> !StandardCharsets.US_ASCII.newEncoder().canEncode(name))
                .collect(Collectors.toSet());
        spelling.possible.removeAll(doubtful);
        spelling.ask(List.copyOf(doubtful));
        return spelling.possible;
    }

    private void ask(List<String> names) throws SQLException {
        if (names.isEmpty()) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            possible.addAll(Query.rows(connection, SQL, row -> row.getString("name"), names));
        } catch (SQLException e) {
            if (!Failures.isDataError(e)) {
                throw e;
            }
            connection.rollback(before);
            if (names.size() > 1) {
                ask(names.subList(0, names.size() / 2));
                ask(names.subList(names.size() / 2, names.size()));
            }
        }
    }
}
