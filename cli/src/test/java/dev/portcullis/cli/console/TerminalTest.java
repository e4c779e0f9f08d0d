package dev.portcullis.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @AfterEach
    void forget() {
        System.clearProperty("portcullis.terminal");
    }

    @Test
    void coloursAreForPeopleWhoWantThem() {
        assertThat(Terminal.isColourful(Map.of("TERM", "xterm"))).isFalse();

        System.setProperty("portcullis.terminal", "true");

        assertThat(Terminal.isColourful(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.isColourful(Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Terminal.isColourful(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.isColourful(Map.of("TERM", "dumb"))).isFalse();
    }
}
