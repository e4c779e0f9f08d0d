package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.query;
import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.sql.Identifier.quote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Literal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A full comparison of a large company: how long it takes, and that it asks no more of the server than one of a small one. */
class ManyEntitlementsTest {
    private static final int TABLES = 500;
    private static final int PORTS = 2000;
    private static final int MEMBERS = 50;
    private static final int PEOPLE = 1000;
    private static final Duration MOST = Duration.ofSeconds(3);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Scope EVERYTHING = new Scope.Everything();

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
        List<String> setUp = new ArrayList<>();
        setUp.add("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        for (int i = 0; i < PEOPLE; i++) {
            setUp.add("CREATE ROLE person_" + i + " LOGIN");
        }
        run("postgres", String.join(";", setUp));
        List<String> tables = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            tables.add("CREATE TABLE sales.t_" + i + " (id int, a text, b text)");
        }
        run("shop", "SET ROLE shop_owner; " + String.join(";", tables));
    }

    @AfterEach
    void close() {
        shop.close();
        run("postgres", "DROP EXTENSION pg_stat_statements", "DROP DATABASE shop WITH (FORCE)");
        // each in a transaction of its own: the locks of all would be too many for the server
        List<String> drops = new ArrayList<>();
        query("postgres", "SELECT rolname FROM pg_roles WHERE starts_with(rolname, 'portcullis_') AND NOT rolcanlogin")
                .forEach(role -> drops.add("DROP ROLE " + quote(role)));
        run("postgres", drops.toArray(String[]::new));
    }

    @Test
    void aHundredThousandAreComparedByThreeSecondsOfWorkAndAsManyQueriesAsAHundred() throws Exception {
        Set<Entitlement> few = grant(0, 20, 5);
        // connects
        compare(few);
        Counted small = compare(few);

        Set<Entitlement> all = new HashSet<>(few);
        all.addAll(grant(20, PORTS, MEMBERS));
        Counted large = compare(all);
        System.out.println("ManyEntitlementsTest: " + all.size() + " entitlements of " + PORTS + " ports compared in "
                + large.took().toMillis() + " ms (" + large.worked().toMillis() + " ms of its own work), by "
                + large.statements()
                + " statements; " + few.size() + " of 20 in " + small.took().toMillis() + " ms, by "
                + small.statements());
        assertThat(all).hasSizeGreaterThan(99_000);
        assertThat(large.statements()).isEqualTo(small.statements());
        assertThat(large.worked()).isLessThan(MOST);
    }

    /** @param worked the time of a processor that the operator's thread took, which is the same whoever else uses the machine */
    private record Counted(Duration took, Duration worked, long statements) {}

    /** What the operator does for a full comparison where nothing has to be changed. */
    private Counted compare(Set<Entitlement> wanted) throws PlatformUnavailableException {
        shop.session.server();
        // it forgets the rarest when it has seen many, so a difference of two counts may be anything
        run("postgres", "SELECT pg_stat_statements_reset()");
        Instant start = Instant.now();
        long idle = THREADS.getCurrentThreadCpuTime();
        Observed observed = shop.session.observe(EVERYTHING, wanted);
        Set<Holding> extra = observed.besides(wanted);
        Set<Entitlement> held = observed.held(wanted);
        Plan plan = new PostgresqlModule()
                .plan(new Wanted(shop.owner, EVERYTHING, wanted, Set.of(), Unmanaged.Remove), observed);
        Duration worked = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - idle);
        Duration took = Duration.between(start, Instant.now());
        assertThat(extra).isEmpty();
        assertThat(held).hasSameSizeAs(wanted);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.refusals()).isEmpty();
        assertThat(observed.entitlements()).isEqualTo(wanted.size());
        return new Counted(took, worked, statements());
    }

    private static long statements() {
        return Long.parseLong(query(
                        "postgres",
                        "SELECT coalesce(sum(s.calls), 0) FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid"
                                + " WHERE r.rolname IN ('portcullis', 'portcullis_login')")
                .get(0));
    }

    /** As the operator would, but many members in one statement. */
    private Set<Entitlement> grant(int from, int to, int members) {
        Set<Entitlement> granted = new HashSet<>();
        List<String> here = new ArrayList<>();
        for (int i = from; i < to; i++) {
            PortId port = new PortId("uid-" + i, "checkout", "port-" + i);
            Profile profile = i % 2 == 0
                    ? Shop.profile("shop", "sales", "t_" + i % TABLES)
                    : Shop.profile("shop", "sales", "t_" + i % TABLES + "(id,a)");
            String role = shop.role(port, profile);
            here.add("CREATE ROLE " + quote(role) + " NOLOGIN");
            here.add("COMMENT ON ROLE " + quote(role) + " IS "
                    + Literal.quote(Mark.of(shop.owner, port).text()));
            ((PostgresqlProfile) profile).privileges().forEach(privilege -> here.add(privilege.grantTo(role)));
            List<String> logins = new ArrayList<>();
            for (int member = 0; member < members; member++) {
                String login = "person_" + (i * 7 + member * 13) % PEOPLE;
                granted.add(Shop.entitlement(port, profile, login));
                logins.add(login);
            }
            here.add("GRANT " + quote(role) + " TO " + String.join(", ", logins)
                    + (EmbeddedServer.VERSION < 16 ? "" : " WITH ADMIN FALSE, INHERIT TRUE, SET FALSE"));
        }
        EmbeddedServer.as("portcullis_login", "shop", "SET ROLE portcullis; " + String.join(";", here));
        return granted;
    }
}
