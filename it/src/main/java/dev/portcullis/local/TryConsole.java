package dev.portcullis.local;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;

/** What {@code ./try} says. Colours only on a terminal. */
final class TryConsole {
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // the script knows whether this is a terminal; Java has no lasting way to ask
    private final boolean colours = Boolean.getBoolean("portcullis.terminal")
            && System.getenv("NO_COLOR") == null
            && !"dumb".equals(System.getenv("TERM"));
    private int step;
    private int checks;

    /** A new step of the story. */
    void step(String title) {
        step++;
        out.println();
        out.println(bold(step + ". " + title));
    }

    void text(String text) {
        text.lines().forEach(line -> out.println(line.isEmpty() ? "" : "   " + line));
    }

    /** What is typed. */
    void command(String who, String command) {
        out.println("   " + dim(who + "$ ") + bold(command));
    }

    /** What came back. */
    void output(String output) {
        output.lines().forEach(line -> out.println("     " + dim(line)));
    }

    /** Something that had to be so, and is. */
    void passed(String what) {
        checks++;
        out.println("   " + colour("32", "ok") + "  " + what);
    }

    /** Something that has to be so: told when it is, and the end of the story when it is not. */
    void expect(String what, String wanted, String seen, Predicate<String> test) {
        if (!test.test(seen)) {
            throw new StepFailed("expected: " + what + " (" + wanted + ")\nseen: " + seen);
        }
        passed(what);
    }

    void failed(String what) {
        out.println("   " + colour("31", "FAILED") + "  " + what);
    }

    /** Without indentation. */
    void line(String line) {
        out.println(line);
    }

    int checks() {
        return checks;
    }

    String bold(String text) {
        return colour("1", text);
    }

    private String dim(String text) {
        return colour("2", text);
    }

    private String colour(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }
}
