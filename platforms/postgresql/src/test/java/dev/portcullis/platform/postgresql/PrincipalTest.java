package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.as;
import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.catalogue;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is granted to, and who is not. */
class PrincipalTest {
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private String refused(String principal, Reason reason) {
        List<String> before = catalogue("shop");
        Comparison comparison = shop.compare(orders(principal));
        assertThat(comparison.plan().changes()).isEmpty();
        assertThat(comparison.refused()).containsExactly(reason);
        assertThat(catalogue("shop")).isEqualTo(before);
        return comparison.plan().refusals().get(0).message();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "public",
                "none",
                "pg_monitor",
                "pg_read_all_data",
                "portcullis",
                "portcullis_login",
                "portcullis_orders_v1_0123456789abcdef",
                "a\u0000b",
                "a\nb",
                "a_name_that_is_longer_than_the_sixty_three_bytes_postgresql_keeps",
                "\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4"
                        + "\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4"
            })
    void impossibleAndReservedNames(String name) {
        refused(name, Reason.PrincipalRefused);
    }

    @Test
    void aLongNameIsNotCutToAnothersName() {
        String cut = "a".repeat(63);
        run("postgres", "CREATE ROLE " + cut + " LOGIN");
        refused(cut + "b", Reason.PrincipalRefused);
        assertThat(shop.compare(orders(cut)).failures()).isEmpty();
        assertThat(readOrders(cut)).isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource({
        "SUPERUSER, is a superuser",
        "CREATEROLE, ALTER ROLE \"taylor\" NOCREATEROLE",
        "BYPASSRLS, ALTER ROLE \"taylor\" NOBYPASSRLS",
        "REPLICATION, ALTER ROLE \"taylor\" NOREPLICATION",
        "NOLOGIN, ALTER ROLE \"taylor\" LOGIN"
    })
    void tooPowerfulOrNoLogin(String attribute, String advice) {
        run("postgres", "ALTER ROLE taylor " + attribute);
        assertThat(refused("taylor", Reason.PrincipalRefused)).contains(advice);
    }

    @Tag("versions")
    @Test
    void aLoginThatDoesNotInherit() {
        run("postgres", "ALTER ROLE taylor NOINHERIT");
        if (EmbeddedServer.hasMembershipsPerGrantor()) {
            // the membership says that it does
            assertThat(shop.compare(orders("taylor")).failures()).isEmpty();
            assertThat(readOrders("taylor")).isEqualTo("ok");
        } else {
            assertThat(refused("taylor", Reason.PrincipalRefused))
                    .contains("run ALTER ROLE \"taylor\" INHERIT", "upgrade");
        }
    }

    @Test
    @OnVersions(to = 15)
    void aHolderThatDoesNotInheritAnyMoreLosesTheGrant() {
        shop.compare(orders("taylor"));
        run("postgres", "ALTER ROLE taylor NOINHERIT");

        assertThat(shop.compare(orders("taylor")).refused()).containsExactly(Reason.PrincipalRefused);

        assertThat(query("postgres", "SELECT FROM pg_auth_members WHERE member = 'taylor'::regrole"))
                .isEmpty();
    }

    @Test
    void theServersFirstSuperuser() {
        refused("postgres", Reason.PrincipalRefused);
    }

    @Test
    void aLoginWithMembers() {
        run("postgres", "GRANT taylor TO sam");
        assertThat(refused("taylor", Reason.PrincipalRefused)).contains("has members");
    }

    @Test
    @OnVersions(from = 16)
    void aLoginWhoseCreatorIsNoSuperuser() {
        as("admin_too", "postgres", "CREATE ROLE jo LOGIN");
        assertThat(query("postgres", "SELECT count(*) FROM pg_auth_members WHERE roleid = 'jo'::regrole"))
                .containsExactly("1");

        assertThat(shop.compare(orders("jo")).plan().refusals()).isEmpty();
        assertThat(readOrders("jo")).isEqualTo("ok");
    }

    @Test
    void aRoleOfOursIsNoPrincipal() {
        shop.compare(orders("taylor"));
        run("postgres", "ALTER ROLE " + shop.role() + " RENAME TO finance", "ALTER ROLE finance LOGIN");
        Comparison comparison = shop.compare(orders("taylor", "finance"));
        assertThat(comparison.refused()).containsExactly(Reason.PrincipalRefused);
    }

    @Test
    void aPrincipalThatComesLater() {
        assertThat(refused("jo", Reason.PrincipalNotFound)).contains("CREATE ROLE \"jo\" LOGIN");
        shop.compare(orders("taylor", "jo"));
        assertThat(readOrders("taylor")).isEqualTo("ok");

        run("postgres", "CREATE ROLE jo LOGIN");
        Comparison comparison = shop.compare(orders("taylor", "jo"));

        assertThat(comparison.plan().refusals()).isEmpty();
        assertThat(readOrders("jo")).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUPERUSER", "CREATEROLE", "NOLOGIN"})
    void aHolderThatIsNotAcceptableAnyMoreLosesTheGrant(String attribute) {
        shop.compare(orders("taylor", "quinn"));
        run("postgres", "ALTER ROLE taylor " + attribute);

        Comparison comparison = shop.compare(orders("taylor", "quinn"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.refused()).containsExactly(Reason.PrincipalRefused);
        assertThat(query(
                        "postgres",
                        "SELECT member::regrole::text FROM pg_auth_members WHERE grantor = 'portcullis'::regrole"))
                .containsExactly("quinn");
        assertThat(readOrders("quinn")).isEqualTo("ok");
    }

    @Test
    void aRefusedPrincipalDoesNotKeepOthersOut() {
        run("postgres", "ALTER ROLE sam SUPERUSER");

        Comparison comparison = shop.compare(orders("taylor", "sam", "nobody-here", ""));

        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.refused())
                .containsExactlyInAnyOrder(Reason.PrincipalRefused, Reason.PrincipalRefused, Reason.PrincipalNotFound);
        assertThat(readOrders("taylor")).isEqualTo("ok");
        run("postgres", "ALTER ROLE sam NOSUPERUSER");
        assertThat(readOrders("sam")).isEqualTo("42501");
    }
}
