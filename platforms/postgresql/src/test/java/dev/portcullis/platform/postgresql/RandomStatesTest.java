package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.as;
import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.sql.Identifier.quote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.postgresql.Shop.Comparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random states of a real server, and one comparison: what is wanted is then what is there, or a refusal or leftover says what is not, and
 * nothing of others was touched. Only where nothing was given to a role as others could pass it on, it takes another one. At last, a person who
 * does what the leftovers say gets rid of everything.
 *
 * <p>The seed is printed; {@code -Dportcullis.random.seed=...} runs one again.
 */
@Tag("versions")
class RandomStatesTest {
    /** With -Pfull 500 on PostgreSQL 16 and 100 on each other version, else a tenth. */
    private static final int TRIES = Integer.getInteger("portcullis.random.tries", 100) / 2;

    private static final List<PortId> PORTS = List.of(Shop.PORT, Shop.OTHER_PORT);
    private static final List<Profile> PROFILES = List.of(Shop.ORDERS, Shop.ORDERS_AND_ITEMS, Shop.SOME_COLUMNS);
    private static final List<String> LOGINS = List.of("taylor", "quinn", "riley", "sam");

    private final List<String> story = new ArrayList<>();
    private Shop shop;
    private Random random = new Random(0);

    @BeforeEach
    void open() {
        shop = Shop.fresh();
        try (Shop neighbour = Shop.as(new Owner("install-2", "warehouse"))) {
            neighbour.compare(Set.of(
                    Shop.entitlement(Shop.PORT, Shop.ORDERS, "taylor"),
                    Shop.entitlement(Shop.PORT, Shop.ORDERS_AND_ITEMS, "admin_too"),
                    Shop.entitlement(Shop.OTHER_PORT, Shop.SOME_COLUMNS, "sam")));
        }
        run(
                "shop",
                "CREATE ROLE finance",
                "GRANT SELECT ON sales.internal TO finance",
                "CREATE TABLE public.taken (id int)");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void oneComparisonMakesItWhatIsWanted() {
        long first = Long.getLong("portcullis.random.seed", new Random().nextLong());
        System.out.println("RandomStatesTest: PostgreSQL " + EmbeddedServer.VERSION + ", " + TRIES
                + " tries, -Dportcullis.random.seed=" + first);
        for (int i = 0; i < TRIES; i++) {
            long seed = first + i;
            random = new Random(seed);
            story.clear();
            try {
                once();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " after\n" + String.join("\n", story), e);
            }
        }
    }

    private void once() {
        List<String> others = others();
        shop.compare(wanted());
        int deeds = random.nextInt(7);
        for (int i = 0; i < deeds; i++) {
            one(DEEDS).accept(this);
        }
        Set<Entitlement> wanted = wanted();
        story.add("wanted " + wanted);

        Comparison comparison = shop.compare(wanted);

        story.addAll(comparison.sql());
        assertThat(comparison.failures()).isEmpty();
        if (heldBack(comparison)) {
            // others could pass a role on, by our own grant: that was put right first, and what it lacks is given now.
            // Whatever was to go has gone by then
            whatIsHeldIsWantedOrLeftOver(wanted, comparison.again());
            whatIsSaidToBeLeftIsThere(comparison.again());
            whoIsLeftInARoleOfOursIsNamed(wanted, comparison.again());
            assertThat(others()).isEqualTo(others);
            comparison = shop.compare(wanted);
            story.add("once more");
            story.addAll(comparison.sql());
            assertThat(comparison.failures()).isEmpty();
        }
        assertThat(comparison.again().changes()).as("another comparison").isEmpty();
        whatIsWantedIsHeldOrRefused(wanted, comparison.again());
        whatIsHeldIsWantedOrLeftOver(wanted, comparison.again());
        whatIsSaidToBeLeftIsThere(comparison.again());
        whoIsLeftInARoleOfOursIsNamed(wanted, comparison.again());
        assertThat(others()).isEqualTo(others);
        cleanUp();
        assertThat(others()).isEqualTo(others);
    }

