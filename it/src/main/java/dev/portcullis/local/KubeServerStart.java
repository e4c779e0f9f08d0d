package dev.portcullis.local;

import java.time.Duration;
import java.util.concurrent.Callable;

/** The start of one of the control plane's programs: waits until it is of use, and gives up when it ends before. */
final class KubeServerStart {
    private static final Duration START = Duration.ofSeconds(90);
    private static final int ATTEMPTS = 5;

    private KubeServerStart() {}

    /** Starts it; false when it could not have its port: another process was faster. */
    static boolean hadItsPort(ChildProcess child, int attempt, Callable<Boolean> ready) {
        long before = child.logSize();
        child.start();
        try {
            await(child, "ready", ready);
            return true;
        } catch (IllegalStateException e) {
            child.kill9();
            if (attempt < ATTEMPTS && child.logContains(before, "address already in use")) {
                return false;
            }
            throw e;
        }
    }

    /** Returns when one that was started is what it has to be. */
    static void await(ChildProcess child, String what, Callable<Boolean> condition) {
        Await.until(START, () -> child.name() + " " + what + "\n" + child.tail(10), () -> {
            if (!child.isAlive()) {
                throw new Await.NotPossible(child.name() + " ended with code " + child.exitCode() + "; the end of "
                        + child.log() + ":\n" + child.tail(15));
            }
            return condition.call();
        });
    }
}
