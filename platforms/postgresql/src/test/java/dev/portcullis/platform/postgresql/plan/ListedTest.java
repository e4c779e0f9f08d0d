package dev.portcullis.platform.postgresql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListedTest {
    @Test
    void theFirstFew() {
        assertThat(Listed.of(List.of("a", "b", "c", "d", "e", "f", "g"))).isEqualTo("a, b, c, d, e and 2 more");
    }

    @Test
    void sentencesThatEndWithSqlAreSeparatedOnce() {
        assertThat(Listed.of(List.of("run: GRANT a TO b;", "run: GRANT c TO d;", "ask"), "; "))
                .isEqualTo("run: GRANT a TO b; run: GRANT c TO d; ask");
    }
}
