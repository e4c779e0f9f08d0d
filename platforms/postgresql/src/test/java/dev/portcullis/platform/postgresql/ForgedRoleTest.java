package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.as;
import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import dev.portcullis.platform.postgresql.change.AdoptRole;
import dev.portcullis.platform.postgresql.change.CreateRole;
import dev.portcullis.platform.postgresql.change.CreateViewOwner;
import dev.portcullis.platform.postgresql.change.GrantMembership;
import dev.portcullis.platform.postgresql.change.GrantPrivilege;
import dev.portcullis.platform.postgresql.change.SetRoleAttributes;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names and marks of our roles can be computed and read by any login. Whoever may create roles, and nothing else, makes one of them before we do: it is given nothing, since
 * whatever it had its creator would have. Below 16 such a one has power over every role anyway.
 */
@Tag("versions")
@OnVersions(from = 16)
class ForgedRoleTest {
    private static final Profile EU = RowFilterTest.filtered("country = 'DE' AND amount < 1000", "orders(id,amount)");
    private static final Dialect DIALECT = Dialect.of(EmbeddedServer.VERSION * 10000);
    private static final Mark MARK = Mark.of(Shop.OWNER, Shop.PORT);
    private static final Privilege SELECT = new Privilege("SELECT", new SqlObject.Table("shop", "sales", "orders"));

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.freshForRowFilters();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** As whoever may create roles: reads by it at once, and lets the operator do with it what that one wants, if it should. */
    private static void forge(String role, Mark mark, boolean isGivenAway) {
        as(
                "admin_too",
                "postgres",
                "CREATE ROLE " + role,
                "COMMENT ON ROLE " + role + " IS '" + mark.text() + "'",
                "GRANT " + role + " TO admin_too WITH INHERIT TRUE");
        if (isGivenAway) {
            as("admin_too", "postgres", "GRANT " + role + " TO portcullis WITH ADMIN TRUE, SET TRUE");
        }
    }

    private static void reads(String login, boolean allowed) {
        assertThat(readOrders(login)).isEqualTo(allowed ? "ok" : "42501");
        assertThat(query(
                        "shop",
                        "SELECT has_any_column_privilege('" + login + "', 'sales.orders', 'SELECT') OR EXISTS"
                                + " (SELECT FROM pg_class v WHERE v.relkind = 'v' AND has_table_privilege('" + login
                                + "', v.oid, 'SELECT') AND v.relnamespace = 'portcullis_views'::regnamespace)"))
                .containsExactly(allowed ? "t" : "f");
    }

    @ParameterizedTest
    @CsvSource({"Remove, false", "Remove, true", "Report, false", "Report, true"})
    void aRoleThatSomebodyElseMadeIsGivenNothing(Unmanaged unmanaged, boolean isGivenAway) {
        forge(shop.role(), MARK, isGivenAway);
        shop.unmanaged(unmanaged);

        Comparison comparison = shop.compare(orders("taylor"));

        reads("admin_too", false);
        // what is given away can be put out of the way
        boolean isReplaced = unmanaged == Unmanaged.Remove && isGivenAway;
        reads("taylor", isReplaced);
        assertThat(comparison.plan().refusals())
                .hasSize(isReplaced ? 0 : 1)
                .allSatisfy(refusal -> assertThat(refusal.message()).contains(shop.role()));
        assertThat(comparison.again().changes()).isEmpty();
        shop.compare(Set.of());
        reads("admin_too", false);
    }

    @Test
    void theRolesOfOthersThatAreInItStayWithoutWhatIsGrantedLater() {
        shop.unmanaged(Unmanaged.Report);
        shop.compare(orders("taylor"));
        run("postgres", "GRANT " + shop.role() + " TO admin_too WITH ADMIN TRUE, INHERIT TRUE");
        run("shop", "SET ROLE portcullis", "REVOKE SELECT ON sales.orders FROM " + shop.role());
        reads("taylor", false);

        Comparison comparison = shop.compare(orders("taylor", "quinn"));

        reads("admin_too", false);
        reads("quinn", false);
        assertThat(comparison.plan().refusals())
                .hasSize(2)
                .allSatisfy(refusal -> assertThat(refusal.message()).contains("\"admin_too\"", "REVOKE"));
        run("postgres", "REVOKE " + shop.role() + " FROM admin_too");
        shop.compare(orders("taylor", "quinn"));
        reads("taylor", true);
        reads("quinn", true);
    }

