package dev.portcullis.operator.time;

import dev.portcullis.engine.status.ClocksApartCondition;
import dev.portcullis.engine.time.Clocks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the operator's clock with the API server's whenever somebody asks what time it is, and tells when they part and when they agree again. */
public final class ClockWatch implements Supplier<Clocks> {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    /** They agree again when they are well within what is tolerated: else a difference of just that would be news each second. */
    private static final Duration AGREED = Clocks.TOLERANCE.dividedBy(2);

    private static final Duration SAID_AGAIN = Duration.ofHours(1);

    private final Clock operator;
    private final ServerClock server;
    private final Executor executor;
    private final Runnable changed;
    private boolean apart;
    private Instant saidAt = Instant.MIN;

    /**
     * @param executor what tells of a change: not the one who asks for the time
     * @param changed is told when they part, and when they agree again
     */
    public ClockWatch(Clock operator, ServerClock server, Executor executor, Runnable changed) {
        this.operator = operator;
        this.server = server;
        this.executor = executor;
        this.changed = changed;
    }

    @Override
    public Clocks get() {
        Instant own = operator.instant();
        Optional<Instant> servers = server.now();
        boolean news;
        Clocks clocks;
        synchronized (this) {
            clocks = clocks(own, servers);
            news = apart != clocks instanceof Clocks.Apart;
            apart = clocks instanceof Clocks.Apart;
            say(clocks, news, own);
        }
        if (news) {
            executor.execute(changed);
        }
        return clocks;
    }

    private Clocks clocks(Instant own, Optional<Instant> servers) {
        return apart
                ? servers.filter(time -> Duration.between(own, time).abs().compareTo(AGREED) > 0)
                        .<Clocks>map(time -> new Clocks.Apart(own, time))
                        .orElseGet(() -> Clocks.inSync(own))
                : Clocks.of(own, servers);
    }

    private void say(Clocks clocks, boolean news, Instant own) {
        if (clocks instanceof Clocks.Apart both) {
            if (news || Duration.between(saidAt, own).abs().compareTo(SAID_AGAIN) > 0) {
                saidAt = own;
                LOG.error(
                        "nothing begins or ends by time before two clocks agree on it: {}",
                        ClocksApartCondition.sentence(both));
            }
        } else if (news) {
            LOG.info("the clocks of the operator and of the API server agree again");
        }
    }
}
