package dev.portcullis.cli.test;

import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.console.Console;
import dev.portcullis.cli.console.Exit;
import dev.portcullis.cli.engine.EngineParts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs policy cases. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Runs the policy cases in folders: what becomes of a request in a small world of manifests.",
        footer = {
            "",
            "Ends with 0 when all cases pass, 1 when one fails or there are none, 2 when a file is not written as cases are; then none is run."
        })
public final class TestCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "1..*",
            paramLabel = "FOLDER",
            description =
                    "Folders with files of cases, at any depth, or such files. Files of manifests are passed over.")
    private List<Path> places = List.of();

    @Option(
            names = "--every-rule",
            description =
                    "Fail as well where a rule of a policy that the cases name decides none of them, and limits none.")
    private boolean everyRule;

    public TestCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        EngineParts parts = EngineParts.ofTheOperator();
        TestRun run = TestRun.of(places, parts);
        if (run.isEmpty()) {
            throw new CannotBeDone(
                    "there are no cases in "
                            + String.join(
                                    ", ", places.stream().map(Path::toString).toList())
                            + ": a file of cases is YAML with a list under cases, as docs/policy-tests.md tells; name the folder where they are");
        }
        new TestReport(Path.of("").toAbsolutePath(), console.out()).print(run);
        return exit(run).code();
    }

    private Exit exit(TestRun run) {
        if (!run.faults().isEmpty()) {
            return Exit.INVALID;
        }
        boolean failed = run.failures() > 0 || (everyRule && !run.unusedRules().isEmpty());
        return failed ? Exit.FAILED : Exit.OK;
    }
}