    private static boolean heldBack(Comparison comparison) {
        return comparison.plan().refusals().stream()
                .anyMatch(refusal -> refusal.message().startsWith("nothing more is granted to "));
    }

    private void whatIsWantedIsHeldOrRefused(Set<Entitlement> wanted, Plan plan) {
        Set<String> readable = readable();
        Set<Entitlement> refused = new HashSet<>();
        plan.refusals().forEach(refusal -> refused.add(refusal.entitlement()));
        for (Entitlement entitlement : wanted) {
            if (!refused.contains(entitlement)) {
                String login = entitlement.principal().name();
                columns(entitlement.profile())
                        .forEach(column -> assertThat(readable).contains(login + " " + column));
            }
        }
    }

    private void whatIsHeldIsWantedOrLeftOver(Set<Entitlement> wanted, Plan plan) {
        String words = plan.leftovers().toString();
        Set<String> extra = new HashSet<>(readable());
        LOGINS.forEach(login -> neighbours(login).forEach(column -> extra.remove(login + " " + column)));
        wanted.forEach(entitlement -> columns(entitlement.profile())
                .forEach(column -> extra.remove(entitlement.principal().name() + " " + column)));
        for (String login : LOGINS) {
            if (extra.stream().anyMatch(column -> column.startsWith(login + " "))) {
                List<String> roles = query(
                        "postgres",
                        "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = '" + login + "'::regrole");
                assertThat(roles)
                        .as("%s, and nobody says why: %s", extra, words)
                        .anyMatch(words::contains);
            }
        }
    }

    /** Every member of a role of ours is wanted there, or a leftover names both. */
    private void whoIsLeftInARoleOfOursIsNamed(Set<Entitlement> wanted, Plan plan) {
        Set<String> seats = new HashSet<>();
        wanted.forEach(entitlement -> seats.add(shop.role(entitlement.port(), entitlement.profile()) + "|"
                + entitlement.principal().name()));
        query("postgres", """
                SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members
                WHERE shobj_description(roleid, 'pg_authid') LIKE '%installation=install-1 %'
                  AND member <> 'portcullis'::regrole
                """).stream().filter(seat -> !seats.contains(seat)).forEach(seat -> {
            String[] both = seat.split("\\|");
            assertThat(plan.leftovers())
                    .as(seat)
                    .anyMatch(leftover -> leftover.message().contains(quote(both[0]))
                            && (leftover.message().contains(quote(both[1]))
                                    || leftover.message().contains("SUPERUSER")));
        });
    }

    /** A leftover is about a role that exists, and one that is anchored is still anchored. */
    private static void whatIsSaidToBeLeftIsThere(Plan plan) {
        List<String> roles = query("postgres", "SELECT quote_ident(rolname) FROM pg_roles").stream()
                .map(name -> name.startsWith("\"") ? name : "\"" + name + "\"")
                .toList();
        assertThat(plan.leftovers()).allSatisfy(leftover -> assertThat(roles).anyMatch(leftover.message()::contains));
    }

    private static Set<String> columns(Profile profile) {
        if (profile.equals(Shop.ORDERS)) {
            return Set.of("sales.orders id", "sales.orders customer");
        }
        return profile.equals(Shop.SOME_COLUMNS)
                ? Set.of("sales.orders id")
                : Set.of("sales.orders id", "sales.orders customer", "sales.order_items sku");
    }

    /** What each ordinary login can read, as "login table column". */
    private static Set<String> readable() {
        return Set.copyOf(query("shop", """
                SELECT r.rolname || ' ' || t || ' ' || c FROM pg_roles r, (VALUES ('sales.orders', 'id'),
                    ('sales.orders', 'customer'), ('sales.order_items', 'sku'), ('sales.order_items', 'margin'),
                    ('sales.internal', 'id')) AS columns (t, c)
                WHERE r.rolname IN ('taylor', 'quinn', 'riley', 'sam') AND NOT r.rolsuper
                  AND has_column_privilege(r.oid, t, c, 'SELECT')
                """));
    }

