package dev.portcullis.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.api.port.OutputPort;
import dev.portcullis.operator.given.Samples;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SpecChangesTest {
    private final SpecChanges changes = new SpecChanges();
    private final OutputPort port = Samples.port("orders-v1", "port-1");

    @Test
    void theFirstLookIsAChangeTheSecondIsNone() {
        assertThat(isNew(port)).isTrue();
        assertThat(isNew(port)).isFalse();
    }

    @Test
    void anotherGenerationIsAChange() {
        isNew(port);
        port.getMetadata().setGeneration(2L);

        assertThat(isNew(port)).isTrue();
        assertThat(isNew(port)).isFalse();
    }

    @Test
    void anotherVersionOfTheSameGenerationIsNone() {
        isNew(port);
        port.getMetadata().setResourceVersion("2");

        assertThat(isNew(port)).isFalse();
    }

    @Test
    void anotherObjectOfTheSameNameIsAChange() {
        isNew(port);

        assertThat(isNew(Samples.port("orders-v1", "port-2"))).isTrue();
    }

    @Test
    void whatIsForgottenIsNewAgain() {
        isNew(port);
        changes.forget(port);

        assertThat(isNew(port)).isTrue();
    }

    @Test
    void whatFailedIsDoneAgain() {
        assertThatThrownBy(() -> changes.ifNew(port, () -> {
                    throw new IllegalStateException("a consequence that fails");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(isNew(port)).isTrue();
    }

    private boolean isNew(OutputPort object) {
        AtomicBoolean done = new AtomicBoolean();
        changes.ifNew(object, () -> done.set(true));
        return done.get();
    }
}
