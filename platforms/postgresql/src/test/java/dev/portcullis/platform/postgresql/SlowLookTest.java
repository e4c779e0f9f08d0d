package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.EmbeddedServer.run;
import static dev.portcullis.platform.postgresql.Shop.profile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Profile;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever owns an offered view decides how much is beneath it. A look is made between revokes, and none of them may wait for that. */
class SlowLookTest {
    private static final int VIEWS = 120;
    private static final int COLUMNS = 100;

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
    void viewsThatNobodyCouldLookThroughDelayNoRevoke() throws Exception {
        build();
        Profile hostile = profile("shop", "sales", "v" + VIEWS);
        Profile orders = profile("shop", "sales", "orders");
        Profile missing = profile("shop", "sales", "oders");

        long start = System.nanoTime();
        Map<Profile, ObjectsFound> found = shop.session.look(Set.of(hostile, orders, missing));
        long first = millisSince(start);
        start = System.nanoTime();
        Map<Profile, ObjectsFound> again = shop.session.look(Set.of(hostile, orders, missing));
        long second = millisSince(start);

        System.out.println("SlowLookTest: first look " + first + " ms, the next " + second);
        assertThat(first).isLessThan(8000);
        assertThat(second).isLessThan(2000);
        assertThat(again).isEqualTo(found);
        assertThat(found.get(orders).complete())
                .as("it is not known, rather than nothing")
                .isFalse();
        assertThat(found.get(orders).identity()).as("whether it was made anew").isNotEmpty();
        assertThat(found.get(missing).fault()).as("whether it can be granted").isPresent();
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    /** Each view reads all columns of each one before. */
    private static void build() {
        run("shop", "SET ROLE shop_owner", """
                DO $$ DECLARE
                  columns text := (SELECT string_agg('1 AS c' || i, ', ') FROM generate_series(1, %2$s) i);
                BEGIN
                  EXECUTE 'CREATE VIEW sales.v1 AS SELECT ' || columns;
                  FOR n IN 2..%1$s LOOP
                    EXECUTE format('CREATE VIEW sales.v%%s AS SELECT %%s FROM %%s WHERE coalesce(%%s) > 0', n, columns,
                      (SELECT string_agg('sales.v' || v, ', ') FROM generate_series(1, n - 1) v),
                      (SELECT string_agg(format('v%%s.c%%s', v, c), ', ')
                       FROM generate_series(1, n - 1) v, generate_series(1, %2$s) c));
                  END LOOP;
                END $$
                """.formatted(VIEWS, COLUMNS));
    }
}
