package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.claim.Ask;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Scope;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeparturesTest {
    private static final Owner OWNER = new Owner("test", "warehouse");
    private static final Scope PORT = new Scope.Ports(Set.of("port-1"));

    private final MemoryCluster cluster = MemoryCluster.standard();
    private final MemoryPlatform platform = new MemoryPlatform();
    private final AtomicInteger asked = new AtomicInteger();

    private Observed holdingNothing() {
        return (Observed) Proxy.newProxyInstance(
                Observed.class.getClassLoader(), new Class<?>[] {Observed.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("outage")) {
                        return Optional.empty();
                    }
                    assertThat(method.getName()).isEqualTo("held");
                    asked.addAndGet(((Set<?>) arguments[0]).size());
                    return Set.of();
                });
    }

    /** The port offered another thing every day, and the same person asked for each. */
    @Test
    void manyProfilesOfAPortAndManyWhoLeaveItDoNotMultiply() {
        String[] tables = IntStream.range(0, 60).mapToObj(i -> "t" + i).toArray(String[]::new);
        cluster.ports.put(Samples.port("orders-v1", "port-1", tables));
        for (int i = 0; i < 50; i++) {
            String[] some = Arrays.copyOf(tables, i + 1);
            cluster.agreements.put(Samples.judgedBy(Samples.provisioned("has" + i, "taylor", "taylor"), some));
            cluster.agreements.put(
                    Samples.suspended(Samples.judgedBy(Samples.provisioned("had" + i, "taylor", "taylor"), some)));
        }
        List<Ask> asks = new Asks(cluster.caches(), cluster.engine(), new OwnStatuses(), new TestClock())
                .in(PORT, OWNER.platform());
        assertThat(asks).hasSize(100);

        new Departures(platform.module()).open(PORT, asks, holdingNothing(), new References(platform.module(), OWNER));

        assertThat(asked).hasPositiveValue().hasValueLessThan(50);
    }
}
