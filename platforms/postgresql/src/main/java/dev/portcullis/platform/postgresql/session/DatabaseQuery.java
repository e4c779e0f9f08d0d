package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.ObjectFacts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Databases: the wanted ones, and those where roles of ours have something. */
final class DatabaseQuery {
    private static final String WANTED = """
            SELECT d.datname, pg_get_userbyid(d.datdba) AS owner,
                   has_database_privilege(d.oid, 'CONNECT WITH GRANT OPTION') AS grantable
            FROM pg_database d WHERE d.datname = ANY (?::text[]::name[])
            """;

    private static final String WITH_OURS = """
            SELECT DISTINCT db.datname, d.refobjid::bigint AS role_oid
            FROM pg_shdepend d JOIN pg_database db ON db.oid = d.dbid
            WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = ANY (?::text[]::oid[])
            """;

    private DatabaseQuery() {}

    /** A role has something in a database. */
    record Presence(String database, long roleOid) {}

    static Map<SqlObject, ObjectFacts> wanted(Connection connection, Collection<String> names) throws SQLException {
        Map<String, ObjectFacts> found = new TreeMap<>();
        Query.rows(
                connection,
                WANTED,
                row -> found.put(
                        row.getString("datname"), new ObjectFacts(row.getString("owner"), row.getBoolean("grantable"))),
                Spelling.possible(connection, names));
        Map<SqlObject, ObjectFacts> facts = new java.util.HashMap<>();
        found.forEach((name, fact) -> facts.put(new SqlObject.Database(name), fact));
        return facts;
    }

    static List<Presence> withOurs(Connection connection, Collection<String> oids) throws SQLException {
        return Query.rows(
                connection, WITH_OURS, row -> new Presence(row.getString("datname"), row.getLong("role_oid")), oids);
    }
}
