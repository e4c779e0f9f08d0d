package dev.portcullis.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What time it is: by the operator's clock and by the API server's. As long as they differ, one of them is wrong and nobody can tell which. So nothing begins or ends by time before
 * both say so: nobody gets or loses an access by a wrong clock. What people decide acts all the same.
 */
public sealed interface Clocks {
    /** How far they may differ: more than a request takes, less than the minutes that matter. */
    Duration TOLERANCE = Duration.ofMinutes(1);

    /** The operator's clock, confirmed by the API server's or with nothing that contradicts it. */
    record InSync(Instant now) implements Clocks {
        @Override
        public Instant operator() {
            return now;
        }

        @Override
        public Instant earlier() {
            return now;
        }

        @Override
        public Instant later() {
            return now;
        }

        @Override
        public Optional<Instant> next(List<Instant> moments) {
            return moments.stream().filter(now::isBefore).min(Instant::compareTo);
        }
    }

    /** Two clocks, one of which is wrong. */
    record Apart(Instant operator, Instant server) implements Clocks {
        @Override
        public Instant earlier() {
            return operator.isBefore(server) ? operator : server;
        }

        @Override
        public Instant later() {
            return operator.isBefore(server) ? server : operator;
        }

        /** Also when only one of them reaches it: that is when there is something to say. */
        @Override
        public Optional<Instant> next(List<Instant> moments) {
            return moments.stream()
                    .flatMap(moment -> Stream.of(operator, server)
                            .filter(moment::isAfter)
                            .map(now -> operator.plus(Duration.between(now, moment))))
                    .min(Instant::compareTo);
        }
    }

    static Clocks inSync(Instant now) {
        return new InSync(now);
    }

    /** @param server what the API server's clock says at that moment; empty: not known */
    static Clocks of(Instant operator, Optional<Instant> server) {
        return server.filter(time -> Duration.between(operator, time).abs().compareTo(TOLERANCE) > 0)
                .<Clocks>map(time -> new Apart(operator, time))
                .orElseGet(() -> new InSync(operator));
    }

    /** The operator's own. */
    Instant operator();

    /** What both say has been reached. */
    Instant earlier();

    /** What one of them at least says has been reached. */
    Instant later();

    /** When the first of these is reached, as the operator's clock will say; empty: all are. */
    Optional<Instant> next(List<Instant> moments);
}