    /** What the neighbour granted. */
    private static Set<String> neighbours(String login) {
        return switch (login) {
            case "taylor" -> columns(Shop.ORDERS);
            case "sam" -> columns(Shop.SOME_COLUMNS);
            default -> Set.of();
        };
    }

    /** Whatever is not ours: memberships, comments and access-list entries of and for all other roles. */
    private static List<String> others() {
        return query("shop", """
                WITH theirs AS (
                  SELECT oid, rolname FROM pg_roles WHERE rolname IN ('finance', 'portcullis', 'shop_owner')
                    OR shobj_description(oid, 'pg_authid') LIKE 'portcullis/1 installation=install-2 %')
                SELECT 'member', t.rolname, m.member::regrole::text, m.grantor::regrole || (to_jsonb(m) - '{oid,roleid,member,grantor}'::text[])::text
                  FROM pg_auth_members m JOIN theirs t ON t.oid = m.roleid
                  WHERE m.member::regrole::text IN ('admin_too', 'portcullis', 'portcullis_login')
                UNION ALL SELECT 'comment', t.rolname, shobj_description(oid, 'pg_authid'), '' FROM theirs t
                UNION ALL SELECT 'acl', t.rolname, c.oid::regclass::text, e.privilege_type || e.grantor::regrole || e.is_grantable
                  FROM pg_class c, aclexplode(c.relacl) e JOIN theirs t ON t.oid = e.grantee WHERE c.relname NOT LIKE 'taken%'
                UNION ALL SELECT 'database', t.rolname, d.datname, e.privilege_type || e.grantor::regrole
                  FROM pg_database d, aclexplode(d.datacl) e JOIN theirs t ON t.oid = e.grantee
                ORDER BY 1, 2, 3, 4
                """);
    }

    /** Nothing is wanted any more, and a person does what the leftovers say. */
    private void cleanUp() {
        for (String login : LOGINS) {
            if (query("postgres", "SELECT FROM pg_roles WHERE rolname = '" + login + "'")
                    .isEmpty()) {
                run("postgres", "CREATE ROLE " + login);
            }
            run("postgres", "ALTER ROLE " + login + " NOSUPERUSER NOCREATEROLE LOGIN INHERIT");
        }
        run("shop", "DROP POLICY IF EXISTS taken ON sales.orders");
        run("postgres", "REVOKE quinn FROM admin_too");
        List<Plan.Leftover> leftovers = shop.compare(Set.of()).again().leftovers();
        for (int i = 0; i < 4 && !leftovers.isEmpty(); i++) {
            for (Plan.Leftover leftover : leftovers) {
                String sql = leftover.message().substring(leftover.message().lastIndexOf(": ") + 2);
                run("shop", sql.replace("<its new owner>", "shop_owner"));
            }
            leftovers = shop.compare(Set.of()).again().leftovers();
        }
        assertThat(query(
                        "postgres",
                        "SELECT rolname, shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname LIKE 'portcullis\\_%' "
                                + "AND rolname <> 'portcullis_login' AND shobj_description(oid, 'pg_authid') "
                                + "NOT LIKE '%installation=install-2 %'"))
                .isEmpty();
        run(
                "shop",
                "DROP TABLE public.taken",
                "CREATE TABLE public.taken (id int)",
                "DROP VIEW IF EXISTS public.taken_view",
                "DROP FUNCTION IF EXISTS public.taken_function",
                "DROP TABLE IF EXISTS public.taken_table",
                "SELECT lo_unlink(oid) FROM pg_largeobject_metadata",
                "DROP ROLE IF EXISTS readers");
        if (query("postgres", "SELECT FROM pg_auth_members WHERE member = 'taylor'::regrole")
                        .isEmpty()
                || query("postgres", "SELECT FROM pg_auth_members WHERE member = 'sam'::regrole")
                        .isEmpty()) {
            try (Shop neighbour = Shop.as(new Owner("install-2", "warehouse"))) {
                neighbour.compare(Set.of(
                        Shop.entitlement(Shop.PORT, Shop.ORDERS, "taylor"),
                        Shop.entitlement(Shop.PORT, Shop.ORDERS_AND_ITEMS, "admin_too"),
                        Shop.entitlement(Shop.OTHER_PORT, Shop.SOME_COLUMNS, "sam")));
            }
        }
    }

