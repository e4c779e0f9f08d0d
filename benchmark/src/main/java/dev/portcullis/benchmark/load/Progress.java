package dev.portcullis.benchmark.load;

import java.io.PrintStream;

/** A line that says how far a step is; on a terminal it is a bar that moves. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 40;
    private static final long EVERY_NANOS = 250_000_000L;

    private final PrintStream out = System.err;
    private final boolean terminal = Boolean.getBoolean("portcullis.terminal");
    private final String step;
    private final long all;
    private final long start = System.nanoTime();
    private long last = start;

    Progress(String step, long all) {
        this.step = step;
        this.all = all;
        if (!terminal) {
            out.println(step);
        }
    }

    void at(long done) {
        long now = System.nanoTime();
        if (terminal && now - last > EVERY_NANOS) {
            last = now;
            int full = (int) (WIDTH * Math.min(done, all) / Math.max(1, all));
            out.printf("\r%-34s [%s%s] %d of %d", step, "=".repeat(full), " ".repeat(WIDTH - full), done, all);
            out.flush();
        }
    }

    @Override
    public void close() {
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(
                "%s%-34s done in %.1f s%s%n", terminal ? "\r" : "  ", step, seconds, terminal ? " ".repeat(WIDTH) : "");
    }
}
