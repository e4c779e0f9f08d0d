package dev.portcullis.cli.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
    private static final Path SAMPLES = Path.of(System.getProperty("portcullis.root"), "samples", "policies");

    @TempDir
    private Path folder;

    @Test
    void runsTheCasesOfAFolderThatHasPoliciesAsWell() {
        Ran ran = Ran.portcullis("test", SAMPLES.toString());

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("ok   Somebody abroad is told").contains("24 cases in 3 files, 0 failed");
    }

    @Test
    void saysWhichRuleDecidesNoCase() {
        Ran ran = Ran.portcullis("test", "--every-rule", SAMPLES.toString());

        assertThat(ran.out()).contains("no case is decided by: countries/at-home");
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void failsWithACaseAndNamesItsLine() throws IOException {
        Path file = altered(
                "expect: {decision: rejected, rule: countries/abroad",
                "expect: {decision: approved, rule: countries/abroad");

        Ran ran = Ran.portcullis("test", file.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("FAIL Somebody abroad is told what to ask for instead (" + file + ":")
                .contains("decision: expected approved, was rejected");
    }

    @Test
    void aFileThatIsNotWrittenAsCasesIsInvalid() throws IOException {
        Path file = altered("cases:", "kases:");

        Ran ran = Ran.portcullis("test", file.toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).contains(file + ":").contains("there is no field kases");
    }

    @Test
    void aFolderWithoutCasesIsNoSuccess() {
        Ran ran = Ran.portcullis("test", folder.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("there are no cases in");
    }

    @Test
    void aCommandThatIsNotWrittenAsItHasToBeEndsWithANumberOfItsOwn() {
        assertThat(Ran.portcullis("test").code()).isEqualTo(64);
        assertThat(Ran.portcullis("tset", "x").code()).isEqualTo(64);
        assertThat(Ran.portcullis("test", "--no-such-option", "x").code()).isEqualTo(64);
    }

    private Path altered(String from, String to) throws IOException {
        String text = Files.readString(SAMPLES.resolve("cases/countries.yaml"));
        assertThat(text).contains(from);
        Path cases = Files.createDirectories(folder.resolve("cases"));
        Files.copy(SAMPLES.resolve("20-countries.yaml"), folder.resolve("20-countries.yaml"));
        return Files.writeString(cases.resolve("countries.yaml"), text.replace(from, to));
    }
}
