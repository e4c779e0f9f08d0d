package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Identifier;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Dependency;
import dev.portcullis.platform.postgresql.state.Dependency.Kind;
import dev.portcullis.platform.postgresql.state.HeldPrivilege;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * All that {@code pg_shdepend} shows for roles of ours, in one database or among the objects all databases share: privileges, each with its
 * grantor, and whatever else ties a role to an object.
 *
 * <p>Of what a profile never holds (functions, types, large objects, ...) no more than twenty of a kind are read for each role, owned ones and others apart: any login may own such
 * things and grant on them to our roles, as many as it likes, and nobody shall fill the operator's memory that way. It is strange with one of them.
 *
 * <p>Access lists are taken apart once per object and then joined, since a table offered to many has as many entries as roles. By FULL JOIN, which is never a
 * nested loop: the server cannot guess how many there are, and for 30,000 columns that took a minute. What that has too much has no class, and falls out. {@code guess} is
 * one row that the server takes for a thousand, so that it looks up no names by nested loops either.
 */
final class HoldingQuery {
    private static final String HERE = "(SELECT oid FROM pg_database WHERE datname = current_database())";
    private static final String SHARED = "0";

    /** How GRANT calls what GRANT can be used on, besides tables, columns, schemas and databases. */
    private static final Map<String, String> KEYWORDS = Map.of(
            "pg_proc", "ROUTINE",
            "pg_type", "TYPE",
            "pg_language", "LANGUAGE",
            "pg_foreign_data_wrapper", "FOREIGN DATA WRAPPER",
            "pg_foreign_server", "FOREIGN SERVER",
            "pg_largeobject", "LARGE OBJECT",
            "pg_tablespace", "TABLESPACE",
            "pg_parameter_acl", "PARAMETER");

    /**
     * A privilege can be revoked by us where we are its grantor. The server acts as the owner for whoever has the owner's privileges
     * (superusers do), so then it is the owner who must be the grantor. On a view of ours we act as its owner.
     */
    private static final String SQL = """
            WITH ours AS MATERIALIZED (SELECT unnest(?::text[]::oid[]) AS oid),
            deps AS MATERIALIZED (
              SELECT classid, objid, objsubid, refobjid, deptype
              FROM (SELECT d.*, row_number() OVER (PARTITION BY d.refobjid, d.classid, d.deptype) AS nth
                    FROM pg_shdepend d JOIN ours ON ours.oid = d.refobjid
                    WHERE d.refclassid = 'pg_authid'::regclass AND d.dbid = <database>) d
              WHERE nth <= 20 OR classid IN ('pg_class'::regclass, 'pg_namespace'::regclass, 'pg_database'::regclass)),
            things AS MATERIALIZED (SELECT DISTINCT classid, objid, objsubid FROM deps WHERE deptype = 'a'),
            lists AS (
              SELECT t.*, relacl AS acl, relowner AS owner FROM things t JOIN pg_class x
                ON t.classid = 'pg_class'::regclass AND t.objsubid = 0 AND x.oid = t.objid
              UNION ALL SELECT t.*, attacl, relowner FROM things t JOIN pg_attribute a
                ON t.classid = 'pg_class'::regclass AND t.objsubid <> 0 AND a.attrelid = t.objid AND a.attnum = t.objsubid
                JOIN pg_class c ON c.oid = t.objid
              UNION ALL SELECT t.*, nspacl, nspowner FROM things t JOIN pg_namespace x
                ON t.classid = 'pg_namespace'::regclass AND x.oid = t.objid
              UNION ALL SELECT t.*, proacl, proowner FROM things t JOIN pg_proc x
                ON t.classid = 'pg_proc'::regclass AND x.oid = t.objid
              UNION ALL SELECT t.*, typacl, typowner FROM things t JOIN pg_type x
                ON t.classid = 'pg_type'::regclass AND x.oid = t.objid
              UNION ALL SELECT t.*, lanacl, lanowner FROM things t JOIN pg_language x
                ON t.classid = 'pg_language'::regclass AND x.oid = t.objid
              UNION ALL SELECT t.*, fdwacl, fdwowner FROM things t JOIN pg_foreign_data_wrapper x
                ON t.classid = 'pg_foreign_data_wrapper'::regclass AND x.oid = t.objid
              UNION ALL SELECT t.*, srvacl, srvowner FROM things t JOIN pg_foreign_server x
                ON t.classid = 'pg_foreign_server'::regclass AND x.oid = t.objid
              UNION ALL SELECT t.*, lomacl, lomowner FROM things t JOIN pg_largeobject_metadata x
                ON t.classid = 'pg_largeobject'::regclass AND x.oid = t.objid
              UNION ALL SELECT t.*, datacl, datdba FROM things t JOIN pg_database x
                ON t.classid = 'pg_database'::regclass AND x.oid = t.objid
              UNION ALL SELECT t.*, spcacl, spcowner FROM things t JOIN pg_tablespace x
                ON t.classid = 'pg_tablespace'::regclass AND x.oid = t.objid
              <parameters>),
            granted AS MATERIALIZED (
              SELECT l.classid, l.objid, l.objsubid, 'a'::"char" AS deptype, l.owner, e.*
              FROM lists l CROSS JOIN LATERAL aclexplode(l.acl) e JOIN ours ON ours.oid = e.grantee),
            held AS MATERIALIZED (
              SELECT d.*, g.privilege_type, g.is_grantable, g.grantor, g.grantee, g.owner
              FROM deps d
              FULL JOIN granted g ON g.deptype = d.deptype AND g.classid = d.classid AND g.objid = d.objid
                                 AND g.objsubid = d.objsubid AND g.grantee = d.refobjid
              CROSS JOIN regexp_split_to_table('one', ',') AS guess)
            SELECT d.refobjid::bigint AS role_oid, k.relname AS class, d.deptype,
                   d.privilege_type, d.is_grantable, pg_get_userbyid(d.grantor) AS grantor,
                   CASE WHEN pg_has_role(d.owner, 'USAGE') THEN d.grantor = d.owner
                        ELSE pg_has_role(d.grantor, 'USAGE')
                             OR d.grantor = d.owner AND d.grantor = ANY (?::text[]::oid[]) END AS revocable,
                   n.nspname, c.relname, c.relkind, a.attname, db.datname,
                   CASE WHEN n.oid IS NULL AND db.oid IS NULL OR d.grantee IS NULL
                        THEN (pg_identify_object(d.classid, d.objid, d.objsubid)).identity END AS identity,
                   CASE WHEN d.grantee IS NULL
                        THEN (SELECT replace(o.type, 'acl', 'privileges') || ' ' || o.identity FROM pg_identify_object(d.classid, d.objid, d.objsubid) o)
                        END AS description
            FROM held d
            JOIN pg_class k ON k.oid = d.classid
            LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
            LEFT JOIN pg_attribute a ON d.objsubid <> 0 AND a.attrelid = c.oid AND a.attnum = d.objsubid
            LEFT JOIN pg_namespace n ON n.oid = CASE WHEN d.classid = 'pg_namespace'::regclass THEN d.objid
                                                     ELSE c.relnamespace END
            LEFT JOIN pg_database db ON d.classid = 'pg_database'::regclass AND db.oid = d.objid
            ORDER BY d.refobjid, d.classid, d.objid, d.objsubid, d.privilege_type
            """;

