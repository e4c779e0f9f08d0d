package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.platform.ObjectsFound.Notice;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.postgresql.filter.FilterTexts;
import dev.portcullis.platform.postgresql.filter.ParsedFilter;
import dev.portcullis.platform.postgresql.profile.NamedFilter;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.view.Served;
import dev.portcullis.platform.postgresql.view.TableFacts;
import dev.portcullis.platform.postgresql.view.ViewDesign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether the row filters that a port offers can be asked for: each of at least one of its tables. */
public final class FilterJudge {
    private final PostgresqlObserved seen;
    private final FilterTexts texts;

    public FilterJudge(PostgresqlObserved seen) {
        this(seen, new FilterTexts());
    }

    FilterJudge(PostgresqlObserved seen, FilterTexts texts) {
        this.seen = seen;
        this.texts = texts;
    }

    /** What is wrong, and what to do; empty: nothing. */
    public Optional<Notice> notice(PostgresqlProfile offered) {
        if (offered.choices().isEmpty()) {
            return Optional.empty();
        }
        List<Problem> problems = new ArrayList<>();
        if (!seen.views().schemas().contains(Served.schema(offered.database()))) {
            problems.add(Views.schemaMissing(seen, offered.database()));
        }
        offered.choices()
                .forEach((name, where) ->
                        problem(offered, new NamedFilter(name, where)).ifPresent(problems::add));
        return problems.stream()
                .findFirst()
                .map(first -> new Notice(
                        Notice.Type.RowFilterUnusable,
                        first.reason().name(),
                        Listed.of(problems.stream().map(Problem::message).toList(), "; ")));
    }

    private Optional<Problem> problem(PostgresqlProfile offered, NamedFilter filter) {
        if (texts.parsed(filter.where()) instanceof ParsedFilter.Bad bad) {
            return Optional.of(new Problem(
                    Plan.Reason.RowFilterInvalid,
                    "row filter " + filter.name() + " is no filter: "
                            + bad.fault().sentence()));
        }
        PostgresqlProfile filtered = new PostgresqlProfile(
                offered.database(),
                offered.schema(),
                offered.tables(),
                new TreeSet<>(List.of(filter)),
                new TreeMap<>());
        List<Problem> problems = new ArrayList<>();
        for (String table : offered.tables().keySet()) {
            TableFacts facts =
                    seen.views().tables().get(new SqlObject.Table(offered.database(), offered.schema(), table));
            if (facts != null) {
                Optional<ViewDesign.Fault> fault = ViewDesign.fault(filtered, table, facts, texts);
                if (fault.isEmpty()) {
                    return Optional.empty();
                }
                problems.add(new Problem(fault.get().reason(), fault.get().message()));
            }
        }
        return problems.stream().findFirst();
    }
}
