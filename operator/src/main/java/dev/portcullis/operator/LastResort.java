package dev.portcullis.operator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the process where a thread ends by what nobody caught: it ends, and is started again. Each thread here has something to do that no other does; the
 * framework, for one, keeps what its thread was doing under way for ever, so that this object's end would never be acted upon, and no probe would show it. A start looks
 * at everything. While the process ends in good order, exceptions of those who are still at work are no reason to break that off; an error is (no memory, a class that
 * cannot be loaded, a stack too deep), as nothing can be relied on any more.
 */
final class LastResort implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    private final Runnable halt;
    private volatile boolean isEnding;

    /** @param halt ends the process at once, without anything else */
    LastResort(Runnable halt) {
        this.halt = halt;
    }

    /** From now on the process ends in good order. */
    void letItEnd() {
        isEnding = true;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable problem) {
        if (isEnding && problem instanceof Exception) {
            LOG.debug("thread {} ended while the operator ends", thread.getName(), problem);
            return;
        }
        try {
            LOG.error(
                    "thread {} ended by what nobody expected: the operator ends and is started again",
                    thread.getName(),
                    problem);
        } finally {
            halt.run();
        }
    }
}