    private static final String PARAMETERS = """
            UNION ALL SELECT t.*, paracl, 10::oid FROM things t JOIN pg_parameter_acl x
                ON t.classid = 'pg_parameter_acl'::regclass AND x.oid = t.objid""";

    private final Optional<String> database;
    private final Holdings holdings;

    private HoldingQuery(Optional<String> database, Holdings holdings) {
        this.database = database;
        this.holdings = holdings;
    }

    /** What is in the database that is connected to. */
    static void here(
            Connection connection,
            Dialect dialect,
            String database,
            Collection<String> oids,
            Collection<String> owners,
            Holdings holdings)
            throws SQLException {
        HoldingQuery query = new HoldingQuery(Optional.of(database), holdings);
        Query.rows(connection, sql(HERE, dialect), query::read, oids, owners);
    }

    /** What all databases share. */
    static void shared(
            Connection connection,
            Dialect dialect,
            Collection<String> oids,
            Collection<String> owners,
            Holdings holdings)
            throws SQLException {
        HoldingQuery query = new HoldingQuery(Optional.empty(), holdings);
        Query.rows(connection, sql(SHARED, dialect), query::read, oids, owners);
    }

    private static String sql(String where, Dialect dialect) {
        return SQL.replace("<database>", where)
                .replace("<parameters>", dialect.hasParameterPrivileges() ? PARAMETERS : "");
    }

    private HoldingQuery read(ResultSet row) throws SQLException {
        long role = row.getLong("role_oid");
        String type = row.getString("privilege_type");
        if (type == null) {
            holdings.add(role, dependency(row));
        } else {
            holdings.add(
                    role,
                    new HeldPrivilege(
                            new Privilege(type, object(row)),
                            row.getString("grantor"),
                            row.getBoolean("revocable"),
                            row.getBoolean("is_grantable")));
        }
        return this;
    }

    private SqlObject object(ResultSet row) throws SQLException {
        String kind = row.getString("class");
        String in = database.orElse("");
        return switch (kind) {
            case "pg_database" -> new SqlObject.Database(row.getString("datname"));
            case "pg_namespace" -> new SqlObject.Schema(in, row.getString("nspname"));
            case "pg_class" -> relation(row, in);
            default -> new SqlObject.Other(database, KEYWORDS.getOrDefault(kind, kind), row.getString("identity"));
        };
    }

    private SqlObject relation(ResultSet row, String in) throws SQLException {
        String schema = row.getString("nspname");
        String name = row.getString("relname");
        if (row.getString("relkind").equals("S")) {
            return new SqlObject.Other(database, "SEQUENCE", Identifier.quote(schema, name));
        }
        SqlObject.Table table = new SqlObject.Table(in, schema, name);
        String column = row.getString("attname");
        return column == null ? table : SqlObject.Columns.of(table, column);
    }

    private Dependency dependency(ResultSet row) throws SQLException {
        String object = Optional.ofNullable(row.getString("description")).orElse("something that is gone");
        return switch (row.getString("deptype")) {
            case "o" ->
                switch (row.getString("class")) {
                    case "pg_default_acl", "pg_user_mapping" -> new Dependency(Kind.BELONGS, object, database);
                    case "pg_largeobject" -> new Dependency(Kind.OWNS_LARGE_OBJECT, object, database);
                    default -> new Dependency(Kind.OWNS, object, database);
                };
            case "i" -> new Dependency(Kind.BELONGS, "initial privileges of " + object, database);
            case "r" -> new Dependency(Kind.POLICY, object, database);
            default ->
                row.getString("class").equals("pg_default_acl")
                        ? new Dependency(Kind.DEFAULT_PRIVILEGES, row.getString("identity"), database)
                        : new Dependency(Kind.PASSED_ON, object, database);
        };
    }
}
