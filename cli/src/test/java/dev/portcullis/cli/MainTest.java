package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the same for all commands: help, what a slip of the pen is answered with, and numbers. */
class MainTest {
    private static final String ALL = "plan,review,test,export,import,adopt";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plan --fail a b | portcullis plan: there is no option --fail: did you mean --fail-on? See portcullis plan --help",
                "plan a b --outptu=json | portcullis plan: there is no option --outptu: did you mean --output? See portcullis plan --help",
                "plan a b --xyzzy | portcullis plan: there is no option --xyzzy. See portcullis plan --help",
                "export a b | portcullis export: b is one argument too many. See portcullis export --help",
                "import --xyzzy -n a b | portcullis import: there is no option --xyzzy. See portcullis import --help",
                "paln a b | portcullis: there is no command paln: did you mean plan? See portcullis --help",
                "help paln | portcullis: there is no command paln: did you mean plan? See portcullis --help",
                "plan a b -o html | portcullis plan: Invalid value for option '--output': expected one of [text, markdown, json, junit] (case-insensitive) but was 'html'. See portcullis plan --help",
                "plan | portcullis plan: Missing required parameter: 'FOLDER'. See portcullis plan --help",
                "import x | portcullis import: Missing required option: '--namespace=NAMESPACE'. See portcullis import --help"
            })
    void aSlipOfThePenIsAnsweredInOneLine(String command, String answer) {
        Ran ran = Ran.portcullis(command.split(" "));

        assertThat(ran.err().lines()).containsExactly(answer);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(64);
    }

    @Test
    void whoSaysNothingIsShownTheCommands() {
        Ran ran = Ran.portcullis();

        assertThat(ran.err()).contains("Commands:", "Tells what merging a change would do");
        assertThat(ran.code()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "review", "test", "export", "import", "adopt"})
    void everyCommandHasHelpInEachOfTheUsualWays(String command) {
        Ran help = Ran.portcullis(command, "--help");

        assertThat(help.out()).startsWith("Usage: portcullis " + command).contains("Ends with 0");
        assertThat(help.code()).isZero();
        assertThat(Ran.portcullis("help", command)).isEqualTo(help);
    }

    @Test
    void helpAndVersionAreNoErrors() {
        Ran help = Ran.portcullis("--help");

        assertThat(help.out()).contains(ALL.split(","));
        assertThat(help.code()).isZero();
        assertThat(Ran.portcullis("help")).isEqualTo(help);
        Ran version = Ran.portcullis("--version");
        assertThat(version.out()).startsWith("portcullis ");
        assertThat(version.code()).isZero();
    }

    @Test
    void aShellCompletesCommandsAndOptions() {
        Ran ran = Ran.portcullis("generate-completion");

        assertThat(ran.out())
                .startsWith("#!/usr/bin/env bash")
                .contains("--fail-on")
                .contains(ALL.split(","));
        assertThat(ran.code()).isZero();
    }
}
