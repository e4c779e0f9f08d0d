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

    /** A file that was cut off: the parser looks for digits where there are none. */
    @ParameterizedTest
    @ValueSource(strings = {"\\u", "\\u12", "\\x", "\\U0010", "\\U00110000", "\\UFFFFFFFF", "\\"})
    void halfAnEscapeIsAFault(String escape) {
        List<Fault> faults = new ArrayList<>();

        YamlText.documents("a.yaml", "a: 1\nb: \"x" + escape, faults);

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.message()).startsWith("this is no YAML");
            assertThat(fault.line()).isEqualTo(2);
        });
        faults.clear();

        YamlText.documents("a.yaml", "a: 1\nb: \"x" + escape + "\"\n", faults);

        assertThat(faults)
                .singleElement()
                .satisfies(fault -> assertThat(fault.line()).isBetween(2, 3));
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

    /** Kubernetes puts in what they name, also apiVersion and kind: what this reader takes for somebody else's would be an agreement. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata:\n  annotations: &a {kind: Team}\n<<: *a\n",
                "metadata:\n  annotations: &a {kind: Team}\n\"<<\": *a\n",
                "metadata:\n  <<: {name: x}\nkind: Team\n"
            })
    void keysThatMergeAreAFault(String text) {
        List<Fault> faults = new ArrayList<>();

        assertThat(YamlText.documents("a.yaml", text, faults)).isEmpty();
        assertThat(faults).singleElement().extracting(Fault::message).asString().contains("<<");
    }

    /** Kubernetes splits a file into documents before it reads them, at lines of three dashes alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\n--- {b: 2}\n",
                "a: 1\n--- |\n  b\n",
                "a: 1\n---b: 2\n",
                "a: 1\n...\nb: 2\n",
                "a: 1\n... # end\n"
            })
    void documentsThatSomeReadInOneAreAFault(String text) {
        List<Fault> faults = new ArrayList<>();

        assertThat(YamlText.documents("a.yaml", text, faults)).isEmpty();
        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(2);
            assertThat(fault.message()).contains("---");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: Team\nmetadata:\n  name: {{ .Values.team }}\n",
                "kind: Team\n\n{{- if .Values.team }}\nmetadata: {name: a}\n{{- end }}\n",
                "kind: Team\nmetadata:\n  labels: {{- include \"labels\" . | nindent 4 }}\n",
                "kind: Team\nspec:\n  namespaces: [a, {% for n in names %}]\n"
            })
    void aTemplateIsToldFromAManifest(String text) {
        List<Fault> faults = new ArrayList<>();

        YamlText.documents("a.yaml", text, faults);

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(3);
            assertThat(fault.message()).startsWith("this is a template, and no manifest yet");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\na: 1\n--- \nb: 2",
                "a: 1\n--- # note\nb: 2\n",
                "a: |\n  ---x\n  ...\n---\n--x: ---y\n",
                "---\r\na: 1\r\n---\r\nb: 2"
            })
    void documentsAreSplitByDashes(String text) {
        List<Fault> faults = new ArrayList<>();

        assertThat(YamlText.documents("a.yaml", text, faults)).hasSize(2);
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: \"{{ x }}\"\nb: [", "# {{ x }}\nb: [", "a: 1\nb: ["})
    void bracesThatAreTextMakeNoTemplate(String text) {
        List<Fault> faults = new ArrayList<>();

        YamlText.documents("a.yaml", text, faults);

        assertThat(faults).singleElement().extracting(Fault::message).asString().startsWith("this is no YAML");
    }

    @Test
    void aFileMayBeginWithAByteOrderMark() {
        List<Fault> faults = new ArrayList<>();

        assertThat(YamlText.documents("a.yaml", "\ufeffa: 1\n", faults))
                .singleElement()
                .satisfies(document -> assertThat(document.at("/a").asInt()).isEqualTo(1));
        assertThat(faults).isEmpty();
    }
}