    /** As after a restore by somebody who is no superuser, or before anybody looked at who may pass a role on. */
    @ParameterizedTest
    @EnumSource(Unmanaged.class)
    void whoseAgreementEndedGoesFromSuchARoleToo(Unmanaged unmanaged) {
        forge(shop.role(), MARK, true);
        run(
                "shop",
                "SET ROLE portcullis",
                "GRANT USAGE ON SCHEMA sales TO " + shop.role(),
                "GRANT SELECT ON sales.orders TO " + shop.role(),
                "GRANT CONNECT ON DATABASE shop TO " + shop.role(),
                "GRANT " + shop.role() + " TO taylor, quinn WITH ADMIN FALSE, INHERIT TRUE, SET FALSE");
        reads("taylor", true);
        shop.unmanaged(unmanaged);

        shop.compare(orders("quinn"));

        reads("taylor", false);
        reads("quinn", true);
    }

    @ParameterizedTest
    @CsvSource({"Remove, false", "Remove, true", "Report, false", "Report, true"})
    void aRoleThatIsToOwnViewsAndSomebodyElseMadeIsGivenNothing(Unmanaged unmanaged, boolean isGivenAway) {
        forge(RoleName.views(Shop.OWNER, Shop.PORT), MARK.asOwnerOfViews(), isGivenAway);
        shop.unmanaged(unmanaged);
        Set<Entitlement> wanted = entitlements(Shop.PORT, EU, "taylor");

        Comparison comparison = shop.compare(wanted);

        reads("admin_too", false);
        boolean isReplaced = unmanaged == Unmanaged.Remove && isGivenAway;
        assertThat(comparison.plan().refusals().isEmpty()).isEqualTo(isReplaced);
        assertThat(comparison.after().holds(wanted.iterator().next())).isEqualTo(isReplaced);
        assertThat(
                        query(
                                "shop",
                                "SELECT count(*) FROM pg_class WHERE relkind = 'v' AND relnamespace = 'portcullis_views'::regnamespace"))
                .containsExactly(isReplaced ? "1" : "0");
        shop.compare(Set.of());
        reads("admin_too", false);
    }

    /** It is made between the look and the change. */
    @ParameterizedTest
    @ValueSource(strings = {"create", "adopt", "views"})
    void aRoleThatWasMadeJustBeforeIsGivenNothing(String how) throws Exception {
        shop.compare(orders("quinn"));
        as(
                "admin_too",
                "postgres",
                "CREATE ROLE portcullis_taken",
                "GRANT portcullis_taken TO admin_too WITH INHERIT TRUE",
                "GRANT portcullis_taken TO portcullis WITH ADMIN TRUE, SET TRUE");
        Change first = switch (how) {
            case "create" -> new CreateRole("portcullis_taken", MARK);
            case "adopt" -> new AdoptRole("portcullis_taken", MARK, shop.role());
            default -> new CreateViewOwner("portcullis_taken", MARK.asOwnerOfViews(), "portcullis", DIALECT, false);
        };

        List<Outcome> outcomes = shop
                .session
                .execute(List.of(
                        first,
                        new SetRoleAttributes("portcullis_taken", MARK),
                        new GrantPrivilege("portcullis_taken", MARK, SELECT),
                        new GrantPrivilege(
                                "portcullis_taken", MARK, new Privilege("CONNECT", new SqlObject.Database("shop"))),
                        new GrantMembership("portcullis_taken", MARK, "taylor", DIALECT),
                        new CreateRole("portcullis_free", MARK),
                        new GrantPrivilege("portcullis_free", MARK, SELECT)))
                .stream()
                .map(result -> result.outcome())
                .toList();

        assertThat(outcomes.subList(0, 5)).allMatch(Outcome.Refused.class::isInstance);
        assertThat(outcomes.subList(5, 7)).allMatch(Outcome.Applied.class::isInstance);
        reads("admin_too", false);
        assertThat(query("shop", "SELECT has_database_privilege('portcullis_taken', 'shop', 'CONNECT')"))
                .containsExactly("f");
    }
}
