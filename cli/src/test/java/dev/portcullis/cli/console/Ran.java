package dev.portcullis.cli.console;

import dev.portcullis.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** What a command came to. */
public record Ran(int code, String out, String err) {
    /** In a moment of November 2026. */
    public static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    public static Ran portcullis(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(
                new Console(new PrintWriter(out), new PrintWriter(err), false, Clock.fixed(NOW, ZoneOffset.UTC)), args);
        return new Ran(code, out.toString(), err.toString());
    }
}
