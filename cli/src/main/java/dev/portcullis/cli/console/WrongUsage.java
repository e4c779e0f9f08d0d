package dev.portcullis.cli.console;

import dev.portcullis.engine.review.Printable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a command that is not written as it has to be with one line: what is wrong, what may have been meant, and where all of it is told. */
public final class WrongUsage implements IParameterExceptionHandler {
    private final Console console;

    public WrongUsage(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        if (args.length == 0) {
            // whoever says nothing does not know the commands yet
            command.usage(console.err(), command.getColorScheme());
            return Exit.USAGE.code();
        }
        String name = command.getCommandSpec().qualifiedName();
        String what = message(failure, command);
        console.err()
                .println(name + ": " + Printable.line(what) + (what.endsWith("?") ? "" : ".") + " See " + name
                        + " --help");
        return Exit.USAGE.code();
    }

    private static String message(ParameterException failure, CommandLine command) {
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            if (unmatched.isUnknownOption()) {
                String option = word.startsWith("--") ? word.replaceFirst("=.*", "") : word;
                List<String> options =
                        new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
                options.removeIf(known -> known.startsWith("--") != option.startsWith("--"));
                return "there is no option " + option + Nearest.question(option, options);
            }
            return command.getSubcommands().isEmpty() ? word + " is one argument too many" : noCommand(word, command);
        }
        return String.valueOf(failure.getMessage()).strip().replaceFirst("\\.$", "");
    }

    /** For a word that stands where a command has to. */
    static String noCommand(String word, CommandLine command) {
        return "there is no command " + word
                + Nearest.question(word, command.getSubcommands().keySet());
    }
}
