package dev.portcullis.platform.postgresql.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Selection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileTest {
    private static PostgresqlProfile profile(Table... tables) {
        return profile("shop", "sales", tables);
    }

    private static PostgresqlProfile profile(String database, String schema, Table... tables) {
        Parsed parsed = ProfileParser.offered(new PostgresqlObjects(database, schema, List.of(tables), null));
        assertThat(parsed).isInstanceOf(Parsed.Ok.class);
        return (PostgresqlProfile) ((Parsed.Ok) parsed).profile();
    }

    @Test
    void twoSpellingsOfOneThingAreEqual() {
        PostgresqlProfile one = profile(new Table("orders", null), new Table("items", List.of("sku", "id")));
        PostgresqlProfile other = profile(new Table("items", List.of("id", "sku")), new Table("orders", List.of()));
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.canonical())
                .isEqualTo(other.canonical())
                .isEqualTo("postgresql/1 \"shop\".\"sales\" \"items\"(\"id\",\"sku\") \"orders\"");
    }

    @Test
    void quotesInNamesDoNotMakeTwoThingsOne() {
        assertThat(profile(new Table("a\" \"b", null)).canonical())
                .isNotEqualTo(
                        profile(new Table("a", null), new Table("b", null)).canonical());
        assertThat(profile(new Table("a", List.of("b\",\"c"))).canonical())
                .isNotEqualTo(profile(new Table("a", List.of("b", "c"))).canonical());
        assertThat(profile(new Table("Orders", null))).isNotEqualTo(profile(new Table("orders", null)));
    }

    static Stream<Arguments> bad() {
        String longName = "a".repeat(64);
        return Stream.of(
                Arguments.of(
                        new PostgresqlObjects("", "s", List.of(new Table("t", null)), null),
                        "postgresql.database is empty"),
                Arguments.of(
                        new PostgresqlObjects("d", "", List.of(new Table("t", null)), null),
                        "postgresql.schema is empty"),
                Arguments.of(new PostgresqlObjects("d", "s", List.of(), null), "name at least one table"),
                Arguments.of(new PostgresqlObjects(longName, "s", List.of(new Table("t", null)), null), "64 bytes"),
                Arguments.of(
                        new PostgresqlObjects(
                                "d", "s", List.of(new Table("t", null), new Table("\u00e4".repeat(40), null)), null),
                        "postgresql.tables[1].name has 80 bytes"),
                Arguments.of(
                        new PostgresqlObjects("d", "s\u0000", List.of(new Table("t", null)), null),
                        "control character"),
                Arguments.of(
                        new PostgresqlObjects("d", "s", List.of(new Table("t\n", null)), null), "control character"),
                Arguments.of(
                        new PostgresqlObjects(
                                "d", "s", List.of(new Table("t", null), new Table("t", List.of("a"))), null),
                        "names \"t\" twice"),
                Arguments.of(
                        new PostgresqlObjects("d", "s", List.of(new Table("t", List.of("a", "b", "a"))), null),
                        "names \"a\" twice"),
                Arguments.of(
                        new PostgresqlObjects("d", "s", List.of(new Table("t", List.of("a", ""))), null),
                        "postgresql.tables[0].columns is empty"),
                Arguments.of(
                        new PostgresqlObjects("d", "pg_catalog", List.of(new Table("pg_authid", null)), null),
                        "cannot be offered"),
                Arguments.of(
                        new PostgresqlObjects("d", "information_schema", List.of(new Table("tables", null)), null),
                        "cannot be offered"),
                Arguments.of(
                        new PostgresqlObjects("d", "portcullis_views", List.of(new Table("v", null)), null),
                        "the views of all ports: it cannot be offered"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void saysWhatIsWrong(PostgresqlObjects objects, String part) {
        assertThat(ProfileParser.offered(objects))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class, bad -> assertThat(bad.message()).contains(part));
    }

    @Test
    void whatIsTakenOffIsGoneAndWhatIsAddedIsNotGiven() {
        PostgresqlProfile asked =
                profile(new Table("orders", null), new Table("items", List.of("id", "sku")), new Table("gone", null));
        PostgresqlProfile offered = profile(
                new Table("orders", List.of("id")),
                new Table("items", List.of("sku", "price")),
                new Table("new", null));
        assertThat(asked.offeredBy(offered))
                .contains(profile(new Table("orders", List.of("id")), new Table("items", List.of("sku"))));
        assertThat(profile(new Table("a", null)).offeredBy(profile(new Table("b", null))))
                .isEmpty();
        assertThat(profile(new Table("a", List.of("x"))).offeredBy(profile(new Table("a", List.of("y")))))
                .isEmpty();
        assertThat(profile("one", "s", new Table("a", null)).offeredBy(profile("two", "s", new Table("a", null))))
                .isEmpty();
        assertThat(profile("one", "s", new Table("a", null)).offeredBy(profile("one", "t", new Table("a", null))))
                .isEmpty();
    }

    @Provide
    Arbitrary<PostgresqlProfile> profiles() {
        Arbitrary<Selection> selection = Arbitraries.oneOf(
                Arbitraries.just(new Selection.Whole()),
                Arbitraries.of("a", "b", "c")
                        .set()
                        .ofMinSize(1)
                        .map(columns -> new Selection.Some(new TreeSet<>(columns))));
        return Arbitraries.maps(Arbitraries.of("t", "u", "v"), selection)
                .ofMinSize(1)
                .map(tables -> new PostgresqlProfile("shop", "sales", new TreeMap<>(tables)));
    }

    @Property
    void intersectingIsWhatBothHave(
            @ForAll("profiles") PostgresqlProfile one, @ForAll("profiles") PostgresqlProfile other) {
        Set<Map.Entry<String, String>> expected = cells(one);
        expected.retainAll(cells(other));
        Optional<PostgresqlProfile> both = one.offeredBy(other);
        assertThat(both).isEqualTo(other.offeredBy(one));
        assertThat(both.map(ProfileTest::cells).orElse(Set.of())).isEqualTo(expected);
        assertThat(one.offeredBy(one)).contains(one);
        both.ifPresent(common -> assertThat(common.offeredBy(one)).contains(common));
    }

    /** Tables have columns a, b, c; a whole one also those that come later, here z. */
    private static Set<Map.Entry<String, String>> cells(PostgresqlProfile profile) {
        Set<Map.Entry<String, String>> cells = new java.util.HashSet<>();
        profile.tables().forEach((table, selection) -> {
            List<String> columns =
                    selection instanceof Selection.Some some ? List.copyOf(some.parts()) : List.of("a", "b", "c", "z");
            columns.forEach(column -> cells.add(Map.entry(table, column)));
        });
        return cells;
    }

    @Property
    void equalExactlyWhereTheTextIs(
            @ForAll("profiles") PostgresqlProfile one, @ForAll("profiles") PostgresqlProfile other) {
        assertThat(one.equals(other)).isEqualTo(one.canonical().equals(other.canonical()));
    }

    @Property
    void theSnapshotIsReadBack(@ForAll("profiles") PostgresqlProfile profile) {
        PostgresqlObjects objects = profile.toSnapshot().postgresql();
        assertThat(objects).isNotNull();
        assertThat(ProfileParser.asked(objects)).isEqualTo(new Parsed.Ok(profile));
    }
}
