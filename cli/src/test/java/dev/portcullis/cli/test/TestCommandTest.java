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
    void everyRuleOfTheSamplesHasACase() {
        Ran ran = Ran.portcullis("test", "--every-rule", SAMPLES.toString());

        assertThat(ran.out()).doesNotContain("no case is decided by");
        assertThat(ran.code()).isZero();
    }

    @Test
    void saysWhichRuleDecidesNoCase() throws IOException {
        Path file = altered("cases:", "cases:");
        Path policy = folder.resolve("20-countries.yaml");
        Files.writeString(policy, Files.readString(policy) + "  - {name: never, when: \"false\", approve: true}\n");

        Ran ran = Ran.portcullis("test", "--every-rule", file.toString());

        assertThat(ran.out()).contains("no case is decided by: countries/never");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(Ran.portcullis("test", file.toString()).code()).isZero();
    }

    /** Cases that were run beside it would look as if all had been. */
    @Test
    void whereAnythingIsWrongNoCaseIsRun() throws IOException {
        Path file = altered("rule: countries/abroad, reason", "rule: countries/abroda, reason");

        Ran ran = Ran.portcullis("test", "--every-rule", file.toString());

        assertThat(ran.out().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains(":").contains("there is no rule countries/abroda"))
                .contains("no case was run: 1 fault in 1 file of cases");
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void aFaultOfAPolicyIsSaidOnceHoweverManyFilesNameIt() throws IOException {
        Path file = altered("cases:", "cases:");
        Files.copy(file, file.resolveSibling("again.yaml"));
        Files.writeString(folder.resolve("20-countries.yaml"), "kind: [");

        Ran ran = Ran.portcullis("test", folder.toString());

        assertThat(ran.out().lines().filter(line -> line.contains("this is no YAML")))
                .hasSize(1);
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

    /** Whoever proposes a change could have read what lies on the machine that checks it. */
    @Test
    void nothingIsReadThatIsNotInTheRepository() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "hunter2 is the password");
        Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("linked")).resolve("x.yaml"), secret);
        Path named = Files.createDirectories(folder.resolve("named"));
        Files.writeString(named.resolve("x.yaml"), "policies: [../secret]\ncases: [{name: a}]\n");
        Files.copy(secret, Files.createDirectories(folder.resolve("copied")).resolve("x.yaml"));

        for (String place : new String[] {"linked", "named", "copied"}) {
            Ran ran = Ran.portcullis("test", folder.resolve(place).toString());

            assertThat(ran.code()).isPositive();
            assertThat(ran.out() + ran.err()).contains("x.yaml").doesNotContain("hunter2", "dev.portcullis");
        }
    }

    private Path altered(String from, String to) throws IOException {
        String text = Files.readString(SAMPLES.resolve("cases/countries.yaml"));
        assertThat(text).contains(from);
        Path cases = Files.createDirectories(folder.resolve("cases"));
        Files.copy(SAMPLES.resolve("20-countries.yaml"), folder.resolve("20-countries.yaml"));
        return Files.writeString(cases.resolve("countries.yaml"), text.replace(from, to));
    }
}
