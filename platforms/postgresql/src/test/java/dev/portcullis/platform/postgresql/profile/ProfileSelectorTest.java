package dev.portcullis.platform.postgresql.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.RowFilter;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Selected;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileSelectorTest {
    private static final RowFilter EU = new RowFilter("eu-only", "country = 'DE'");
    private static final List<Table> TABLES =
            List.of(new Table("orders", List.of("id", "amount")), new Table("customers", null));
    private static final PostgresqlProfile OFFERED = offered(TABLES, List.of(EU));

    private static PostgresqlProfile offered(List<Table> tables, List<RowFilter> filters) {
        return profile(ProfileParser.offered(new PostgresqlObjects("shop", "sales", tables, filters)));
    }

    private static PostgresqlProfile asked(List<Table> tables, List<RowFilter> filters) {
        return profile(ProfileParser.asked(new PostgresqlObjects("shop", "sales", tables, filters)));
    }

    private static PostgresqlProfile profile(Parsed parsed) {
        return (PostgresqlProfile) ((Parsed.Ok) parsed).profile();
    }

    private static Selected select(@Nullable String rowFilter, Table... tables) {
        return ProfileSelector.select(OFFERED, new SelectedObjects(List.of(tables), rowFilter), List.of(EU));
    }

    @Test
    void takesWhatIsNamed() {
        assertThat(select(null, new Table("orders", List.of("id")), new Table("customers", List.of("name"))))
                .isEqualTo(new Selected.Ok(asked(
                        List.of(new Table("orders", List.of("id")), new Table("customers", List.of("name"))),
                        List.of())));
        assertThat(select(null, new Table("orders", null)))
                .isEqualTo(new Selected.Ok(asked(List.of(new Table("orders", List.of("id", "amount"))), List.of())));
        assertThat(select("eu-only")).isEqualTo(new Selected.Ok(asked(TABLES, List.of(EU))));
    }

    @Test
    void saysWhatIsNotThereAndWhatIs() {
        assertThat(select(null, new Table("invoices", null)))
                .isEqualTo(new Selected.Beyond("table \"invoices\"", "tables \"customers\", \"orders\""));
        assertThat(select(null, new Table("orders", List.of("id", "email"))))
                .isEqualTo(new Selected.Beyond("column \"email\" of table \"orders\"", "columns \"amount\", \"id\""));
        assertThat(select("us-only")).isEqualTo(new Selected.Beyond("row filter us-only", "row filters eu-only"));
        assertThat(select(null, new Table("customers", List.of("\u00e4".repeat(40)))))
                .isInstanceOf(Selected.Beyond.class);
    }

    @Test
    void offeringAFilterLimitsNobody() {
        assertThat(asked(TABLES, List.of()).offeredBy(OFFERED)).contains(asked(TABLES, List.of()));
        assertThat(OFFERED.toSnapshot().postgresql().rowFilters()).isEmpty();
        assertThat(OFFERED.canonical()).isNotEqualTo(asked(TABLES, List.of()).canonical());
    }

    @Test
    void aFilterHoldsAsItWasAndAsItIs() {
        PostgresqlProfile filtered = asked(TABLES, List.of(EU));
        assertThat(filtered.offeredBy(OFFERED)).contains(filtered);
        assertThat(filtered.offeredBy(offered(TABLES, List.of(new RowFilter("eu-only", "true_for_all")))))
                .hasValueSatisfying(both -> assertThat(both.filters())
                        .containsExactly(
                                new NamedFilter("eu-only", "country = 'DE'"),
                                new NamedFilter("eu-only", "true_for_all")));
        assertThat(filtered.offeredBy(offered(TABLES, List.of(new RowFilter("cheap", "amount < 1")))))
                .isEmpty();
        assertThat(filtered.offeredBy(offered(TABLES, List.of()))).isEmpty();
    }

    @Test
    void filtersOfTwoSnapshotsAddUp() {
        RowFilter cheap = new RowFilter("cheap", "amount < 1");
        PostgresqlProfile both = asked(TABLES, List.of(EU, cheap));
        assertThat(asked(TABLES, List.of(EU)).common(asked(TABLES, List.of(cheap))))
                .contains(both);
        assertThat(asked(TABLES, List.of()).common(both)).contains(both);
        assertThat(both.common(asked(TABLES, List.of()))).contains(both);
    }

    @Test
    void profilesThatDifferInTheirRowsAreNotEqual() {
        assertThat(asked(TABLES, List.of(EU)).canonical())
                .startsWith(asked(TABLES, List.of()).canonical())
                .endsWith(" where \"eu-only\" is \"country = 'DE'\"");
        assertThat(asked(TABLES, List.of(new RowFilter("a", "b\" where \"c\" is \"d")))
                        .canonical())
                .isNotEqualTo(asked(TABLES, List.of(new RowFilter("a", "b"), new RowFilter("c", "d")))
                        .canonical());
    }

    @Test
    void theSnapshotIsReadBack() {
        PostgresqlProfile filtered = asked(TABLES, List.of(EU));
        assertThat(ProfileParser.asked(filtered.toSnapshot().postgresql())).isEqualTo(new Parsed.Ok(filtered));
    }
}
