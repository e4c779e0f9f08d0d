package dev.portcullis.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FirstFewTest {
    @Test
    void whatIsMoreThanAFewIsCounted() {
        assertThat(FirstFew.of(2, List.of("a", "b", "c", "d", "e"))).isEqualTo("a, b and 3 more");
        assertThat(FirstFew.of(2, "; ", List.of("a", "b", "c"))).isEqualTo("a; b and 1 more");
    }

    @Test
    void aFewAreAllSaid() {
        assertThat(FirstFew.of(2, List.of("a", "b"))).isEqualTo("a, b");
        assertThat(FirstFew.of(2, List.of())).isEmpty();
    }
}
