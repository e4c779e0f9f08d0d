package dev.portcullis.operator.given;

import dev.portcullis.engine.time.Clocks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;

/** Stands still until it is moved; the API server's shows the same unless it is told otherwise. */
public final class TestClock extends Clock implements Supplier<Clocks> {
    private volatile Duration serverAhead = Duration.ZERO;

    private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");

    public TestClock later(Duration by) {
        now = now.plus(by);
        return this;
    }

    public TestClock serverAhead(Duration by) {
        serverAhead = by;
        return this;
    }

    @Override
    public Clocks get() {
        return Clocks.of(now, Optional.of(now.plus(serverAhead)));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
