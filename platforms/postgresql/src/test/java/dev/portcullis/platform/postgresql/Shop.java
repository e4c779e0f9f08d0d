package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Result;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Sessions;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.profile.ProfileParser;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A fresh server with a shop on it, and an operator with the least privileges the design's recipe gives it. The superuser sets up and plays
 * the stranger; the operator never is one.
 */
public final class Shop implements AutoCloseable {
    static final Owner OWNER = new Owner("install-1", "warehouse");
    static final PortId PORT = new PortId("uid-orders", "checkout", "orders-v1");
    static final PortId OTHER_PORT = new PortId("uid-items", "checkout", "items-v1");
    static final Profile ORDERS = profile("shop", "sales", "orders");
    static final Profile ORDERS_AND_ITEMS = profile("shop", "sales", "orders", "order_items(order_id,sku,quantity)");
    static final Profile SOME_COLUMNS = profile("shop", "sales", "orders(id,country)");

    final Owner owner;
    final PlatformSession session;
    private final PostgresqlModule module = new PostgresqlModule();
    private Unmanaged unmanaged = Unmanaged.Remove;
    private Sessions sessions = Sessions.STAY;

    private Shop(Owner owner, PostgresqlServer server, String login, String... takeOver) {
        this.owner = owner;
        this.session = new PostgresqlConnector()
                .open(
                        new DataPlatformSpec(server, null, null, null, null, null, null, List.of(takeOver)),
                        owner,
                        new Credentials(login, "not-checked", Optional.empty()));
    }

    /** Everything of earlier tests goes; the shop is built. */
    public static Shop fresh() {
        wipe();
        run("postgres", Recipe.onTheServer().toArray(String[]::new));
        run(
                "postgres",
                "CREATE ROLE shop_owner NOLOGIN",
                "CREATE ROLE taylor LOGIN",
                "CREATE ROLE quinn LOGIN",
                "CREATE ROLE riley LOGIN",
                "CREATE ROLE sam LOGIN",
                "CREATE ROLE admin_too LOGIN CREATEROLE",
                "CREATE DATABASE shop OWNER shop_owner");
        run(
                "shop",
                "SET ROLE shop_owner",
                "REVOKE CONNECT, TEMPORARY ON DATABASE shop FROM PUBLIC",
                "CREATE SCHEMA sales",
                "CREATE TABLE sales.orders (id int, customer text, country text, amount int)",
                "CREATE TABLE sales.order_items (order_id int, sku text, quantity int, margin int)",
                "CREATE TABLE sales.internal (id int)",
                "INSERT INTO sales.orders VALUES (1, 'Olga', 'DE', 10)",
                "INSERT INTO sales.order_items VALUES (1, 'a', 2, 3)",
                "INSERT INTO sales.internal VALUES (1)");
        recipe();
        return as(OWNER);
    }

    /** The same, and views can serve row filters. */
    static Shop freshForRowFilters() {
        Shop shop = fresh();
        asOwner(Recipe.forRowFilters());
        return shop;
    }

    /** What the owner of database and schema does for the operator. */
    private static void recipe() {
        asOwner(Recipe.inTheDatabase());
        asOwner(Recipe.inTheSchema());
    }

    private static void asOwner(List<String> statements) {
        run(
                "shop",
                Stream.concat(Stream.of("SET ROLE shop_owner"), statements.stream())
                        .toArray(String[]::new));
    }

    /** Another operator process on the same server. */
    static Shop as(Owner owner) {
        return new Shop(owner, server("portcullis"), "portcullis_login");
    }

    static Shop as(Owner owner, PostgresqlServer server, String login) {
        return new Shop(owner, server, login);
    }

    /** An operator that takes over what installations made that are gone for good. */
    static Shop takingOver(Owner owner, String... installations) {
        return takingOver(owner, server("portcullis"), installations);
    }

    static Shop takingOver(Owner owner, PostgresqlServer server, String... installations) {
        return new Shop(owner, server, "portcullis_login", installations);
    }

    public static PostgresqlServer server(String role) {
        SecretReference secret = new SecretReference("portcullis-system", "warehouse-admin");
        return new PostgresqlServer(
                "localhost", EmbeddedServer.port(), "postgres", role, PostgresqlServer.SslMode.DISABLE, null, secret);
    }

    static void wipe() {
        for (String database : query("postgres", "SELECT datname FROM pg_database WHERE oid >= 16384")) {
            run("postgres", "DROP DATABASE " + quote(database) + " WITH (FORCE)");
        }
        List<String> roles = query("postgres", "SELECT rolname FROM pg_roles WHERE oid >= 16384");
        List<String> statements = new ArrayList<>();
        roles.forEach(role -> statements.add("DROP OWNED BY " + quote(role) + " CASCADE"));
        roles.forEach(role -> statements.add("DROP ROLE " + quote(role)));
        run("postgres", statements.toArray(String[]::new));
    }

    Shop sessions(Sessions sessions) {
        this.sessions = sessions;
        return this;
    }

    Shop unmanaged(Unmanaged unmanaged) {
        this.unmanaged = unmanaged;
        return this;
    }

