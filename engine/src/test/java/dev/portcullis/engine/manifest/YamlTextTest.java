package dev.portcullis.engine.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
    private static final String SMILE = "\ud83d\ude00";

    /** A reader that takes a text in pieces may cut such a character in two. */
    @Test
    void charactersOfTwoHalvesMayBeAnywhere() {
        for (int before = 1000; before < 1050; before++) {
            String value = "x".repeat(before) + SMILE;
            List<Fault> faults = new ArrayList<>();

            List<YamlDocument> documents = YamlText.documents("a.yaml", "a: " + value + "\nb: 7\n", faults);

            assertThat(faults).isEmpty();
            assertThat(documents).singleElement().satisfies(document -> {
                assertThat(document.at("/a").asText()).isEqualTo(value);
                assertThat(document.line("/b")).isEqualTo(2);
            });
        }
    }

    @Test
    void halfACharacterIsAFault() {
        List<Fault> faults = new ArrayList<>();

        YamlText.documents("a.yaml", "a: x\ud83d", faults);

        assertThat(faults).singleElement().extracting(Fault::message).asString().startsWith("this is no YAML");
    }

    /** YAML 1.1, as Kubernetes reads it, ends a line there: what this reader takes for a comment would be a field. */
    @ParameterizedTest
    @ValueSource(ints = {0x85, 0x2028, 0x2029, '\r'})
    void whatEndsALineForSomeIsAFault(int breaking) {
        List<Fault> faults = new ArrayList<>();

        YamlText.documents("a.yaml", "spec:\n  # note" + (char) breaking + "  autoApprove: true\n", faults);

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(2);
            assertThat(fault.message()).contains("U+%04X".formatted(breaking));
        });
    }

    @Test
    void linesMayEndAsOnWindows() {
        List<Fault> faults = new ArrayList<>();

        assertThat(YamlText.documents("a.yaml", "a: 1\r\nb: 2\r\n", faults)).hasSize(1);
        assertThat(faults).isEmpty();
    }
}
