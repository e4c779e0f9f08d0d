package dev.portcullis.platform.postgresql.view;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.Fingerprint;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.Selection;
import dev.portcullis.platform.postgresql.filter.Filter;
import dev.portcullis.platform.postgresql.filter.FilterSql;
import dev.portcullis.platform.postgresql.filter.FilterTexts;
import dev.portcullis.platform.postgresql.filter.ParsedFilter;
import dev.portcullis.platform.postgresql.profile.NamedFilter;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Identifier;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Designs the view of one table: which columns, which rows. Every filter has to fit the table, since one that is left out would let more through. */
public final class ViewDesign {
    private final PostgresqlProfile profile;
    private final SqlObject.Table table;
    private final TableFacts facts;
    private final FilterTexts texts;
    private final List<Filter> filters = new ArrayList<>();
    private final List<TableFacts.Column> shown = new ArrayList<>();
    private final SortedSet<String> looked = new TreeSet<>();

    private ViewDesign(PostgresqlProfile profile, String name, TableFacts facts, FilterTexts texts) {
        this.profile = profile;
        this.table = new SqlObject.Table(profile.database(), profile.schema(), name);
        this.facts = facts;
        this.texts = texts;
    }

    /** Why there can be no view. */
    public record Fault(Reason reason, String message) {}

    /** Why a table cannot be shown through the filters of a profile; empty: it can. */
    public static Optional<Fault> fault(PostgresqlProfile profile, String table, TableFacts facts, FilterTexts texts) {
        return new ViewDesign(profile, table, facts, texts).read();
    }

    /** The view; empty where there is a {@link #fault}. */
    public static Optional<ViewDefinition> of(
            Mark port, PostgresqlProfile profile, String table, TableFacts facts, FilterTexts texts) {
        ViewDesign design = new ViewDesign(profile, table, facts, texts);
        return design.read().isEmpty() ? Optional.of(design.definition(port)) : Optional.empty();
    }

    private Optional<Fault> read() {
        if (facts.foreign()) {
            return fault(
                    Reason.NotFilterable,
                    "is a foreign table, whose rows are filtered on another server: offer it without row filters");
        }
        if (facts.invoker()) {
            return fault(
                    Reason.NotFilterable,
                    "is a view with security_invoker, which would be read by the rights of the role that owns the filtering view: offer what is beneath it, or run as its owner: ALTER VIEW "
                            + name() + " SET (security_invoker = false);");
        }
        if (facts.rowSecurity()) {
            return fault(
                    Reason.RowSecurityPresent,
                    "has row level security, whose policies would be asked for the view's owner and not for who reads: offer it without row filters, or run as its owner: ALTER TABLE "
                            + name() + " DISABLE ROW LEVEL SECURITY;");
        }
        return profile.filters().stream()
                .flatMap(filter -> read(filter).stream())
                .findFirst()
                .or(this::columns);
    }

    private Optional<Fault> read(NamedFilter named) {
        ParsedFilter parsed = texts.parsed(named.where());
        if (parsed instanceof ParsedFilter.Bad bad) {
            return Optional.of(new Fault(
                    Reason.RowFilterInvalid,
                    "row filter " + named.name() + " is no filter: "
                            + bad.fault().sentence()));
        }
        Filter filter = ((ParsedFilter.Ok) parsed).filter();
        for (String column : filter.columns().toList()) {
            Optional<TableFacts.Column> found = facts.columns().named(column);
            if (found.isEmpty()) {
                return fault(
                        Reason.ObjectNotFound,
                        "has no column " + quote(column) + ", which row filter " + named.name()
                                + " looks at: ask for tables that have it, or change the filter");
            }
            if (found.get().type().isEmpty()) {
                return fault(
                        Reason.FilterColumnType,
                        "has column " + quote(column) + " of type "
                                + found.get().shown() + ", which row filter "
                                + named.name()
                                + " looks at: filters look at columns of the server's own types for truth, numbers, texts (with a deterministic collation), dates, times and UUIDs");
            }
        }
        looked.addAll(filter.columns().toList());
        filters.add(filter);
        return FilterSql.problem(filter, facts.columns().types())
                .flatMap(why -> fault(
                        Reason.FilterColumnType,
                        "cannot be filtered by row filter " + named.name() + ", as " + why + ": change the filter"));
    }

    private Optional<Fault> columns() {
        if (profile.tables().get(table.name()) instanceof Selection.Some some) {
            some.parts().forEach(part -> facts.columns().named(part).ifPresent(shown::add));
            if (shown.size() < some.parts().size()) {
                return fault(Reason.ObjectNotFound, "lacks some of the columns " + some.parts());
            }
        } else {
            shown.addAll(facts.columns().all());
        }
        List<String> lacking = used().stream()
                .filter(column -> !column.grantable())
                .map(column -> quote(column.name()))
                .toList();
        return lacking.isEmpty()
                ? Optional.empty()
                : fault(
                        Reason.GrantOptionMissing,
                        "has columns that the operator may not let a view read; as its owner, run: GRANT SELECT ("
                                + String.join(", ", lacking) + ") ON " + name()
                                + " TO <the operator's role> WITH GRANT OPTION;");
    }

    private Collection<TableFacts.Column> used() {
        Set<String> names = new HashSet<>(looked);
        shown.forEach(column -> names.add(column.name()));
        return facts.columns().all().stream()
                .filter(column -> names.contains(column.name()))
                .toList();
    }

    private Optional<Fault> fault(Reason reason, String what) {
        return Optional.of(
                new Fault(reason, "table " + name() + " of database " + quote(profile.database()) + " " + what));
    }

    private String name() {
        return quote(table.schema(), table.name());
    }

    private ViewDefinition definition(Mark port) {
        String query = "SELECT "
                + shown.stream()
                        .map(TableFacts.Column::name)
                        .map(Identifier::quote)
                        .collect(Collectors.joining(", "))
                + " FROM " + name() + " WHERE "
                + filters.stream()
                        .map(filter ->
                                "(" + FilterSql.of(filter, facts.columns().types()) + ")")
                        .collect(Collectors.joining(" AND "))
                // a reader's conditions are not looked up in the table's indexes: EXPLAIN ANALYZE would count the rows
                // there that the filter hides
                + " OFFSET 0";
        Collection<TableFacts.Column> used = used();
        String meaning = used.stream()
                .map(column -> quote(column.name()) + column.number() + " " + column.shown())
                .collect(Collectors.joining(" "));
        List<Privilege> reads = new ArrayList<>();
        used.forEach(column -> reads.add(new Privilege("SELECT", SqlObject.Columns.of(table, column.name()))));
        return new ViewDefinition(
                Served.view(port.owner(), port.port(), profile, table.name()),
                port,
                RoleName.views(port.owner(), port.port()),
                query,
                shown.stream()
                        .map(column -> quote(column.name()) + " " + column.shown())
                        .toList(),
                Fingerprint.ofParts(query, String.valueOf(facts.number()), meaning)
                        .base32(16),
                reads);
    }
}
