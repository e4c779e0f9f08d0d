package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Scope;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OnlyOnTurnTest {
    private final AtomicBoolean turn = new AtomicBoolean(true);
    private final MemoryPlatform platform = new MemoryPlatform();
    private final PlatformSession session = new OnlyOnTurn(platform, turn::get)
            .open(Samples.platform("warehouse").getSpec(), new Owner("test", "warehouse"), Credentials.NONE);

    /** It read, froze, and woke up when another worked already. */
    @Test
    void whatWasReadOnTurnIsNotWrittenAfterwards() throws Exception {
        session.observe(new Scope.Everything(), Set.of());
        assertThat(session.execute(List.of())).isEmpty();
        turn.set(false);

        assertThatThrownBy(() -> session.execute(List.of()))
                .isInstanceOf(PlatformUnavailableException.class)
                .hasMessageContaining("another may work now");
    }
}