    private Set<Entitlement> wanted() {
        Set<Entitlement> wanted = new LinkedHashSet<>();
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            wanted.add(Shop.entitlement(one(PORTS), one(PROFILES), one(LOGINS)));
        }
        return wanted;
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static final List<Consumer<RandomStatesTest>> DEEDS = List.of(
            test -> test.ours("GRANT %r TO %l WITH ADMIN %b, INHERIT %b, SET %b"),
            test -> test.stranger("GRANT %r TO %l WITH ADMIN %b, INHERIT %b, SET %b"),
            test -> test.stranger(
                    "GRANT %r TO admin_too WITH ADMIN TRUE, INHERIT FALSE", "SET ROLE admin_too", "GRANT %r TO %l"),
            test -> test.ours("GRANT SELECT ON sales.internal TO %r"),
            test -> test.ours("GRANT SELECT ON sales.order_items TO %r"),
            test -> test.ours("GRANT SELECT (margin) ON sales.order_items TO %r WITH GRANT OPTION"),
            test -> test.ours("REVOKE SELECT ON sales.orders FROM %r CASCADE"),
            test -> test.ours("REVOKE USAGE ON SCHEMA sales FROM %r CASCADE", "REVOKE %r FROM %l CASCADE"),
            test -> test.stranger("GRANT SELECT ON sales.internal TO %r"),
            test -> test.stranger("GRANT INSERT, SELECT ON sales.orders TO %r WITH GRANT OPTION"),
            test -> test.stranger("GRANT SELECT (sku), UPDATE (margin) ON sales.order_items TO %r"),
            test -> test.stranger("ALTER TABLE public.taken OWNER TO %r"),
            test -> test.stranger("GRANT finance TO %r"),
            test -> test.stranger("ALTER ROLE %r RENAME TO portcullis_renamed_%n"),
            test -> test.stranger("ALTER ROLE %r LOGIN CREATEROLE"),
            test -> test.stranger("ALTER ROLE %r CREATEDB BYPASSRLS"),
            test -> test.stranger("COMMENT ON ROLE %r IS NULL"),
            test -> test.stranger("GRANT %r TO %o"),
            test -> test.stranger("DROP OWNED BY %l", "DROP ROLE %l", "CREATE ROLE %l LOGIN"),
            test -> test.stranger("ALTER ROLE %l SUPERUSER"),
            test -> test.stranger("ALTER ROLE %l NOLOGIN"),
            test -> test.stranger("GRANT quinn TO admin_too"),
            test -> test.stranger("DROP OWNED BY %l", "DROP ROLE %l"),
            test -> test.stranger("ALTER ROLE %l NOINHERIT"),
            test -> test.stranger("REVOKE SELECT ON sales.orders FROM %r", "DROP ROLE %r"),
            test -> test.stranger("REVOKE %r FROM %l CASCADE"),
            test -> test.stranger(
                    "CREATE ROLE passing CREATEROLE",
                    "GRANT %r TO passing WITH ADMIN OPTION",
                    "SET ROLE passing",
                    "GRANT %r TO %l",
                    "RESET ROLE",
                    "REVOKE %r FROM passing CASCADE",
                    "DROP ROLE passing"),
            test -> test.stranger(
                    "CREATE VIEW public.taken_view AS SELECT * FROM sales.orders",
                    "ALTER VIEW public.taken_view OWNER TO %r",
                    "GRANT SELECT ON public.taken_view TO PUBLIC"),
            test -> test.stranger(
                    "CREATE FUNCTION public.taken_function() RETURNS bigint LANGUAGE sql SECURITY DEFINER "
                            + "AS 'SELECT count(*) FROM sales.orders'",
                    "ALTER FUNCTION public.taken_function() OWNER TO %r"),
            test -> test.stranger("CREATE POLICY taken ON sales.orders TO %r USING (true)"),
            test -> test.stranger("ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner GRANT SELECT ON TABLES TO %r"),
            test -> test.stranger("ALTER DEFAULT PRIVILEGES FOR ROLE %r GRANT SELECT ON TABLES TO riley"),
            test -> test.stranger("GRANT MAINTAIN ON sales.internal TO %r", "GRANT pg_maintain TO %r"),
            test -> test.stranger("GRANT pg_signal_backend TO %r"),
            test -> test.member("SELECT lo_create(0)"),
            test -> test.member("CREATE TABLE public.taken_table AS SELECT * FROM sales.orders"),
            test -> test.member(
                    "CREATE VIEW public.taken_view AS SELECT * FROM sales.orders",
                    "GRANT SELECT ON public.taken_view TO PUBLIC"),
            test -> test.member("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO riley"),
            test -> test.login("SELECT lo_create(4%n)", "GRANT SELECT ON LARGE OBJECT 4%n TO %r"),
            test -> test.login("CREATE TABLE public.taken_table (id int)", "GRANT SELECT ON public.taken_table TO %r"));

