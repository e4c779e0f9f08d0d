package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What it costs to look for other ways and at what is around offered objects, on a server with much on it. */
class WaysEffortTest {
    private static final int PORTS = 500;
    private static final int PEOPLE = 400;
    private static final int EACH = 50;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.fresh();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void twentyThousandEntitlementsAreLookedAtInAFewQueries() throws Exception {
        build();
        int few = queriesOf(new HashSet<>(List.of(entitlement(0, 0))));

        Set<Entitlement> all = new HashSet<>();
        for (int person = 0; person < PEOPLE; person++) {
            for (int i = 0; i < EACH; i++) {
                all.add(entitlement((person * 7 + i * 13) % PORTS, person));
            }
        }
        assertThat(all).hasSize(PEOPLE * EACH);
        assertThat(queriesOf(all)).as("whatever their number").isPositive().isLessThanOrEqualTo(few);

        long start = System.nanoTime();
        Map<Entitlement, List<Way>> ways = shop.session.ways(all, Set.of());
        long agreed = millisSince(start);
        start = System.nanoTime();
        Map<Entitlement, List<Way>> remaining = shop.session.ways(Set.of(), all);
        long ended = millisSince(start);
        Set<Profile> profiles = new HashSet<>();
        all.forEach(one -> profiles.add(one.profile()));
        start = System.nanoTime();
        shop.session.look(profiles);
        long look = millisSince(start);

        System.out.println("WaysEffortTest: " + all.size() + " entitlements on " + PORTS + " ports, ms: agreed "
                + agreed + ", ended " + ended + ", look " + look);
        // every second table is open to the analysts, and every second person is one of them, by way of a group
        assertThat(ways.values().stream().filter(list -> !list.isEmpty())).hasSize(all.size() / 4);
        assertThat(remaining.values().stream().filter(list -> !list.isEmpty())).hasSize(all.size() / 4);
        assertThat(agreed).isLessThan(3000);
        assertThat(ended).isLessThan(3000);
        assertThat(look).isLessThan(1500);
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private static Entitlement entitlement(int port, int person) {
        return Shop.entitlement(
                new PortId("uid-" + port, "checkout", "port-" + port),
                Shop.profile("shop", "sales", "t" + port),
                "person_" + person);
    }

    /** How many statements the driver sends for it. */
    private int queriesOf(Set<Entitlement> entitlements) throws Exception {
        AtomicInteger sent = new AtomicInteger();
        Logger driver = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
        Handler counter = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getMessage().startsWith(" FE=> Execute")) {
                    sent.incrementAndGet();
                }
            }

            @Override
            public void flush() {
                // nothing is kept
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        driver.setUseParentHandlers(false);
        driver.addHandler(counter);
        driver.setLevel(Level.FINEST);
        try {
            shop.session.ways(entitlements, Set.of());
            shop.session.ways(Set.of(), entitlements);
        } finally {
            driver.setLevel(null);
            driver.removeHandler(counter);
            driver.setUseParentHandlers(true);
        }
        return sent.get();
    }

    /** A table for each port, read by its role; the people are members of fifty of these, and half of them of analysts. */
    private static void build() {
        run("shop", """
                DO $$ BEGIN
                  FOR i IN 0..%1$s LOOP
                    EXECUTE format('CREATE TABLE sales.t%%s (id int, a int, b int, c int, d int, e int)', i);
                    EXECUTE format('GRANT SELECT ON sales.t%%s TO portcullis WITH GRANT OPTION', i);
                    EXECUTE format('CREATE ROLE ours_%%s', i);
                    EXECUTE format('GRANT ours_%%s TO portcullis WITH %3$s', i);
                    EXECUTE format('COMMENT ON ROLE ours_%%s IS ''portcullis/1 installation=install-1 platform=warehouse port=uid-%%s name=a/b''', i, i);
                    EXECUTE format('GRANT SELECT ON sales.t%%s TO ours_%%s', i, i);
                  END LOOP;
                  CREATE ROLE analysts;
                  GRANT USAGE ON SCHEMA sales TO analysts;
                  GRANT CONNECT ON DATABASE shop TO PUBLIC;
                  FOR i IN 0..%1$s BY 2 LOOP
                    EXECUTE format('GRANT SELECT ON sales.t%%s TO analysts', i);
                  END LOOP;
                  FOR i IN 0..9 LOOP
                    EXECUTE format('CREATE ROLE group_%%s', i);
                    EXECUTE format('GRANT analysts TO group_%%s', i);
                  END LOOP;
                  FOR i IN 0..%2$s LOOP
                    EXECUTE format('CREATE ROLE person_%%s LOGIN', i);
                    IF i %% 2 = 0 THEN EXECUTE format('GRANT group_%%s TO person_%%s', i %% 10, i); END IF;
                  END LOOP;
                END $$
                """.formatted(
                        PORTS - 1,
                        PEOPLE - 1,
                        EmbeddedServer.VERSION < 16 ? "ADMIN OPTION" : "ADMIN TRUE, INHERIT FALSE, SET FALSE"));
        List<String> memberships = new ArrayList<>();
        for (int port = 0; port < PORTS; port++) {
            List<String> members = new ArrayList<>();
            for (int person = 0; person < PEOPLE; person++) {
                for (int i = 0; i < EACH; i++) {
                    if ((person * 7 + i * 13) % PORTS == port) {
                        members.add("person_" + person);
                    }
                }
            }
            memberships.add("GRANT ours_" + port + " TO " + String.join(", ", members));
        }
        run("postgres", memberships.toArray(String[]::new));
    }
}
