package dev.portcullis.cli.plan;

import dev.portcullis.cli.console.Console;
import dev.portcullis.cli.console.Exit;
import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.cli.manifests.FixedFields;
import dev.portcullis.cli.manifests.FolderSource;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.manifests.ManifestsReader;
import dev.portcullis.cli.report.PlanResult;
import dev.portcullis.cli.report.TextReport;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what merging a change would do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what merging a change would do: which agreements would be approved by which rule or wait for whom, and who would get or lose which access.",
            "Needs no cluster."
        },
        footer = {
            "",
            "Ends with 0; with 2 when something is invalid, 3 when --fail-on names something that was found, 1 when it could not be done, 64 when the command is not written as it has to be."
        })
public final class PlanCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "1..2",
            paramLabel = "FOLDER",
            description = "BEFORE and AFTER: the manifests that are there, and those that are to be.")
    private List<Path> folders = List.of();

    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "Who applies the change: the requester and the decider where manifests do not say.")
    private @Nullable String user;

    @Option(
            names = "--now",
            paramLabel = "INSTANT",
            description = "The moment, like 2026-12-01T08:00:00Z. Default: now.")
    private @Nullable Instant now;

    @Option(names = "--sql", description = "Show the statements as well.")
    private boolean sql;

    @Option(
            names = "--fail-on",
            split = ",",
            paramLabel = "WHAT",
            description = "End with 3 when there is one of: ${COMPLETION-CANDIDATES}.")
    private List<PlanResult.Trigger> triggers = List.of();

    public PlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (folders.size() != 2) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "name two folders, BEFORE and AFTER");
        }
        EngineParts parts = EngineParts.ofTheOperator();
        ManifestsReader reader = new ManifestsReader(new PolicyManifestCheck(parts.expressions()));
        Manifests before = reader.read(new FolderSource(folders.get(0)));
        Manifests after = reader.read(new FolderSource(folders.get(1)));
        Instant moment = now == null ? console.clock().instant() : now;
        PlanResult plan = new PlanMaker(parts, ShippedRoles.all(), List.of(new FixedFields()))
                .plan(
                        before,
                        after,
                        new PlanMaker.Request(Optional.ofNullable(user), moment, sql, PlanMaker.ANY_INSTALLATION));
        console.out().print(new TextReport(console.terminal()).text(plan));
        return exit(plan).code();
    }

    private Exit exit(PlanResult plan) {
        if (plan.isInvalid()) {
            return Exit.INVALID;
        }
        return triggers.stream().anyMatch(plan::has) ? Exit.FOUND : Exit.OK;
    }
}
