package dev.portcullis.cli;

import dev.portcullis.cli.adopt.AdoptCommand;
import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.console.Console;
import dev.portcullis.cli.console.Exit;
import dev.portcullis.cli.console.HelpCommand;
import dev.portcullis.cli.console.Sink;
import dev.portcullis.cli.console.Terminal;
import dev.portcullis.cli.console.WrongUsage;
import dev.portcullis.cli.exports.ExportCommand;
import dev.portcullis.cli.imports.ImportCommand;
import dev.portcullis.cli.plan.PlanCommand;
import dev.portcullis.cli.review.ReviewCommand;
import dev.portcullis.cli.test.TestCommand;
import dev.portcullis.engine.review.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code portcullis}. */
@Command(
        name = "portcullis",
        description = "Tells what Portcullis would do, and helps those who decide.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Commands end with 0 when all is well, 1 when it could not be done, 2 when something that was read is invalid, 64 when the command is not written as it has to be; see docs/command-line.md."
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // not the platform's encoding: what is written is read by other programs
        Sink sink = new Sink(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = writer(sink);
        PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
        int code = run(new Console(out, err, Terminal.isColourful(System.getenv()), Clock.systemUTC()), args);
        out.flush();
        Optional<String> lost = sink.lost();
        lost.ifPresent(why -> err.println("portcullis: what was asked for could not be written: " + why));
        err.flush();
        System.exit(lost.isPresent() ? Exit.FAILED.code() : code);
    }

    /** What the process ends with. */
    public static int run(Console console, String... args) {
        CommandLine commands = new CommandLine(new Main())
                .addSubcommand(new PlanCommand(console))
                .addSubcommand(new ReviewCommand(console))
                .addSubcommand(new TestCommand(console))
                .addSubcommand(new ExportCommand(console))
                .addSubcommand(new ImportCommand(console))
                .addSubcommand(new AdoptCommand(console, System.getenv()))
                .addSubcommand(new HelpCommand(console))
                .addSubcommand(new AutoComplete.GenerateCompletion())
                .setOut(console.out())
                .setErr(console.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        console.terminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new WrongUsage(console))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(console, failure));
        try {
            return commands.execute(args);
        } catch (StackOverflowError | OutOfMemoryError e) {
            return failed(console, e);
        }
    }

    private static int failed(Console console, Throwable failure) {
        if (failure instanceof CannotBeDone told) {
            console.err().println("portcullis: " + Printable.line(String.valueOf(told.getMessage())));
            return told.exit().code();
        }
        console.err()
                .println("portcullis: this is a fault of Portcullis, and not yours: "
                        + Printable.line(failure.toString())
                        + "; report it with what PORTCULLIS_JAVA_OPTS=-Dportcullis.trace=true shows besides");
        if (Boolean.getBoolean("portcullis.trace")) {
            failure.printStackTrace(console.err());
        }
        return Exit.FAILED.code();
    }

    private static PrintWriter writer(OutputStream to) {
        return new PrintWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8), false);
    }

    /** As the jar was built. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "portcullis "
                        + Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                                .orElse("of a build without a version")
            };
        }
    }
}
