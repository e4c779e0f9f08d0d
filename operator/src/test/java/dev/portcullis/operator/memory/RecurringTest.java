package dev.portcullis.operator.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecurringTest {
    private final Recurring<List<String>> lists = new Recurring<>(8);

    @Test
    void theFirstOfEqualValuesIsGivenForAllOfThem() {
        List<String> first = new ArrayList<>(List.of("a"));

        assertThat(lists.same(first)).isSameAs(first);
        assertThat(lists.same(new ArrayList<>(List.of("a")))).isSameAs(first);
    }

    @Test
    void whateverIsForgottenMeanwhileWhatIsGivenIsEqual() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 100; i++) {
                List<String> one = List.of("value " + i);
                assertThat(lists.same(one)).isEqualTo(one);
            }
        }
    }

    @Test
    void valuesThatDifferInTheUpperHalfOfTheirHashesOnlyHavePlacesOfTheirOwn() {
        Recurring<Integer> numbers = new Recurring<>(8);
        Integer one = Integer.valueOf(1 << 16);
        Integer other = Integer.valueOf(2 << 16);
        numbers.same(one);
        numbers.same(other);

        assertThat(numbers.same(Integer.valueOf(1 << 16))).isSameAs(one);
        assertThat(numbers.same(Integer.valueOf(2 << 16))).isSameAs(other);
    }

    @Test
    void itsSizeIsAPowerOfTwo() {
        assertThatThrownBy(() -> new Recurring<String>(12))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("12 is no power of two");
    }
}
