package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.as;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.postgresql.Shop.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recipe as it is run where nobody is a superuser: by an administrator who may create roles and databases. */
class ManagedServiceTest {
    @BeforeEach
    void prepare() {
        Shop.wipe();
        // all that the service does
        run("postgres", "CREATE ROLE dba LOGIN CREATEROLE CREATEDB");
        as("dba", "postgres", Recipe.onTheServer().toArray(String[]::new));
        as(
                "dba",
                "postgres",
                "CREATE ROLE shop_owner NOLOGIN",
                "GRANT shop_owner TO dba",
                "CREATE ROLE taylor LOGIN",
                "CREATE DATABASE shop OWNER shop_owner");
        List<String> inTheDatabase = new ArrayList<>(List.of(
                "SET ROLE shop_owner",
                "REVOKE CONNECT ON DATABASE shop FROM PUBLIC",
                "CREATE SCHEMA sales",
                "CREATE TABLE sales.orders (id int)",
                "INSERT INTO sales.orders VALUES (1)"));
        inTheDatabase.addAll(Recipe.inTheDatabase());
        inTheDatabase.addAll(Recipe.inTheSchema());
        as("dba", "shop", inTheDatabase.toArray(String[]::new));
    }

    @Test
    void grantsAndRevokesWithoutAnySuperuser() {
        try (Shop shop = Shop.as(Shop.OWNER)) {
            assertThat(Shop.readOrders("taylor")).isEqualTo("42501");

            Comparison granted = shop.compare(Shop.orders("taylor"));

            assertThat(granted.failures()).isEmpty();
            assertThat(granted.again().changes()).isEmpty();
            assertThat(Shop.readOrders("taylor")).isEqualTo("ok");

            Comparison revoked = shop.compare(Set.of());

            assertThat(revoked.failures()).isEmpty();
            assertThat(revoked.after().roles()).isEmpty();
            assertThat(Shop.readOrders("taylor")).isEqualTo("42501");
        }
    }

    @Test
    @OnVersions(from = 16)
    void whatTheAdministratorGrantsOnOurRolesGoes() {
        try (Shop shop = Shop.as(Shop.OWNER)) {
            shop.compare(Shop.orders("taylor"));
            as("dba", "postgres", "CREATE ROLE stranger LOGIN");
            // who created the operator's role may become it, and then acts as it does
            as("dba", "postgres", "GRANT portcullis TO dba WITH SET TRUE, INHERIT TRUE");
            as("dba", "postgres", "SET ROLE portcullis", "GRANT " + shop.role() + " TO stranger");
            assertThat(Shop.readOrders("stranger")).isEqualTo("ok");

            Comparison comparison = shop.compare(Shop.orders("taylor"));

            assertThat(comparison.again().changes()).isEmpty();
            assertThat(Shop.readOrders("stranger")).isEqualTo("42501");
            assertThat(Shop.readOrders("taylor")).isEqualTo("ok");
        }
    }
}
