package dev.portcullis.cli;

import dev.portcullis.cli.adopt.AdoptCommand;
import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.console.Console;
import dev.portcullis.cli.console.Exit;
import dev.portcullis.cli.exports.ExportCommand;
import dev.portcullis.cli.imports.ImportCommand;
import dev.portcullis.cli.plan.PlanCommand;
import dev.portcullis.cli.review.ReviewCommand;
import dev.portcullis.cli.test.TestCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code portcullis}. */
@Command(
        name = "portcullis",
        description = "Tells what Portcullis would do, and helps those who decide.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // not the platform's encoding: what is written is read by other programs
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        int code = run(new Console(out, err, Boolean.getBoolean("portcullis.terminal"), Clock.systemUTC()), args);
        out.flush();
        err.flush();
        System.exit(code);
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
                .setOut(console.out())
                .setErr(console.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        console.terminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(console, failure));
        forEach(commands, one -> one.getCommandSpec().exitCodeOnInvalidInput(Exit.USAGE.code()));
        return commands.execute(args);
    }

    private static void forEach(CommandLine command, Consumer<CommandLine> what) {
        what.accept(command);
        command.getSubcommands().values().forEach(sub -> forEach(sub, what));
    }

    private static int failed(Console console, Exception failure) throws Exception {
        if (failure instanceof CannotBeDone) {
            console.err().println("portcullis: " + failure.getMessage());
            return Exit.FAILED.code();
        }
        throw failure;
    }

    private static PrintWriter writer(FileDescriptor to) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(to), StandardCharsets.UTF_8), false);
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
