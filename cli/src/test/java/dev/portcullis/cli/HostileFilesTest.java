package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are no manifests as they should be: each command that reads files says so with file and line, and never with a stack trace. */
class HostileFilesTest {
    private static final List<List<String>> COMMANDS =
            List.of(List.of("plan", "BEFORE"), List.of("export"), List.of("test"), List.of("import", "-n", "x"));

    @TempDir
    private Path folder;

    /** What a file has, and its line that is wrong. */
    enum Hostile {
        NOT_CLOSED("a: 1\nb: [", 2),
        TWICE("a: A\nspec: {}\na: B\n", 3),
        DEEP("[".repeat(20_000), 1),
        DEEP_IN_WORDS(deepInWords(), 65),
        HOLDS_ITSELF("a: &a [*a]", 1),
        BILLIONS(billions(), 1),
        MANY_ANCHORS("a: &a {b: c}\n" + "x: [" + "*a, ".repeat(100_001) + "]", 1),
        STRANGE_TAG("a: !!javax.script.ScriptEngineManager x", 1),
        MERGED("a: &a {b: c}\nd: {<<: *a, <<: *a}", 2),
        TAB("a:\n\tb: c", 2),
        NO_SUCH_ANCHOR("a: 1\nb: *c", 2),
        KEY_THAT_IS_NONE("a: 1\n? [b]\n: c\n", 2),
        FIVE_MILLION_LETTERS_AND_NO_END("a: \"" + "x".repeat(5_000_000), 1);

        private final String text;
        private final int line;

        Hostile(String text, int line) {
            this.text = text;
            this.line = line;
        }

        private static String deepInWords() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                text.append(" ".repeat(i)).append("a:\n");
            }
            return text.toString();
        }

        private static String billions() {
            StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
            for (int i = 1; i < 12; i++) {
                text.append("a%d: &a%d [%s]%n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
            }
            return text.toString();
        }
    }

    /** Every command reads files in the same way, so each is tried with one of them, and one with all. */
    static Stream<Arguments> all() {
        return Stream.concat(
                COMMANDS.stream().map(command -> Arguments.of(Hostile.NOT_CLOSED, command)),
                Stream.of(Hostile.values()).map(hostile -> Arguments.of(hostile, List.of("export"))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void isAFaultWithItsLine(Hostile hostile, List<String> command) throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), hostile.text);

        Ran ran = run(command, file);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out() + ran.err())
                .contains(file + ":" + hostile.line + ": ")
                .doesNotContain("\tat ", "Exception")
                .satisfies(text -> assertThat(text.length()).isLessThan(2_000));
    }

    static Stream<List<String>> commands() {
        return COMMANDS.stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isSaidWhereItMayNotBeReadOrIsNoText(List<String> command) throws IOException {
        Path file = Files.write(folder.resolve("x.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0});
        assertThat(run(command, file).err()).startsWith("portcullis: " + file + " is not written in UTF-8");

        Files.setPosixFilePermissions(file, Set.of());
        assumeFalse(Files.isReadable(file), "who may read everything sees nothing of it");
        assertThat(run(command, file).err()).startsWith("portcullis: you may not read " + file);
    }

    private Ran run(List<String> command, Path file) throws IOException {
        List<String> arguments = new ArrayList<>();
        for (String word : command) {
            arguments.add(
                    word.equals("BEFORE")
                            ? Files.createDirectories(folder.resolve(word.toLowerCase(Locale.ROOT)))
                                    .toString()
                            : word);
        }
        arguments.add(file.toString());
        return Ran.portcullis(arguments.toArray(String[]::new));
    }
}
