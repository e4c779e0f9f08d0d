package dev.portcullis.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.port.OutputPort;
import dev.portcullis.operator.given.Samples;
import org.junit.jupiter.api.Test;

class SpecChangesTest {
    private final SpecChanges changes = new SpecChanges();
    private final OutputPort port = Samples.port("orders-v1", "port-1");

    @Test
    void theFirstLookIsAChangeTheSecondIsNone() {
        assertThat(changes.isNew(port)).isTrue();
        assertThat(changes.isNew(port)).isFalse();
    }

    @Test
    void anotherGenerationIsAChange() {
        changes.isNew(port);
        port.getMetadata().setGeneration(2L);

        assertThat(changes.isNew(port)).isTrue();
        assertThat(changes.isNew(port)).isFalse();
    }

    @Test
    void anotherVersionOfTheSameGenerationIsNone() {
        changes.isNew(port);
        port.getMetadata().setResourceVersion("2");

        assertThat(changes.isNew(port)).isFalse();
    }

    @Test
    void anotherObjectOfTheSameNameIsAChange() {
        changes.isNew(port);

        assertThat(changes.isNew(Samples.port("orders-v1", "port-2"))).isTrue();
    }

    @Test
    void whatIsForgottenIsNewAgain() {
        changes.isNew(port);
        changes.forget(port);

        assertThat(changes.isNew(port)).isTrue();
    }
}
