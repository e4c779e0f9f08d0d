package dev.portcullis.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.policy.FactPath.Of;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parts of the facts by which answers are kept. */
class FactPathTest {
    private static final Map<String, Object> FACTS = Map.of(
            "port",
            Map.of("name", "orders", "contract", Map.of("id", "c1")),
            "now",
            7L,
            "people",
            List.of(Map.of("user", "ann", "attributes", Map.of("country", "DE")), Map.of("user", "ben")));

    private static Object at(String variable, Of of, String... fields) {
        return new FactPath(variable, of, List.of(fields)).in(FACTS);
    }

    @Test
    void theVariableOrWhatIsInside() {
        assertThat(at("now", Of.ITSELF)).isEqualTo(7L);
        assertThat(at("port", Of.ITSELF, "name")).isEqualTo("orders");
        assertThat(at("port", Of.ITSELF, "contract", "id")).isEqualTo("c1");
        assertThat(at("port", Of.ITSELF, "contract")).isEqualTo(Map.of("id", "c1"));
    }

    @Test
    void whatIsNotThereIsNotNothing() {
        assertThat(at("product", Of.ITSELF)).isSameAs(FactPath.ABSENT);
        assertThat(at("product", Of.EACH, "user")).isSameAs(FactPath.ABSENT);
        assertThat(at("product", Of.COUNT)).isSameAs(FactPath.ABSENT);
        assertThat(at("port", Of.ITSELF, "description")).isSameAs(FactPath.ABSENT);
        assertThat(at("port", Of.ITSELF, "contract", "version")).isSameAs(FactPath.ABSENT);
    }

    @Test
    void theSameOfEachElement() {
        assertThat(at("people", Of.EACH, "user")).isEqualTo(List.of("ann", "ben"));
        assertThat(at("people", Of.EACH, "attributes", "country")).isEqualTo(List.of("DE", FactPath.ABSENT));
        assertThat(at("people", Of.EACH)).isEqualTo(FACTS.get("people"));
        assertThat(at("people", Of.COUNT)).isEqualTo(2);
        assertThat(at("people", Of.ITSELF)).isEqualTo(FACTS.get("people"));
    }

    @Test
    void whatIsNoListIsTakenAsItIs() {
        assertThat(at("port", Of.EACH, "name")).isEqualTo("orders");
        assertThat(at("now", Of.COUNT)).isEqualTo(7L);
        assertThat(at("now", Of.ITSELF, "year")).isEqualTo(7L);
    }

    @Test
    void longListsAreTooLong() {
        Map<String, Object> facts = Map.of(
                "sixteen",
                Collections.nCopies(16, Map.of("user", "ann")),
                "seventeen",
                Collections.nCopies(17, Map.of("user", "ann")),
                "port",
                Map.of("tags", Collections.nCopies(17, "gold"), "words", Collections.nCopies(16, "gold")));

        for (Of of : Of.values()) {
            assertThat(new FactPath("sixteen", of, List.of()).in(facts)).isNotSameAs(FactPath.TOO_LONG);
            assertThat(new FactPath("seventeen", of, List.of("user")).in(facts)).isSameAs(FactPath.TOO_LONG);
        }
        assertThat(new FactPath("port", Of.ITSELF, List.of("tags")).in(facts)).isSameAs(FactPath.TOO_LONG);
        assertThat(new FactPath("port", Of.ITSELF, List.of("words")).in(facts))
                .isEqualTo(Collections.nCopies(16, "gold"));
    }

    @Test
    void equalPathsAreEqualAndNoOthers() {
        List<FactPath> all = Arrays.asList(
                new FactPath("port", Of.ITSELF, List.of("name")),
                new FactPath("product", Of.ITSELF, List.of("name")),
                new FactPath("port", Of.EACH, List.of("name")),
                new FactPath("port", Of.COUNT, List.of("name")),
                new FactPath("port", Of.ITSELF, List.of("title")),
                new FactPath("port", Of.ITSELF, List.of()),
                new FactPath("port", Of.ITSELF, List.of("name", "name")));

        assertThat(all).doesNotHaveDuplicates();
        FactPath same = new FactPath("port", Of.ITSELF, List.of("name"));
        assertThat(same).isEqualTo(all.get(0)).hasSameHashCodeAs(all.get(0)).isNotEqualTo("port.name");
        assertThat(all).extracting(FactPath::hashCode).doesNotHaveDuplicates();
        assertThat(new FactSet(List.of(same)))
                .isEqualTo(new FactSet(all.subList(0, 1)))
                .isNotEqualTo(new FactSet(all));
    }
}
