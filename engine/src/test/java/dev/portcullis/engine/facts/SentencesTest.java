package dev.portcullis.engine.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {
    @Test
    void areSeparatedOnce() {
        assertThat(Sentences.joined(List.of())).isEmpty();
        assertThat(Sentences.joined(List.of("one"))).isEqualTo("one");
        assertThat(Sentences.joined(List.of("one", "two"))).isEqualTo("one; two");
        assertThat(Sentences.joined(List.of("run: GRANT a TO b;", "run: GRANT c TO d;")))
                .isEqualTo("run: GRANT a TO b; run: GRANT c TO d;");
    }
}
