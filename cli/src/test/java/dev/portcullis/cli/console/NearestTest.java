package dev.portcullis.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> WORDS = List.of("title", "status", "containsPii", "id", "info", "outputPorts");

    @ParameterizedTest
    @CsvSource({
        "titel, title",
        "Title, title",
        "contansPii, containsPii",
        "containspii, containsPii",
        "output, outputPorts",
        "outputports, outputPorts",
        "statuss, status",
        "tatus, status",
        "di, ",
        "x, ",
        "archetype, ",
        "infinity, ",
        "'', "
    })
    void isMeantWhereOneOrTwoLettersAreWrong(String word, String meant) {
        assertThat(Nearest.to(word, WORDS).orElse(null)).isEqualTo(meant);
    }
}
