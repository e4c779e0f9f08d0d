package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.read;
import static dev.portcullis.platform.postgresql.Shop.both;
import static dev.portcullis.platform.postgresql.Shop.catalogue;
import static dev.portcullis.platform.postgresql.Shop.entitlement;
import static dev.portcullis.platform.postgresql.Shop.entitlements;
import static dev.portcullis.platform.postgresql.Shop.orders;
import static dev.portcullis.platform.postgresql.Shop.readOrders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.platform.Change;
import dev.portcullis.platform.Change.Effect;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Grants and revokes on a real server: the catalogue, and what the consumer can read with its own login. */
class GrantTest {
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Tag("versions")
    @Test
    void deniedBeforeAllowedAfterDeniedAfterRevoke() {
        assertThat(readOrders("taylor")).isEqualTo("42501");

        Comparison granted = shop.compare(orders("taylor"));

        assertThat(granted.failures()).isEmpty();
        assertThat(granted.again().changes()).isEmpty();
        assertThat(granted.plan().refusals()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(readOrders("quinn")).isEqualTo("42501");
        assertThat(read("taylor", "shop", "SELECT * FROM sales.internal")).isEqualTo("42501");
        assertThat(read("taylor", "shop", "SELECT * FROM sales.order_items")).isEqualTo("42501");

        Comparison revoked = shop.compare(Set.of());

        assertThat(revoked.failures()).isEmpty();
        assertThat(readOrders("taylor")).isEqualTo("42501");
    }

    @Test
    void leavesTheCatalogueAsItWas() {
        List<String> before = catalogue("shop");
        shop.compare(both(
                orders("taylor", "quinn"), entitlements(Shop.OTHER_PORT, Shop.ORDERS_AND_ITEMS, "taylor", "riley")));
        assertThat(catalogue("shop")).isNotEqualTo(before);

        shop.compare(Set.of());

        assertThat(catalogue("shop")).isEqualTo(before);
    }

    @Tag("versions")
    @Test
    void aRoleHasExactlyItsProfile() {
        shop.compare(entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor"));
        String role = shop.role(Shop.PORT, Shop.ORDERS_AND_ITEMS);

        assertThat(role).startsWith("portcullis_orders_v1_").hasSizeLessThan(64);
        assertThat(query(
                        "postgres",
                        "SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = '" + role + "'"))
                .containsExactly(
                        "portcullis/1 installation=install-1 platform=warehouse port=uid-orders name=checkout/orders-v1");
        assertThat(query(
                        "postgres",
                        "SELECT rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls "
                                + "FROM pg_roles WHERE rolname = '" + role + "'"))
                .containsExactly("f|f|f|f|f|f");
        if (EmbeddedServer.hasMembershipsPerGrantor()) {
            assertThat(query(
                            "postgres",
                            "SELECT member::regrole, grantor::regrole, admin_option, inherit_option, set_option "
                                    + "FROM pg_auth_members WHERE roleid = '" + role + "'::regrole"))
                    .containsExactlyInAnyOrder("portcullis|postgres|t|f|f", "taylor|portcullis|f|t|f");
        } else {
            assertThat(query(
                            "postgres",
                            "SELECT member::regrole, grantor::regrole, admin_option FROM pg_auth_members "
                                    + "WHERE roleid = '" + role + "'::regrole"))
                    .containsExactly("taylor|portcullis|f");
        }
        assertThat(query(
                        "shop",
                        "SELECT pg_describe_object(classid, objid, objsubid) FROM pg_shdepend WHERE refobjid = '" + role
                                + "'::regrole"))
                .containsExactlyInAnyOrder(
                        "database shop",
                        "schema sales",
                        "table sales.orders",
                        "column order_id of table sales.order_items",
                        "column sku of table sales.order_items",
                        "column quantity of table sales.order_items");
        assertThat(query(
                        "shop",
                        "SELECT DISTINCT e.privilege_type FROM pg_class c, aclexplode(relacl) e WHERE e.grantee = '"
                                + role + "'::regrole"))
                .containsExactly("SELECT");
    }

    @Test
    void columnsNotNamedAreDenied() {
        shop.compare(entitlements(Shop.PORT, Shop.SOME_COLUMNS, "taylor"));

        assertThat(read("taylor", "shop", "SELECT id, country FROM sales.orders"))
                .isEqualTo("ok");
        assertThat(read("taylor", "shop", "SELECT customer FROM sales.orders")).isEqualTo("42501");
        assertThat(readOrders("taylor")).isEqualTo("42501");
    }

    @Test
    void twoSelectionsOfOnePersonHoldBothAndEachEndsByItself() {
        Set<Entitlement> some = entitlements(Shop.PORT, Shop.SOME_COLUMNS, "taylor");
        Set<Entitlement> others = entitlements(Shop.PORT, Shop.profile("shop", "sales", "orders(customer)"), "taylor");
        shop.compare(both(some, others));
        assertThat(read("taylor", "shop", "SELECT id, country, customer FROM sales.orders"))
                .isEqualTo("ok");

        shop.compare(some);

        assertThat(read("taylor", "shop", "SELECT id, country FROM sales.orders"))
                .isEqualTo("ok");
        assertThat(read("taylor", "shop", "SELECT customer FROM sales.orders")).isEqualTo("42501");
    }

    @Tag("versions")
    @Test
    void aMemberCannotBecomeTheRoleNorPassItOn() {
        shop.compare(orders("taylor"));

        assertThat(read("taylor", "shop", "SELECT set_config('role', '" + shop.role() + "', false)"))
                .isEqualTo(EmbeddedServer.hasMembershipsPerGrantor() ? "42501" : "ok");
        assertThatThrownBy(() -> EmbeddedServer.as(
                        "taylor", "shop", "SET ROLE " + shop.role(), "GRANT " + shop.role() + " TO quinn"))
                .hasMessageContaining(
                        EmbeddedServer.hasMembershipsPerGrantor() ? "permission denied" : "must have admin option");
        assertThat(read("taylor", "shop", "SELECT 1; GRANT " + shop.role() + " TO quinn"))
                .isNotEqualTo("ok");
        assertThat(readOrders("quinn")).isEqualTo("42501");
    }

    @Test
    void oneOfTwoIsRevoked() {
        shop.compare(orders("taylor", "quinn"));

        Comparison comparison = shop.compare(orders("quinn"));

        List<Change> changes = comparison.plan().changes();
        // below 16 sessions end, and below 15 the role is built anew
        int hers = EmbeddedServer.hasMembershipsPerGrantor() ? 1 : 2;
        assertThat(changes).hasSize(EmbeddedServer.VERSION == 14 ? hers + 2 : hers);
        assertThat(changes.subList(0, hers)).allSatisfy(change -> {
            assertThat(change.effect()).isEqualTo(Effect.REVOKE);
            assertThat(change.principal()).contains(new Principal("taylor"));
            assertThat(change.portUid()).isEqualTo(Shop.PORT.uid());
        });
        assertThat(comparison.sql().get(0))
                .endsWith("REVOKE \"" + shop.role() + "\" FROM \"taylor\""
                        + (EmbeddedServer.hasMembershipsPerGrantor() ? " GRANTED BY \"portcullis\" CASCADE;" : ";"));
        assertThat(readOrders("taylor")).isEqualTo("42501");
        assertThat(readOrders("quinn")).isEqualTo("ok");
    }

    @Test
    void comparingAgainDoesNothing() {
        Set<Entitlement> wanted = both(orders("taylor"), entitlements(Shop.OTHER_PORT, Shop.SOME_COLUMNS, "quinn"));
        shop.compare(wanted);
        List<String> before = catalogue("shop");

        Comparison comparison = shop.compare(wanted);

        assertThat(comparison.plan().changes()).isEmpty();
        assertThat(comparison.plan().leftovers()).isEmpty();
        assertThat(catalogue("shop")).isEqualTo(before);
    }

    @Test
    void aShrunkPortTakesTheTableFromAll() {
        shop.compare(entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor", "quinn"));
        assertThat(read("taylor", "shop", "SELECT sku FROM sales.order_items")).isEqualTo("ok");

        Comparison comparison = shop.compare(orders("taylor", "quinn"));

        assertThat(comparison.failures()).isEmpty();
        assertThat(read("taylor", "shop", "SELECT sku FROM sales.order_items")).isEqualTo("42501");
        assertThat(readOrders("taylor")).isEqualTo("ok");
        assertThat(query("postgres", "SELECT rolname FROM pg_roles WHERE rolname LIKE 'portcullis_orders%'"))
                .containsExactly(shop.role());
    }

    @Test
    void whatIsReadBeforeAndAfterAChangeOfThePortIsNeverInterrupted() throws Exception {
        shop.compare(entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor"));
        AtomicBoolean changing = new AtomicBoolean(true);
        CompletableFuture<Set<String>> answers = CompletableFuture.supplyAsync(() -> {
            Set<String> seen = new TreeSet<>();
            while (changing.get()) {
                seen.add(readOrders("taylor"));
            }
            return seen;
        });
        for (int i = 0; i < 5; i++) {
            shop.compare(orders("taylor"));
            shop.compare(entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor"));
        }
        changing.set(false);

        assertThat(answers.get()).containsExactly("ok");
    }

    @Test
    void aGrownPortKeepsTwoProfilesApart() {
        shop.compare(orders("taylor"));

        shop.compare(both(orders("taylor"), entitlements(Shop.PORT, Shop.ORDERS_AND_ITEMS, "quinn")));

        assertThat(read("taylor", "shop", "SELECT sku FROM sales.order_items")).isEqualTo("42501");
        assertThat(read("quinn", "shop", "SELECT sku FROM sales.order_items")).isEqualTo("ok");
        assertThat(readOrders("taylor")).isEqualTo("ok");
    }

    @Test
    void saysWhatIsHeldAndByWhom() {
        Comparison comparison =
                shop.compare(both(orders("taylor", "quinn"), entitlements(Shop.OTHER_PORT, Shop.ORDERS, "quinn")));

        assertThat(comparison.before().entitlements()).isZero();
        assertThat(comparison.after().entitlements()).isEqualTo(3);
        assertThat(comparison.after().entitlementsByPort())
                .containsOnly(Map.entry(Shop.PORT.uid(), 2), Map.entry(Shop.OTHER_PORT.uid(), 1));
        assertThat(comparison.after().holds(entitlement(Shop.PORT, Shop.ORDERS, "taylor")))
                .isTrue();
        assertThat(comparison.after().holds(entitlement(Shop.OTHER_PORT, Shop.ORDERS, "taylor")))
                .isFalse();
        assertThat(comparison.after().holds(entitlement(Shop.PORT, Shop.ORDERS_AND_ITEMS, "taylor")))
                .isFalse();
        assertThat(comparison.after().holders().get(Shop.PORT.uid()))
                .containsExactlyInAnyOrder(new Principal("taylor"), new Principal("quinn"));
    }

    @Test
    void onlyTheScopeIsTouched() {
        shop.compare(both(orders("taylor"), entitlements(Shop.OTHER_PORT, Shop.ORDERS, "quinn")));

        shop.compare(new Scope.Ports(Set.of(Shop.PORT.uid())), Set.of());

        assertThat(readOrders("taylor")).isEqualTo("42501");
        assertThat(readOrders("quinn")).isEqualTo("ok");

        shop.compare(Set.of());

        assertThat(readOrders("quinn")).isEqualTo("42501");
    }

    @Tag("versions")
    @Test
    void twoOwnersOnOneServerDoNotTouchEachOther() {
        shop.compare(orders("taylor"));
        List<String> before = catalogue("shop");
        for (Owner other : List.of(new Owner("install-2", "warehouse"), new Owner("install-1", "lake"))) {
            try (Shop second = Shop.as(other)) {
                assertThat(second.compare(Set.of()).plan().leftovers()).isEmpty();
                assertThat(catalogue("shop")).isEqualTo(before);

                second.compare(orders("taylor", "quinn"));
                assertThat(readOrders("quinn")).isEqualTo("ok");
                assertThat(shop.compare(orders("taylor")).plan().changes()).isEmpty();
                assertThat(readOrders("quinn")).isEqualTo("ok");

                second.compare(Set.of());
                assertThat(readOrders("quinn")).isEqualTo("42501");
                assertThat(readOrders("taylor")).isEqualTo("ok");
                assertThat(catalogue("shop")).isEqualTo(before);
            }
        }
    }

    @Test
    void theOperatorIsNoSuperuser() {
        assertThat(query(
                        "postgres",
                        "SELECT rolname, rolsuper, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles "
                                + "WHERE rolname IN ('portcullis', 'portcullis_login') ORDER BY 1"))
                .containsExactly("portcullis|f|f|f|f", "portcullis_login|f|f|f|f");
        assertThat(query("postgres", "SELECT pg_has_role('portcullis', 'shop_owner', 'MEMBER')"))
                .containsExactly("f");
    }
}