    /** Somebody who has the role becomes it: below 16 every member may. */
    private void member(String... statements) {
        perform("%l", "SET ROLE %r", statements);
    }

    /** A login does something of its own to a role of ours. */
    private void login(String... statements) {
        perform("%l", "RESET ROLE", statements);
    }

    private String spoken(String statement) {
        return EmbeddedServer.hasMembershipsPerGrantor()
                ? statement
                : statement.replaceAll(
                        " WITH ADMIN .*(INHERIT|SET) .*", random.nextBoolean() ? " WITH ADMIN OPTION" : "");
    }

    private void ours(String... statements) {
        perform("portcullis_login", "SET ROLE portcullis", statements);
    }

    private void stranger(String... statements) {
        perform(EmbeddedServer.SUPERUSER, "RESET ROLE", statements);
    }

    /** On a role of ours, if there is one; what the server refuses was no deed. */
    private void perform(String login, String before, String... statements) {
        List<String> roles = query(
                "postgres",
                "SELECT rolname FROM pg_roles WHERE shobj_description(oid, 'pg_authid') LIKE '%installation=install-1 %' "
                        + "ORDER BY 1");
        if (roles.isEmpty()) {
            return;
        }
        String role = one(roles);
        String other = one(roles);
        String consumer = one(LOGINS);
        String number = String.valueOf(random.nextInt(1000));
        List<String> all = new ArrayList<>();
        for (String statement :
                Stream.concat(Stream.of(before), Stream.of(statements)).toList()) {
            String sql = spoken(statement)
                    .replace("%r", quote(role))
                    .replace("%o", quote(other))
                    .replace("%l", quote(consumer))
                    .replace("%n", number);
            while (sql.contains("%b")) {
                sql = sql.replaceFirst("%b", random.nextBoolean() ? "TRUE" : "FALSE");
            }
            all.add(sql);
        }
        try {
            as(login.replace("%l", consumer), "shop", all.toArray(String[]::new));
            story.add(String.join("; ", all));
        } catch (IllegalStateException e) {
            story.add("refused: " + String.join("; ", all) + ": "
                    + e.getMessage().lines().findFirst().orElse(""));
        }
    }
}
