package dev.portcullis.it.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.local.Await;
import dev.portcullis.local.GrantControllerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample grant controller against hostile AccessGrants, with a kubectl that answers from a file and keeps what it was asked to write. */
class SampleControllerTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path dir;

    private GrantControllerProcess controller;

    @BeforeEach
    void start() throws IOException {
        Path kubectl = dir.resolve("kubectl");
        Files.writeString(kubectl, """
                #!/bin/sh
                case "$2" in
                get) cat "$HOME/grants.json" ;;
                *) case "$*" in *conflict*) echo conflict >&2; exit 1 ;; esac
                   echo "$*" >> "$HOME/answers" ;;
                esac
                """);
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
        controller = new GrantControllerProcess(dir, dir.resolve("none"), "events", dir);
    }

    @AfterEach
    void end() {
        controller.close();
    }

    /** A principal called "quinn *" is not quinn with everything, and a part called "a b" is not two. */
    @Test
    void noNameReadsAsMoreThanItself() throws IOException {
        given(
                grant("a", "quinn *", "{\"name\": \"topics/orders\", \"parts\": [\"order_id at\", \"sku\"]}"),
                grant("b", "taylor", "{\"name\": \"topics/orders\"}"));

        awaitAnswer("a", "Granted");

        assertThat(controller.allowed("topics/orders")).containsExactly("quinn%20%2A order_id%20at sku", "taylor *");
    }

    /** A file cannot have that name: whoever offers such an object must not end the controller for all. */
    @Test
    void anObjectThatCannotBeThereIsRefusedAndStopsNobodyElse() throws IOException {
        given(
                grant("a", "quinn", "{\"name\": \"topics/" + "\u00fc".repeat(200) + "\"}"),
                grant("b", "taylor", "{\"name\": \"topics/orders\"}"));

        awaitAnswer("b", "Granted");

        awaitAnswer("a", "Refused");
        assertThat(controller.allowed("topics/orders")).containsExactly("taylor *");
    }

    @Test
    void anAnswerThatIsNotTakenStopsNoOther() throws IOException {
        given(
                grant("conflict", "quinn", "{\"name\": \"topics/orders\"}"),
                grant("b", "taylor", "{\"name\": \"topics/orders\"}"));

        awaitAnswer("b", "Granted");
    }

    private void given(String... grants) throws IOException {
        Files.writeString(
                dir.resolve("grants.json"), Stream.of(grants).collect(Collectors.joining(",", "{\"items\": [", "]}")));
        controller.start();
    }

    private static String grant(String name, String principal, String object) {
        return """
                {"metadata": {"namespace": "streaming", "name": "%s", "generation": 1, "resourceVersion": "1"},
                 "spec": {"platform": "events", "principal": "%s", "objects": [%s]}}""".formatted(name, principal, object);
    }

    private void awaitAnswer(String name, String state) {
        Await.until(
                SOON,
                name + " " + state,
                () -> answers().stream()
                        .anyMatch(line -> line.contains("accessgrant " + name + " ")
                                && line.contains("\"state\": \"" + state + "\"")));
    }

    private List<String> answers() {
        try {
            Path answers = dir.resolve("answers");
            return Files.exists(answers) ? Files.readAllLines(answers) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
