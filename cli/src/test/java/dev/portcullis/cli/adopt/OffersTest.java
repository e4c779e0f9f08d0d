package dev.portcullis.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OffersTest {
    private final SortedMap<SqlObject.Table, SortedSet<String>> tables =
            new TreeMap<>(Comparator.comparing(SqlObject.Table::describe));

    private void add(String database, String schema, String table) {
        tables.put(new SqlObject.Table(database, schema, table), new TreeSet<>());
    }

    private static AdoptRules rules(Map<String, String> providers) {
        return new AdoptRules("warehouse", Optional.empty(), Optional.empty(), providers, "adopted", "portcullis");
    }

    @Test
    void aSchemaOfMoreTablesThanAPortMayHaveIsSeveralPortsOfOneProduct() {
        for (int i = 0; i < 450; i++) {
            add("shop", "sales", "t" + i);
        }

        List<Offer> offers = new Offers(rules(Map.of()), false).of(tables);

        assertThat(offers).extracting(Offer::name).containsExactly("sales", "sales-2", "sales-3");
        assertThat(offers).extracting(Offer::product).containsOnly("sales");
        assertThat(offers).extracting(offer -> offer.tables().size()).containsExactly(200, 200, 50);
    }

    @Test
    void schemasOfOneNameInSeveralDatabasesAreTwo() {
        add("shop", "public", "orders");
        add("crm", "public", "orders");

        List<Offer> offers = new Offers(rules(Map.of("crm.public", "customers")), true).of(tables);

        assertThat(offers)
                .extracting(offer -> offer.namespace() + "/" + offer.name())
                .containsExactlyInAnyOrder("customers/crm-public", "shop-public/shop-public");
    }

    @Test
    void namesThatBecomeOneAreToldApart() {
        add("shop", "a_b", "t");
        add("shop", "a-b", "t");
        add("shop", "Ä", "t");

        List<Offer> offers = new Offers(rules(Map.of("a_b", "x", "a-b", "x", "Ä", "x")), false).of(tables);

        assertThat(offers).extracting(Offer::name).doesNotHaveDuplicates().allMatch(name -> name.matches("[-a-z0-9]+"));
    }
}
