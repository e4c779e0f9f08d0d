package dev.portcullis.platform.postgresql.session;

import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.Identifier;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.ObjectFacts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of the wanted schemas, tables and columns of one database exist, and what the operator may pass on. */
final class ObjectQuery {
    /**
     * The operator has the privileges of the roles that own its views, so it could pass on any port's view as a table of another, wherever somebody moved the
     * schema to.
     */
    static final String NO_VIEW_OF_OURS = """
            c.relowner <> ALL (ARRAY(SELECT v.objoid FROM pg_shdescription v
                                     WHERE v.classoid = 'pg_authid'::regclass AND v.description LIKE 'portcullis/1 % views'))""";

    private static final String SQL = """
            SELECT w.schema, w.tab, w.col,
                   pg_get_userbyid(n.nspowner) AS schema_owner,
                   has_schema_privilege(n.oid, 'USAGE WITH GRANT OPTION') AS schema_grantable,
                   c.oid::bigint AS table_oid, c.relkind, a.attnum, pg_get_userbyid(c.relowner) AS table_owner,
                   CASE WHEN c.relkind IN ('r', 'p', 'v', 'm', 'f')
                        THEN has_table_privilege(c.oid, 'SELECT WITH GRANT OPTION') AND <no view of ours> END AS table_grantable,
                   a.attnum IS NOT NULL AS column_exists,
                   CASE WHEN c.relkind IN ('r', 'p', 'v', 'm', 'f')
                        THEN has_column_privilege(c.oid, a.attnum, 'SELECT WITH GRANT OPTION') AND <no view of ours> END AS column_grantable
            FROM unnest(?::text[], ?::text[], ?::text[]) AS w (schema, tab, col)
            JOIN pg_namespace n ON n.nspname = w.schema::name
            LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.tab::name
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = w.col::name
                                    AND a.attnum > 0 AND NOT a.attisdropped
            """.replace("<no view of ours>", NO_VIEW_OF_OURS);

    /** What may have the name of a table, and is none; all else that is not in here can be granted. */
    private static final Map<String, String> NO_TABLES =
            Map.of("S", "SEQUENCE", "i", "INDEX", "I", "INDEX", "c", "TYPE");

    /** No object has this name. */
    private static final String NONE = "";

    private final String database;
    private final Map<SqlObject, ObjectFacts> facts = new HashMap<>();

    private ObjectQuery(String database) {
        this.database = database;
    }

    static Map<SqlObject, ObjectFacts> run(
            Connection connection, String database, Collection<PostgresqlProfile> profiles) throws SQLException {
        Set<SqlObject> wanted = new LinkedHashSet<>();
        profiles.forEach(
                profile -> profile.privileges().stream().map(Privilege::object).forEach(wanted::add));
        List<String> schemas = new ArrayList<>();
        List<String> tables = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (SqlObject object : wanted) {
            if (object instanceof SqlObject.Table table) {
                schemas.add(table.schema());
                tables.add(table.name());
                columns.add(NONE);
            } else if (object instanceof SqlObject.Columns some) {
                for (String column : some.names()) {
                    schemas.add(some.table().schema());
                    tables.add(some.table().name());
                    columns.add(column);
                }
            }
        }
        blankImpossible(connection, List.of(schemas, tables, columns));
        ObjectQuery query = new ObjectQuery(database);
        Query.rows(connection, SQL, query::read, schemas, tables, columns);
        return query.facts;
    }

    /** The rest of its row is looked up all the same: so it is known that only the table is missing, say. */
    private static void blankImpossible(Connection connection, List<List<String>> names) throws SQLException {
        Set<String> all = names.stream().flatMap(List::stream).collect(Collectors.toSet());
        Set<String> possible = Spelling.possible(connection, all);
        names.forEach(some -> some.replaceAll(name -> possible.contains(name) ? name : NONE));
    }

    private ObjectQuery read(ResultSet row) throws SQLException {
        String schema = row.getString("schema");
        facts.put(
                new SqlObject.Schema(database, schema),
                new ObjectFacts(row.getString("schema_owner"), row.getBoolean("schema_grantable")));
        String owner = row.getString("table_owner");
        String noTable = owner == null ? null : NO_TABLES.get(row.getString("relkind"));
        if (noTable != null) {
            facts.put(
                    new SqlObject.Other(Optional.of(database), noTable, Identifier.quote(schema, row.getString("tab"))),
                    new ObjectFacts(owner, false));
        } else if (owner != null) {
            SqlObject.Table table = new SqlObject.Table(database, schema, row.getString("tab"));
            facts.put(table, new ObjectFacts(owner, row.getBoolean("table_grantable"), row.getLong("table_oid")));
            if (row.getBoolean("column_exists")) {
                facts.put(
                        SqlObject.Columns.of(table, row.getString("col")),
                        new ObjectFacts(owner, row.getBoolean("column_grantable"), row.getInt("attnum")));
            }
        }
        return this;
    }
}
