package dev.portcullis.cli.adopt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.platform.postgresql.session.ReadSurvey;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.way.Read;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was found, in manifests.
 *
 * @param manifests in the order in which they are to be applied
 * @param exposures what the DataPlatform has to expose, for people to put there
 * @param unexplained what people can read and no agreement explains; a sentence each
 */
record Adoption(List<ObjectNode> manifests, List<String> exposures, List<String> unexplained) {
    private static final Comparator<SqlObject.Table> BY_NAME = Comparator.comparing(SqlObject.Table::inDatabase)
            .thenComparing(SqlObject.Table::schema)
            .thenComparing(SqlObject.Table::name);

    /** @param found by database */
    static Adoption of(Map<String, ReadSurvey.Found> found, AdoptRules rules, PrincipalMapper mapper) {
        Unexplained unexplained = new Unexplained();
        SortedMap<String, Holder> holders = new TreeMap<>();
        for (Map.Entry<String, ReadSurvey.Found> database : found.entrySet()) {
            unexplained.everything(database.getKey(), database.getValue());
            for (Read read : sorted(database.getValue().reads().reads())) {
                if (!unexplained.takes(read, database.getValue(), rules)) {
                    Optional<String> user = rules.user(read.login(), mapper);
                    user.ifPresentOrElse(known -> hold(holders, read, known), () -> unexplained.nameless(read.login()));
                }
            }
        }
        Offers offers = new Offers(rules, found.size() > 1);
        List<Offer> ports = offers.of(tables(holders.values()));
        AdoptManifests manifests = new AdoptManifests(rules, ports);
        return new Adoption(manifests.of(holders.values()), manifests.exposures(), unexplained.sentences());
    }

    private static List<Read> sorted(Collection<Read> reads) {
        List<Read> sorted = new ArrayList<>(reads);
        sorted.sort(Comparator.comparing(Read::table, BY_NAME)
                .thenComparing(Read::role)
                .thenComparing(Read::login)
                .thenComparing(read -> read.column().orElse("")));
        return sorted;
    }

    private static void hold(Map<String, Holder> holders, Read read, String user) {
        // a login that others act by is one thing, and they are another: what is granted to it is not all theirs to
        // have in its name
        boolean single = read.role().equals(read.login());
        Holder holder = holders.computeIfAbsent(
                (single ? "login " : "role ") + read.role(),
                key -> new Holder(read.role(), single, new TreeSet<>(), new TreeMap<>(BY_NAME)));
        holder.users().add(user);
        add(holder.tables(), read.table(), read.column());
    }

    /** Who has a whole table needs no columns of it. */
    private static <T> void add(SortedMap<T, SortedSet<String>> tables, T table, Optional<String> column) {
        SortedSet<String> columns = tables.get(table);
        if (columns == null) {
            tables.put(table, new TreeSet<>(column.stream().toList()));
        } else if (column.isEmpty()) {
            columns.clear();
        } else if (!columns.isEmpty()) {
            columns.add(column.get());
        }
    }

    private static SortedMap<SqlObject.Table, SortedSet<String>> tables(Collection<Holder> holders) {
        SortedMap<SqlObject.Table, SortedSet<String>> tables = new TreeMap<>(BY_NAME);
        for (Holder holder : holders) {
            holder.tables().forEach((table, columns) -> {
                if (columns.isEmpty()) {
                    add(tables, table, Optional.empty());
                } else {
                    columns.forEach(column -> add(tables, table, Optional.of(column)));
                }
            });
        }
        return tables;
    }
}
