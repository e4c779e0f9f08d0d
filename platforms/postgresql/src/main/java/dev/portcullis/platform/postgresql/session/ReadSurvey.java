package dev.portcullis.platform.postgresql.session;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.postgresql.plan.PrincipalJudge;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.ObservedPrincipal;
import dev.portcullis.platform.postgresql.view.Served;
import dev.portcullis.platform.postgresql.way.ReadFinder;
import dev.portcullis.platform.postgresql.way.Reader;
import dev.portcullis.platform.postgresql.way.Reads;
import dev.portcullis.platform.postgresql.way.RoleGraph;
import dev.portcullis.platform.postgresql.way.WayJudge;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads who can read what in the databases of a server that nobody has made agreements about yet. It looks into catalogues alone, which every login may, in transactions that
 * cannot write.
 */
public final class ReadSurvey implements AutoCloseable {
    private static final String LOGINS = "SELECT rolname FROM pg_roles WHERE rolcanlogin ORDER BY rolname";

    /** What people made; what came with an extension is not theirs to offer. */
    private static final String TABLES = """
            SELECT c.oid::bigint AS oid, n.nspname, c.relname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND NOT starts_with(n.nspname, 'pg_') AND n.nspname <> ALL (ARRAY['information_schema', ?::text])
              AND NOT EXISTS (SELECT FROM pg_depend d
                              WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            """;

    private static final String MARKED = """
            SELECT r.rolname FROM pg_shdescription d JOIN pg_roles r ON r.oid = d.objoid
            WHERE d.classoid = 'pg_authid'::regclass AND starts_with(d.description, ?)
            """;

    private final Transactions transactions;

    public ReadSurvey(PostgresqlServer server, Credentials credentials) {
        this.transactions = new Transactions(server, credentials);
    }

    /**
     * What is found in one database.
     *
     * @param unfit logins that no agreement can be for, and why
     * @param marked roles that say of themselves that they are Portcullis's
     */
    public record Found(Reads reads, Map<String, String> unfit, Set<String> marked) {}

    /** @param database by its name */
    public Found in(String database) throws PlatformUnavailableException {
        try {
            return transactions.read(database, connection -> look(connection, database));
        } catch (DatabaseRefusedException e) {
            throw new PlatformUnavailableException(
                    PlatformUnavailableException.Reason.ServerError,
                    "database " + database + " cannot be looked at: " + e.getMessage(),
                    e);
        }
    }

    private static Found look(Connection connection, String database) throws SQLException {
        List<String> logins = Query.rows(connection, LOGINS, row -> row.getString("rolname"));
        RoleGraph roles = GraphQuery.run(connection, List.of(), logins)
                .orElseThrow(() -> new SQLException("the server has more memberships than anybody looks through"));
        RoleGraph graph = Optional.ofNullable(
                        DatabaseQuery.wanted(connection, List.of(database)).get(new SqlObject.Database(database)))
                .flatMap(facts -> WayJudge.ownership(roles, facts.owner()))
                .map(roles::with)
                .orElse(roles);
        Map<Long, SqlObject.Table> tables = new HashMap<>();
        Query.rows(
                connection,
                TABLES,
                row -> tables.put(
                        row.getLong("oid"),
                        new SqlObject.Table(database, row.getString("nspname"), row.getString("relname"))),
                Served.SCHEMA);
        List<Reader> readers = ReaderQuery.readers(connection, tables, List.of());
        ReadFinder finder = new ReadFinder(graph, readers);
        Reads reads = finder.reads(logins, ReaderQuery.uses(connection, finder.questions(logins)));
        return new Found(reads, unfit(connection, logins), marked(connection));
    }

    private static Map<String, String> unfit(Connection connection, List<String> logins) throws SQLException {
        Dialect dialect = OperatorQuery.run(connection).role().dialect();
        Map<String, String> unfit = new TreeMap<>();
        for (ObservedPrincipal principal : PrincipalQuery.run(connection, dialect, logins)) {
            PrincipalJudge.unfit(principal, dialect).ifPresent(why -> unfit.put(principal.name(), why));
        }
        return unfit;
    }

    private static Set<String> marked(Connection connection) throws SQLException {
        return new HashSet<>(Query.rows(connection, MARKED, row -> row.getString("rolname"), Mark.PREFIX));
    }

    @Override
    public void close() {
        transactions.close();
    }
}
