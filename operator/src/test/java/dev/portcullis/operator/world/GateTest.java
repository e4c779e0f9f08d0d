package dev.portcullis.operator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class GateTest {
    private final Gate gate = new Gate();

    @Test
    void whoWaitsGoesOnWhenItOpens() throws Exception {
        Thread waiting = new Thread(() -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        assertThat(gate.isOpen()).isFalse();

        gate.open();

        waiting.join();
        assertThat(gate.isOpen()).isTrue();
    }

    @Test
    void itStaysOpen() throws Exception {
        gate.open();
        gate.open();

        gate.await();
        assertThat(gate.isOpen()).isTrue();
    }
}
