package dev.portcullis.cli.plan;

import dev.portcullis.cli.console.Console;
import dev.portcullis.cli.console.Exit;
import dev.portcullis.cli.console.Moment;
import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.cli.live.Clusters;
import dev.portcullis.cli.live.LiveMesh;
import dev.portcullis.cli.manifests.FolderSource;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.manifests.ManifestsReader;
import dev.portcullis.cli.report.JUnitReport;
import dev.portcullis.cli.report.JsonReport;
import dev.portcullis.cli.report.MarkdownReport;
import dev.portcullis.cli.report.PlanResult;
import dev.portcullis.cli.report.Renderer;
import dev.portcullis.cli.report.TextReport;
import dev.portcullis.cli.schema.SchemaCheck;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import dev.portcullis.engine.review.Printable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            description =
                    "BEFORE and AFTER: the manifests that are there, and those that are to be. With --since or --cluster: those that are to be alone.")
    private List<Path> folders = List.of();

    @Option(
            names = "--since",
            paramLabel = "REVISION",
            description = "What is there is the folder at this revision of its Git repository.")
    private @Nullable String since;

    @Option(
            names = "--cluster",
            description =
                    "What is there is in the cluster of your kubeconfig, read with your own rights, with all that was decided there.")
    private boolean cluster;

    @Option(
            names = "--context",
            paramLabel = "CONTEXT",
            description = "Of your kubeconfig, with --cluster. Default: the current one.")
    private @Nullable String context;

    @Option(
            names = "--prune",
            description =
                    "With --cluster: what is not in the folder is deleted. Default: it stays, as with kubectl apply.")
    private boolean prune;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Form form = Form.text;

    /** The forms in which a plan is shown. */
    enum Form {
        text,
        markdown,
        json,
        junit
    }

    @Mixin
    private AppliedBy appliedBy = new AppliedBy();

    @Option(
            names = "--now",
            paramLabel = "MOMENT",
            converter = Moment.class,
            description = "The moment, like 2026-12-01 or 2026-12-01T08:00:00Z. Default: now.")
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
        checkOptions();
        int expected = since != null || cluster ? 1 : 2;
        if (folders.size() != expected || (since != null && cluster)) {
            throw wrong("name two folders, BEFORE and AFTER; or one and --since REVISION; or one and --cluster");
        }
        if (folders.stream().anyMatch(folder -> folder.toString().isEmpty())) {
            throw wrong(
                    "a folder's name is empty, perhaps since a variable is not set: for the present folder write .");
        }
        EngineParts parts = EngineParts.ofTheOperator();
        PlanMaker maker = new PlanMaker(parts, ShippedRoles.all(), List.of(new SchemaCheck()));
        ManifestsReader reader = new ManifestsReader(new PolicyManifestCheck(parts.expressions()));
        PlanResult plan = cluster ? ofCluster(maker, reader) : ofFolders(maker, reader);
        console.out().print(renderer().text(plan));
        return exit(plan).code();
    }

    private void checkOptions() {
        if (prune && !cluster) {
            throw wrong("--prune is for --cluster: of two folders, what is not in AFTER is deleted anyway");
        }
        if (context != null && !cluster) {
            throw wrong("--context is for --cluster: no cluster is asked here");
        }
        appliedBy.check();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    /** What is no mistake for certain. */
    private void questionNamespaces(Manifests before, Manifests after) {
        Set<String> namespaces = new TreeSet<>(before.namespaces());
        namespaces.addAll(after.namespaces());
        appliedBy.questions(namespaces).forEach(this::warn);
    }

    private void questionFolder(Path folder, Manifests written) {
        if (written.faults().isEmpty()
                && written.resources().isEmpty()
                && written.rights().isEmpty()) {
            warn("there is no manifest of Portcullis in " + folder
                    + (prune ? ", so all that was there is taken for deleted" : ""));
        }
    }

    private void warn(String sentence) {
        console.err().println("portcullis: warning: " + Printable.line(sentence));
    }

    private PlanResult ofFolders(PlanMaker maker, ManifestsReader reader) {
        Path after = folders.get(folders.size() - 1);
        Sides sides = since == null ? Sides.of(folders.get(0), after, reader) : Sides.since(since, after, reader);
        questionNamespaces(sides.before(), sides.after());
        return maker.plan(sides.before(), sides.after(), request(PlanMaker.ANY_INSTALLATION))
                .result()
                .with(sides.warnings(), sides.notes());
    }

    private PlanResult ofCluster(PlanMaker maker, ManifestsReader reader) {
        LiveMesh live = Clusters.read(context, reader);
        live.unread().forEach(one -> console.err().println("portcullis: " + one));
        Manifests written = reader.read(new FolderSource(folders.get(0)));
        questionFolder(folders.get(0), written);
        questionNamespaces(live.manifests(), written);
        Manifests after = prune ? written : live.manifests().with(written);
        return maker.plan(
                        live.manifests(),
                        live.mesh(),
                        after,
                        request(live.installation().orElse(PlanMaker.ANY_INSTALLATION)))
                .result()
                .with(
                        List.of(),
                        sql && live.installation().isEmpty()
                                ? List.of(
                                        "ConfigMap portcullis-installation may not be read, or is not there: roles are named otherwise than in the cluster")
                                : List.of());
    }

    private PlanMaker.Request request(String installation) {
        return new PlanMaker.Request(
                appliedBy.appliers(), now == null ? console.clock().instant() : now, sql, installation);
    }

    private Renderer renderer() {
        return switch (form) {
            case text -> new TextReport(console.terminal());
            case markdown -> new MarkdownReport();
            case json -> new JsonReport();
            case junit -> new JUnitReport(Set.copyOf(triggers));
        };
    }

    private Exit exit(PlanResult plan) {
        if (plan.isInvalid()) {
            return Exit.INVALID;
        }
        return triggers.stream().anyMatch(plan::has) ? Exit.FOUND : Exit.OK;
    }
}
