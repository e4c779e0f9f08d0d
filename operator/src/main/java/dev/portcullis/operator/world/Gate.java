package dev.portcullis.operator.world;

import java.util.concurrent.CountDownLatch;

/** Opens when every cache has seen everything: before, "not there" would only mean "not seen yet", and nothing may be decided or revoked. */
public final class Gate {
    private final CountDownLatch latch = new CountDownLatch(1);

    private boolean shut;

    /** @return false when it was shut before */
    public synchronized boolean open() {
        if (!shut) {
            latch.countDown();
        }
        return !shut;
    }

    /** Where it is not open yet it never will be. */
    public synchronized void shut() {
        shut = true;
    }

    public boolean isOpen() {
        return latch.getCount() == 0;
    }

    public void await() throws InterruptedException {
        latch.await();
    }
}
