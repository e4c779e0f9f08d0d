package dev.portcullis.cli.console;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis help COMMAND} is {@code portcullis COMMAND --help}. */
@Command(name = "help", description = "Shows how a command is written.", helpCommand = true)
public final class HelpCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command; absent: all there are.")
    private @Nullable String name;

    public HelpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine all = Objects.requireNonNull(spec).parent().commandLine();
        CommandLine asked = name == null ? all : all.getSubcommands().get(name);
        if (asked == null) {
            throw new ParameterException(all, WrongUsage.noCommand(String.valueOf(name), all));
        }
        asked.usage(console.out(), all.getColorScheme());
        return Exit.OK.code();
    }
}
