package dev.portcullis.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.cli.console.Ran;
import dev.portcullis.cli.document.StandardSchema;
import dev.portcullis.platform.Entitlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people had on a real PostgreSQL, what is made of it, and what they then have by the operator's grants. */
class AdoptCommandTest {
    /** Those of whom nothing is left to say: whoever reads by other ways is said, and reads on by them. */
    private static final List<String> EXPLAINED = List.of("taylor", "quinn", "riley", "sam", "kim");

    private final OldServer server = OldServer.fresh();

    @BeforeEach
    void seed() {
        server.run(
                "shop",
                "CREATE ROLE analysts",
                "CREATE ROLE \"Sales Ops\"",
                "GRANT analysts TO taylor, quinn, svc",
                "GRANT \"Sales Ops\" TO analysts",
                "GRANT \"Sales Ops\" TO kim WITH INHERIT FALSE, SET TRUE",
                "GRANT USAGE ON SCHEMA sales TO \"Sales Ops\", riley, sam, analysts",
                "GRANT SELECT ON sales.orders TO \"Sales Ops\"",
                "GRANT SELECT ON sales.customers TO analysts",
                "GRANT SELECT (id, country) ON sales.customers TO riley",
                "GRANT SELECT ON sales.order_items TO riley",
                "GRANT USAGE ON SCHEMA stock TO sam",
                "GRANT SELECT ON stock.levels TO sam",
                // without USAGE on the schema this is no access
                "GRANT SELECT ON stock.levels TO taylor");
    }

    @Test
    void afterTheAgreementsAreApprovedEverybodyReadsWhatTheyCouldRead() {
        SortedSet<String> before = server.readable(EXPLAINED);
        assertThat(before)
                .contains(
                        "taylor sales.orders.id",
                        "taylor sales.customers.mail",
                        "riley sales.customers.country",
                        "sam stock.levels.id",
                        "kim sales.orders.id")
                .doesNotContain("riley sales.customers.mail", "taylor stock.levels.id", "sam sales.orders.id");
        Ran ran = adopt();
        assertThat(ran.code()).as(ran.err()).isZero();

        AdoptedMesh mesh = AdoptedMesh.of(ran.out(), server);
        assertThat(mesh.agreements())
                .allSatisfy(agreement -> assertThat(mesh.phase(agreement)).isEqualTo("Requested"));
        Set<Entitlement> wanted = mesh.approveAll();

        assertThat(server.columns(wanted)).isEqualTo(before);
        server.run(
                "shop",
                "REVOKE ALL ON ALL TABLES IN SCHEMA sales, stock FROM taylor, quinn, riley, sam, kim, analysts, \"Sales Ops\"",
                "REVOKE ALL (id, country) ON sales.customers FROM riley",
                "REVOKE analysts FROM taylor, quinn, svc",
                "REVOKE \"Sales Ops\" FROM kim",
                "REVOKE USAGE ON SCHEMA sales FROM riley, sam, analysts, \"Sales Ops\"",
                "REVOKE USAGE ON SCHEMA stock FROM sam");
        assertThat(server.readable(EXPLAINED)).isEmpty();
        server.grant(wanted);
        assertThat(server.readable(EXPLAINED)).isEqualTo(before);

        Ran again = adopt();
        assertThat(again.out()).isEmpty();
        assertThat(again.err())
                .contains("what roles give that say they are Portcullis's, in database shop: portcullis_sales_");
    }

    @Test
    void theSameServerGivesTheSameManifests() {
        String first = adopt().out();
        server.run("shop", "REVOKE analysts FROM quinn", "GRANT analysts TO quinn");

        assertThat(adopt().out()).isEqualTo(first);
        List<JsonNode> manifests = StandardSchema.documents(first);
        assertThat(manifests.stream()
                        .map(manifest -> manifest.path("kind").asText() + " "
                                + manifest.at("/metadata/namespace").asText() + "/"
                                + manifest.at("/metadata/name").asText())
                        .collect(Collectors.toList()))
                .containsExactly(
                        "Namespace /sales",
                        "Namespace /stock",
                        "Namespace /sales-ops",
                        "Namespace /analysts",
                        "Namespace /adopted",
                        "Team /sales-ops",
                        "Team /analysts",
                        "DataProduct sales/sales",
                        "OutputPort sales/sales",
                        "DataProduct stock/stock",
                        "OutputPort stock/stock",
                        "DataUsageAgreement sales-ops/sales",
                        "DataUsageAgreement analysts/sales",
                        "DataUsageAgreement adopted/riley-sales",
                        "DataUsageAgreement adopted/sam-stock");
    }

