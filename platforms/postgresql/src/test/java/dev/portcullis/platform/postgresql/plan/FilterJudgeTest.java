package dev.portcullis.platform.postgresql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.ObjectsFound.Notice;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Selection;
import dev.portcullis.platform.postgresql.filter.ColumnType;
import dev.portcullis.platform.postgresql.filter.FilterParser;
import dev.portcullis.platform.postgresql.filter.FilterTexts;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.OperatorRole;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.state.ViewState;
import dev.portcullis.platform.postgresql.view.Served;
import dev.portcullis.platform.postgresql.view.TableColumns;
import dev.portcullis.platform.postgresql.view.TableFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A provider decides how many filters, tables and columns there are, and the port is looked at every few seconds. */
class FilterJudgeTest {
    private final List<String> parsed = new ArrayList<>();
    private final FilterTexts texts = new FilterTexts(text -> {
        parsed.add(text);
        return FilterParser.parse(text);
    });

    @Test
    void anOfferAsBigAsItCanBeIsLookedAtFilterByFilterAndNotTableByTable() {
        PostgresqlObserved seen = seen(20, 1_500);
        PostgresqlProfile offered = offered(20, 64);

        Optional<Notice> notice = new FilterJudge(seen, texts).notice(offered);

        assertThat(notice.orElseThrow().message()).contains("has no column \"absent\"");
        assertThat(parsed).hasSize(64).doesNotHaveDuplicates();
    }

    @Test
    void portsWithTheSameFiltersShareThem() {
        FilterJudge judge = new FilterJudge(seen(2, 10), texts);

        judge.notice(offered(1, 3));
        judge.notice(offered(2, 3));

        assertThat(parsed).hasSize(3);
    }

    @Test
    void noMoreTextsAreRememberedThanAreOfUse() {
        IntStream.range(0, 2_000).forEach(number -> texts.parsed("c0 = " + number));
        parsed.clear();

        texts.parsed("c0 = 1999");
        texts.parsed("c0 = 0");

        assertThat(parsed).containsExactly("c0 = 0");
    }

    /** Filters that fit no table, for which the last condition has to be looked at. */
    private static PostgresqlProfile offered(int tables, int filters) {
        Map<String, String> choices = new HashMap<>();
        IntStream.range(0, filters)
                .forEach(filter -> choices.put(
                        "f" + filter,
                        IntStream.range(0, 80)
                                        .mapToObj(condition -> "c" + condition + "=" + filter)
                                        .collect(Collectors.joining(" OR "))
                                + " OR absent=1"));
        return new PostgresqlProfile(
                "shop",
                "sales",
                IntStream.range(0, tables)
                        .boxed()
                        .collect(Collectors.toMap(
                                table -> "t" + table, table -> new Selection.Whole(), (a, b) -> a, TreeMap::new)),
                new TreeSet<>(),
                new TreeMap<>(choices));
    }

    private static PostgresqlObserved seen(int tables, int columns) {
        List<TableFacts.Column> all = IntStream.range(0, columns)
                .mapToObj(column -> new TableFacts.Column("c" + column, column, "integer", ColumnType.of("int4"), true))
                .toList();
        Map<SqlObject.Table, TableFacts> facts = new HashMap<>();
        IntStream.range(0, tables)
                .forEach(table -> facts.put(
                        new SqlObject.Table("shop", "sales", "t" + table),
                        new TableFacts(table, false, false, false, new TableColumns(all))));
        return new PostgresqlObserved(
                new Owner("i", "warehouse"),
                new OperatorRole("portcullis", "portcullis_login", "portcullis", Dialect.of(160000), true),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Set.of(),
                Map.of(),
                new ViewState(Map.of(), facts, Set.of(Served.schema("shop")), List.of(), Set.of()),
                Optional.empty());
    }
}
