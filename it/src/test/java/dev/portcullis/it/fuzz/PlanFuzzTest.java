package dev.portcullis.it.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.cli.Main;
import dev.portcullis.cli.console.Console;
import dev.portcullis.local.Checkout;
import dev.portcullis.local.PortcullisManifests;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever is in the files of a pull request: {@code plan} ends soon, as its page says, without a word of its own insides, and types nothing to the terminal. */
class PlanFuzzTest {
    /** 200 with -Pfull, a tenth otherwise. */
    private static final int TRIES = Integer.getInteger("portcullis.random.tries", 100) / 5;

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);
    /** One of ten is planned to the end. */
    private static final int ENOUGH = 200;

    /** On a machine that does much else; hundreds of times what it takes. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static Path folder;
    private static List<ObjectNode> templates;

    @BeforeAll
    static void readSamples() throws IOException {
        folder = Files.createTempDirectory("plan-fuzz");
        Files.createDirectories(folder.resolve("before"));
        Files.createDirectories(folder.resolve("after"));
        List<ObjectNode> all = new ArrayList<>();
        for (String sample : List.of("quickstart", "votes")) {
            try (Stream<Path> files =
                    Files.list(Checkout.root().resolve("samples").resolve(sample))) {
                for (Path file : files.filter(name -> name.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    Files.copy(file, folder.resolve("before").resolve(sample + "-" + file.getFileName()));
                    PortcullisManifests.parse(Files.readString(file))
                            .forEach(document -> all.add(HostileManifests.MAPPER.valueToTree(document)));
                }
            }
        }
        templates = all.stream().filter(tree -> tree.path("spec").isObject()).toList();
        assertThat(templates).hasSizeGreaterThan(5);
    }

    @AfterAll
    static void clean() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((one, other) -> other.compareTo(one)).forEach(PlanFuzzTest::delete);
        }
    }

    @Test
    void endsAsItsPageSays() throws IOException {
        long seed =
                Optional.ofNullable(Long.getLong("portcullis.random.seed")).orElseGet(() -> new Random().nextLong());
        System.out.println("plans of hostile files: -Dportcullis.random.seed=" + seed);
        Random random = new Random(seed);
        int[] ends = new int[3];
        for (int i = 0; i < TRIES; i++) {
            ends[plan(random)]++;
        }
        System.out.println("ended with 0, 1 and 2: " + Arrays.toString(ends));
        if (TRIES >= ENOUGH) {
            assertThat(ends[0]).as("what is no more than odd is planned").isPositive();
        }
    }

    private static int plan(Random random) throws IOException {
        HostileManifests hostile = new HostileManifests(random, templates);
        List<String> documents = new ArrayList<>();
        for (ObjectNode template : templates) {
            if (random.nextInt(6) > 0) {
                documents.add(hostile.json(template));
            }
        }
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            ObjectNode next = hostile.next();
            if (random.nextBoolean() && next.path("metadata").isObject()) {
                ((ObjectNode) next.get("metadata")).put("name", "fuzz-" + i);
            }
            documents.add(hostile.json(next));
        }
        byte[] text = broken(random, documents.stream().collect(Collectors.joining("\n---\n")));
        Files.write(folder.resolve("after").resolve("all.yaml"), text);
        List<String> command = new ArrayList<>(List.of(
                "plan",
                folder.resolve("before").toString(),
                folder.resolve("after").toString()));
        if (random.nextBoolean()) {
            command.addAll(List.of("--sql"));
        }

        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        long start = System.nanoTime();
        int code = Main.run(
                new Console(new PrintWriter(out), new PrintWriter(err), false, NOW), command.toArray(String[]::new));
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        String said = out + "" + err;
        try {
            assertThat(took).isLessThan(LONGEST);
            if (!said.contains(" is not written in UTF-8: ")) {
                assertThat(code).as(head(said)).isIn(0, 2);
            }
            assertThat(said)
                    .as("whose fault it is")
                    .doesNotContain("fault of Portcullis", "\tat ", "Exception", "Error:");
            assertThat(said.codePoints()
                            .filter(c -> c != '\n' && Character.getType(c) == Character.CONTROL)
                            .mapToObj(Integer::toHexString)
                            .toList())
                    .as("what a terminal acts on")
                    .isEmpty();
        } catch (AssertionError e) {
            Path kept = Files.write(Files.createTempFile("plan-fuzz", ".yaml"), text);
            throw new AssertionError(kept + " after " + took + ": " + head(e.getMessage()), e);
        }
        return code;
    }

    /** Mostly as it is; otherwise as editors, merges and other encodings leave it. */
    private static byte[] broken(Random random, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(16)) {
            case 0 -> ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
            case 1 -> text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            case 2 -> text.substring(0, random.nextInt(text.length())).getBytes(StandardCharsets.UTF_8);
            case 3 -> {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                yield bytes;
            }
            case 4 -> text.getBytes(StandardCharsets.UTF_16);
            case 5 -> ("<<<<<<< HEAD\n" + text).getBytes(StandardCharsets.UTF_8);
            case 6 ->
                text.replaceFirst("\"spec\":", "\"spec\": &a \"b\", \"<<\":").getBytes(StandardCharsets.UTF_8);
            case 7 -> (text + "\n---\n" + HostileText.any(random)).getBytes(StandardCharsets.UTF_8);
            default -> bytes;
        };
    }

    private static String head(String text) {
        return text.substring(0, Math.min(text.length(), 3000));
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