    /** Tables as "name" or "name(column,column)". */
    static Profile profile(String database, String schema, String... tables) {
        List<Table> list = Arrays.stream(tables)
                .map(text -> text.indexOf('(') < 0
                        ? new Table(text, null)
                        : new Table(
                                text.substring(0, text.indexOf('(')),
                                List.of(text.substring(text.indexOf('(') + 1, text.length() - 1)
                                        .split(","))))
                .toList();
        return profile(new PostgresqlObjects(database, schema, list, null));
    }

    static Profile profile(PostgresqlObjects objects) {
        if (ProfileParser.offered(objects) instanceof Parsed.Ok ok) {
            return ok.profile();
        }
        throw new IllegalArgumentException(ProfileParser.offered(objects).toString());
    }

    static Entitlement entitlement(PortId port, Profile profile, String principal) {
        return new Entitlement(port, profile, new Principal(principal));
    }

    static Set<Entitlement> orders(String... principals) {
        return entitlements(PORT, ORDERS, principals);
    }

    static Set<Entitlement> entitlements(PortId port, Profile profile, String... principals) {
        Set<Entitlement> all = new LinkedHashSet<>();
        Arrays.stream(principals).forEach(name -> all.add(entitlement(port, profile, name)));
        return all;
    }

    static Set<Entitlement> both(Set<Entitlement> some, Set<Entitlement> others) {
        Set<Entitlement> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return all;
    }

    String role(PortId port, Profile profile) {
        return module.reference(owner, port, profile);
    }

    String role() {
        return role(PORT, ORDERS);
    }

    /** What one comparison did, and what a second one would still do. */
    record Comparison(
            PostgresqlObserved before, Plan plan, List<Result> results, PostgresqlObserved after, Plan again) {
        List<String> sql() {
            return plan.changes().stream().map(change -> change.describe()).toList();
        }

        List<Outcome> failures() {
            return results.stream()
                    .map(Result::outcome)
                    .filter(outcome -> !(outcome instanceof Outcome.Applied))
                    .toList();
        }

        List<Plan.Reason> refused() {
            return plan.refusals().stream().map(Plan.Refusal::reason).toList();
        }
    }

    Comparison compare(Set<Entitlement> wanted) {
        return compare(new Scope.Everything(), wanted);
    }

    Comparison compare(Scope scope, Set<Entitlement> wanted) {
        try {
            Wanted all = wanted(scope, wanted);
            PostgresqlObserved before = (PostgresqlObserved) session.observe(scope, wanted);
            Plan plan = module.plan(all, before);
            if (before.outage().isPresent()) {
                // as the operator does: what can be revoked is, and nothing else is concluded
                session.execute(plan.changes().stream()
                        .filter(change -> change.effect() == Change.Effect.REVOKE
                                && change.principal().isPresent())
                        .toList());
                throw before.outage().get();
            }
            List<Result> results = session.execute(plan.changes());
            PostgresqlObserved after = (PostgresqlObserved) session.observe(scope, wanted);
            return new Comparison(before, plan, results, after, module.plan(all.carriedOut(), after));
        } catch (PlatformUnavailableException e) {
            throw new IllegalStateException(e.reason() + ": " + e.getMessage(), e);
        }
    }

    private Wanted wanted(Scope scope, Set<Entitlement> wanted) {
        return new Wanted(owner, scope, wanted, Set.of(), unmanaged, sessions);
    }

    Plan plan(Set<Entitlement> wanted) {
        try {
            Scope scope = new Scope.Everything();
            return module.plan(wanted(scope, wanted), session.observe(scope, wanted));
        } catch (PlatformUnavailableException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    static String readOrders(String login) {
        return EmbeddedServer.read(login, "shop", "SELECT * FROM sales.orders");
    }

    /** Every role, membership, comment and access list, as one text: to prove that nothing was touched. */
    static List<String> catalogue(String... databases) {
        List<String> all = new ArrayList<>(query("postgres", """
                SELECT 'role', r::text, shobj_description(r.oid, 'pg_authid') FROM pg_roles r WHERE r.oid >= 16384
                UNION ALL SELECT 'member', roleid::regrole::text || ' ' || member::regrole || ' ' || grantor::regrole,
                    (to_jsonb(m) - '{oid,roleid,member,grantor}'::text[])::text FROM pg_auth_members m
                UNION ALL SELECT 'database', datname, datacl::text FROM pg_database ORDER BY 1, 2, 3
                """));
        for (String database : databases) {
            all.addAll(query(database, """
                    SELECT 'class', c.oid::regclass::text, relacl::text FROM pg_class c WHERE c.oid >= 16384
                    UNION ALL SELECT 'schema', nspname, nspacl::text FROM pg_namespace WHERE oid >= 16384
                    UNION ALL SELECT 'column', attrelid::regclass || '.' || attname, attacl::text FROM pg_attribute
                        WHERE attrelid >= 16384 AND attacl IS NOT NULL ORDER BY 1, 2, 3
                    """));
        }
        return all;
    }

    @Override
    public void close() {
        session.close();
    }
}
