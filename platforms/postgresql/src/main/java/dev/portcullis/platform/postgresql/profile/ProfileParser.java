package dev.portcullis.platform.postgresql.profile;

import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Selection;
import dev.portcullis.platform.postgresql.sql.Identifier;
import dev.portcullis.platform.postgresql.view.Served;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a profile of a port's block or of a snapshot's, or says what is wrong with it. */
public final class ProfileParser {
    private final SortedMap<String, Selection> tables = new TreeMap<>();

    private ProfileParser() {}

    /** What a port offers, or the first thing to change: all rows, and the filters that can be asked for. What a filter's text is worth is seen when somebody does. */
    public static Parsed offered(PostgresqlObjects objects) {
        return parsed(objects, tables -> {
            SortedMap<String, String> choices = new TreeMap<>();
            objects.rowFilters().forEach(filter -> choices.put(filter.name(), filter.where()));
            return new PostgresqlProfile(objects.database(), objects.schema(), tables, new TreeSet<>(), choices);
        });
    }

    /** What was asked for: the rows for which the filters hold. */
    public static Parsed asked(PostgresqlObjects objects) {
        return parsed(objects, tables -> {
            SortedSet<NamedFilter> filters = new TreeSet<>();
            objects.rowFilters().forEach(filter -> filters.add(new NamedFilter(filter.name(), filter.where())));
            return new PostgresqlProfile(objects.database(), objects.schema(), tables, filters, new TreeMap<>());
        });
    }

    private static Parsed parsed(
            PostgresqlObjects objects, Function<SortedMap<String, Selection>, PostgresqlProfile> profile) {
        ProfileParser parser = new ProfileParser();
        return parser.problem(objects)
                .<Parsed>map(Parsed.Bad::new)
                .orElseGet(() -> new Parsed.Ok(profile.apply(parser.tables)));
    }

    private Optional<String> problem(PostgresqlObjects objects) {
        Optional<String> problem = name("postgresql.database", objects.database())
                .or(() -> name("postgresql.schema", objects.schema()))
                .or(() -> systemSchema(objects.schema()))
                .or(() -> objects.tables().isEmpty()
                        ? Optional.of("postgresql.tables is empty: name at least one table")
                        : Optional.empty());
        for (int i = 0; problem.isEmpty() && i < objects.tables().size(); i++) {
            problem = table("postgresql.tables[" + i + "]", objects.tables().get(i));
        }
        return problem;
    }

    private Optional<String> table(String field, Table table) {
        Optional<String> problem = name(field + ".name", table.name());
        if (problem.isPresent()) {
            return problem;
        }
        SortedSet<String> columns = new TreeSet<>();
        for (String column : table.columns()) {
            Optional<String> bad = name(field + ".columns", column);
            if (bad.isPresent()) {
                return bad;
            }
            if (!columns.add(column)) {
                return Optional.of(
                        field + ".columns names " + Identifier.quote(column) + " twice: name every column once");
            }
        }
        Selection selection = columns.isEmpty() ? new Selection.Whole() : new Selection.Some(columns);
        return tables.put(table.name(), selection) == null
                ? Optional.empty()
                : Optional.of(
                        "postgresql.tables names " + Identifier.quote(table.name()) + " twice: name every table once");
    }

    private static Optional<String> name(String field, @Nullable String name) {
        return name == null
                ? Optional.of(field + " is missing")
                : Identifier.problem(name).map(what -> field + " " + what);
    }

    /** Nobody but a superuser can grant there, and everybody can read most of it; or the operator could pass on views that are another port's. */
    private static Optional<String> systemSchema(String schema) {
        if (schema.equals(Served.SCHEMA)) {
            return Optional.of("postgresql.schema " + Identifier.quote(schema)
                    + " is where the operator has the views of all ports: it cannot be offered");
        }
        return schema.startsWith("pg_") || schema.equals("information_schema")
                ? Optional.of(
                        "postgresql.schema " + Identifier.quote(schema) + " is the server's own: it cannot be offered")
                : Optional.empty();
    }
}
