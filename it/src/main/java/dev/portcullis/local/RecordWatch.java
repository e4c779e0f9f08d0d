package dev.portcullis.local;

import dev.portcullis.local.TryState.Recorded;
import java.time.Duration;

/**
 * Ends the daemon, and with it everything that it has started, as soon as it is not written down any more: after {@code rm -rf .try} no command
 * would find it.
 */
final class RecordWatch implements Runnable {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final TryState state;
    private final Recorded daemon;

    private RecordWatch(TryState state, Recorded daemon) {
        this.state = state;
        this.daemon = daemon;
    }

    /** {@code daemon} is this process, and written down. */
    static void start(TryState state, Recorded daemon) {
        Thread thread = new Thread(new RecordWatch(state, daemon), "record-watch");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        while (state.isRecorded(daemon)) {
            Await.pause(LOOK);
        }
        System.exit(1);
    }
}