    @Test
    void whatNoAgreementExplainsIsSaid() {
        server.run(
                "shop",
                "GRANT SELECT ON sales.internal TO PUBLIC",
                "GRANT USAGE ON SCHEMA sales TO PUBLIC",
                "GRANT pg_read_all_data TO auditor",
                "ALTER TABLE stock.levels OWNER TO lee",
                "GRANT USAGE ON SCHEMA stock TO lee");

        Ran ran = adopt();

        assertThat(ran.err())
                .contains("login postgres can read all of database shop: it is a superuser")
                .contains("login auditor can read all of database shop: it has everything by pg_read_all_data")
                .contains("PUBLIC, so every login that may connect, can read sales.internal in database shop")
                .contains("login lee owns stock.levels")
                .contains("whoever can be the operator's role portcullis can read ")
                .contains("login svc, by role analysts, can read sales.customers in database shop")
                .contains("svc\" has CREATEROLE");
        assertThat(ran.out()).doesNotContain("svc").doesNotContain("lee@").doesNotContain("name: internal");
    }

    @Test
    void namesOfRolesAndTablesAreDataAndMoveNoCursor() {
        server.run(
                "shop",
                "CREATE ROLE \"a: b\nkind: Secret # \u001b[2J\"",
                "CREATE TABLE sales.\"t\n- x: {}\" (id int)",
                "GRANT SELECT ON sales.\"t\n- x: {}\" TO PUBLIC, \"a: b\nkind: Secret # \u001b[2J\"",
                "GRANT USAGE ON SCHEMA sales TO PUBLIC",
                "GRANT \"a: b\nkind: Secret # \u001b[2J\" TO taylor");

        Ran ran = adopt();

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out() + ran.err()).doesNotContain("\u001b");
        assertThat(ran.err()).contains("sales.t\\n- x: {}");
        assertThat(StandardSchema.documents(ran.out()))
                .filteredOn(manifest -> manifest.path("kind").asText().equals("Team"))
                .anySatisfy(
                        team -> assertThat(team.at("/metadata/name").asText()).isEqualTo("a-b-kind-secret-2j"));
    }

    @Test
    void aLoginThatTheRuleMakesOfNoUserIsSaid() {
        Ran ran = adopt("--user-rule", "name.startsWith('t') ? 'x' : name.split('@')[0]");

        assertThat(ran.err()).contains("login taylor is adopted by nobody");
        assertThat(ran.out()).doesNotContain("taylor").contains("user: quinn@example.com");
    }

    @Test
    void whoOffersASchemaCanBeSaid() {
        Ran ran = adopt("--provider", "sales=checkout", "--provider", "shop.stock=warehousing", "--people", "people");

        List<JsonNode> manifests = StandardSchema.documents(ran.out());
        assertThat(manifests)
                .anySatisfy(manifest -> assertThat(
                                manifest.at("/spec/provider/namespace").asText())
                        .isEqualTo("checkout"))
                .anySatisfy(manifest ->
                        assertThat(manifest.at("/metadata/name").asText()).isEqualTo("sam-warehousing-stock"));
        assertThat(ran.out())
                .startsWith("# Before these are valid, DataPlatform warehouse has to have in spec.exposes:\n");
    }

    @Test
    void aServerThatIsNotThereAndOptionsThatAreMissing() {
        assertThat(Ran.portcullis("adopt", "-h", "127.0.0.1").code()).isEqualTo(64);
        Ran nobody = Ran.portcullis(
                "adopt",
                "-h",
                "127.0.0.1",
                "-p",
                "1",
                "-U",
                "x",
                "-d",
                "shop",
                "--sslmode",
                "disable",
                "--platform",
                "p");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("database shop cannot be looked at").contains("127.0.0.1:1");
        Ran mode = Ran.portcullis(
                "adopt", "-h", "127.0.0.1", "-U", "x", "-d", "shop", "--sslmode", "prefer", "--platform", "p");
        assertThat(mode.code()).isEqualTo(64);
        assertThat(mode.err()).contains("sslmode prefer is not offered here");
        Ran strange = Ran.portcullis("adopt", "-h", "127.0.0.1", "-U", "x", "-d", "shop", "--platform", "A B");
        assertThat(strange.code()).isEqualTo(64);
        assertThat(strange.err()).contains("can be called A B: names have lower-case letters");
    }

    /** As a login that may do nothing but connect. */
    private Ran adopt(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "adopt",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(server.port()),
                "-U",
                "looker",
                "-d",
                "shop",
                "--sslmode",
                "disable",
                "--platform",
                "warehouse",
                "--domain",
                "example.com"));
        args.addAll(List.of(more));
        return Ran.portcullis(args.toArray(String[]::new));
    }
}
