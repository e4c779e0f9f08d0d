package dev.portcullis.platform.postgresql.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static final Mark MARK =
            new Mark(new Owner("installation", "warehouse"), new PortId("uid", "checkout", "orders"), Mark.Use.CURRENT);

    @Test
    void manyMembersOfOneRoleAreOneStatement() {
        List<PostgresqlChange> team = List.of(given("r", "ada"), given("r", "bo"), given("r", "cy"));

        assertThat(Bundle.of(team))
                .singleElement()
                .satisfies(bundle -> assertThat(bundle.statements())
                        .containsExactly(
                                "GRANT \"r\" TO \"ada\", \"bo\", \"cy\" WITH ADMIN FALSE, INHERIT TRUE, SET FALSE"));
    }

    @Test
    void rolesThatGetTheSameMembersShareAStatementAndOthersDoNot() {
        List<PostgresqlChange> changes =
                List.of(given("r", "ada"), given("r", "bo"), given("s", "bo"), given("s", "ada"), given("t", "ada"));

        assertThat(Bundle.of(changes).get(0).statements())
                .containsExactly(
                        "GRANT \"r\", \"s\" TO \"ada\", \"bo\" WITH ADMIN FALSE, INHERIT TRUE, SET FALSE",
                        "GRANT \"t\" TO \"ada\" WITH ADMIN FALSE, INHERIT TRUE, SET FALSE");
    }

    @Test
    void endsOfOneGrantorGoTogether() {
        List<PostgresqlChange> changes =
                List.of(ended("r", "ada", "us"), ended("r", "bo", "us"), ended("r", "ada", "dba"));

        assertThat(Bundle.of(changes).stream().flatMap(bundle -> bundle.statements().stream()))
                .containsExactly(
                        "REVOKE \"r\" FROM \"ada\", \"bo\" GRANTED BY \"us\" CASCADE",
                        "REVOKE \"r\" FROM \"ada\" GRANTED BY \"dba\" CASCADE");
    }

    @Test
    void nothingIsAskedForBeforeWhatComesBeforeIt() {
        List<PostgresqlChange> changes = List.of(
                given("r", "ada"),
                ended("r", "bo", "us"),
                new ResetMembership("s", MARK, "cy", "us", false, Dialect.POSTGRESQL_16),
                new ResetMembership("s", MARK, "di", "us", false, Dialect.POSTGRESQL_16),
                given("r", "bo"));

        assertThat(Bundle.of(changes))
                .hasSize(5)
                .allMatch(bundle -> bundle.changes().size() == 1);
        assertThat(Bundle.of(changes).stream().flatMap(bundle -> bundle.changes().stream()))
                .containsExactlyElementsOf(changes);
    }

    @Test
    void whoIsNotedWithTheRoleIsAskedForAlone() {
        PostgresqlChange noted = new RevokeMembership("r", MARK, "ada", "us", Optional.of(MARK), Dialect.POSTGRESQL_14);

        assertThat(Bundle.of(List.of(noted, noted))).hasSize(2);
    }

    /** Names with commas and quotes, of which lists read alike that are not. */
    @Property
    void togetherTheyGiveExactlyWhatTheyGiveAlone(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 30) Integer> pairs) {
        List<String> names = List.of("a", "b", "a, b", "a\", \"b", "[a]", "");
        Set<String> wanted = new TreeSet<>();
        List<PostgresqlChange> changes = new ArrayList<>();
        for (int pair : pairs) {
            String role = names.get(pair % 5);
            String member = names.get(pair / 5 % 5);
            if (wanted.add(role + " | " + member)) {
                changes.add(given(role, member));
            }
        }

        List<String> statements = Bundle.of(changes).stream()
                .flatMap(bundle -> bundle.statements().stream())
                .toList();

        assertThat(statements.stream().flatMap(BundleTest::pairs)).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(statements).hasSizeLessThanOrEqualTo(5);
    }

    /** Reads a GRANT as the server would: names are between quotes that are not doubled. */
    private static Stream<String> pairs(String statement) {
        String[] sides = statement.replace("GRANT ", "").split(" TO (?=\")|(?<=\") WITH ", -1);
        return names(sides[0]).flatMap(role -> names(sides[1]).map(member -> role + " | " + member));
    }

    private static Stream<String> names(String list) {
        return Pattern.compile("\"((?:[^\"]|\"\")*)\"")
                .matcher(list)
                .results()
                .map(found -> found.group(1).replace("\"\"", "\""));
    }

    private static PostgresqlChange given(String role, String member) {
        return new GrantMembership(role, MARK, member, Dialect.POSTGRESQL_16);
    }

    private static PostgresqlChange ended(String role, String member, String grantor) {
        return new RevokeMembership(role, MARK, member, grantor, Optional.empty(), Dialect.POSTGRESQL_16);
    }
}
