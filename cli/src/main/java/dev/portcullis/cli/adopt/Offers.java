package dev.portcullis.cli.adopt;

import dev.portcullis.cli.document.Slug;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Makes ports of schemas: one of each, or several where it has more tables than a port may. */
final class Offers {
    private static final int MOST_TABLES = 200;

    private final AdoptRules rules;
    private final boolean severalDatabases;

    /** @param severalDatabases then a schema's name does not tell which it is */
    Offers(AdoptRules rules, boolean severalDatabases) {
        this.rules = rules;
        this.severalDatabases = severalDatabases;
    }

    /** @param tables sorted by database and schema */
    List<Offer> of(SortedMap<SqlObject.Table, SortedSet<String>> tables) {
        Names names = new Names();
        Map<Place, SortedMap<String, SortedSet<String>>> bySchema = new LinkedHashMap<>();
        tables.forEach((table, columns) -> bySchema.computeIfAbsent(
                        new Place(table.inDatabase(), table.schema()), key -> new TreeMap<>())
                .put(table.name(), columns));
        List<Offer> offers = new ArrayList<>();
        bySchema.forEach((place, all) -> {
            String known = severalDatabases ? place.database() + "-" + place.schema() : place.schema();
            String namespace = rules.provider(place.database(), place.schema())
                    .orElseGet(() -> Slug.of(known).orElseGet(() -> Slug.distinct(known)));
            String product = names.in(namespace, known);
            SortedMap<String, SortedSet<String>> some = new TreeMap<>();
            for (Map.Entry<String, SortedSet<String>> table : all.entrySet()) {
                if (some.isEmpty()) {
                    int number = count(offers, product, namespace);
                    offers.add(new Offer(
                            namespace,
                            number == 0 ? product : names.in(namespace, known + "-" + (number + 1)),
                            product,
                            place.database(),
                            place.schema(),
                            some));
                }
                some.put(table.getKey(), table.getValue());
                if (some.size() == MOST_TABLES) {
                    some = new TreeMap<>();
                }
            }
        });
        return offers;
    }

    private static int count(List<Offer> offers, String product, String namespace) {
        return (int) offers.stream()
                .filter(offer ->
                        offer.product().equals(product) && offer.namespace().equals(namespace))
                .count();
    }

    private record Place(String database, String schema) {}
}
