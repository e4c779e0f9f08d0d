package dev.portcullis.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or another signal to end, in the middle of a command: the command's thread is interrupted in what it does, and this JVM goes on until that
 * thread has cleaned up.
 */
final class Interruption {
    private static final Duration CLEANING = Duration.ofSeconds(60);

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch clean = new CountDownLatch(1);
    private boolean working = true;
    private boolean happened;

    private Interruption() {}

    /** From now on, for what the calling thread does; it has to call {@link #cleanUp} at the end in any case. */
    static Interruption watch() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::interrupt, "interruption"));
        return interruption;
    }

    /** Does what is left to do at the end of the work: that is not interrupted any more, but waited for. */
    void cleanUp(Runnable work) {
        try {
            endWork();
            work.run();
        } finally {
            clean.countDown();
        }
    }

    synchronized boolean happened() {
        return happened;
    }

    private synchronized void endWork() {
        working = false;
        // an interruption has had its effect
        Thread.interrupted();
    }

    private void interrupt() {
        synchronized (this) {
            // at the ordinary end, too, this is called
            happened = working;
            if (working) {
                worker.interrupt();
            }
        }
        try {
            if (!clean.await(CLEANING.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("still not stopped; ./try down stops it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
