package dev.portcullis.cli.review;

import dev.portcullis.api.Bounds;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.cli.console.Console;
import dev.portcullis.cli.console.Exit;
import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.cli.live.Clusters;
import dev.portcullis.cli.live.LiveMesh;
import dev.portcullis.cli.manifests.ManifestsReader;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import dev.portcullis.engine.review.ReviewMaker;
import dev.portcullis.engine.review.ReviewText;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a request to whoever decides on it. */
@Command(
        name = "review",
        mixinStandardHelpOptions = true,
        description = "Shows what an approver should know of a request: from the live cluster, with your own rights.",
        footer = {
            "",
            "What you may not read is left out, and said on standard error.",
            "Ends with 0 when it was shown, 1 when it could not be: there is no such agreement, or the cluster does not answer."
        })
public final class ReviewCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "NAMESPACE/NAME", description = "The agreement.")
    private String name = "";

    @Option(names = "--context", paramLabel = "CONTEXT", description = "Of your kubeconfig. Default: the current one.")
    private @Nullable String context;

    public ReviewCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String[] parts = name.split("/", -1);
        if (parts.length != 2 || !isName(parts[0]) || !isName(parts[1])) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    name + " names no agreement: write NAMESPACE/NAME, as kubectl get dua -A shows them");
        }
        show(parts[0], parts[1]);
        return Exit.OK.code();
    }

    private void show(String namespace, String agreement) {
        EngineParts engine = EngineParts.ofTheOperator();
        LiveMesh cluster = Clusters.readAround(
                context, namespace, agreement, new ManifestsReader(new PolicyManifestCheck(engine.expressions())));
        ReviewMaker maker =
                new ReviewMaker(cluster.mesh(), engine.modules(), engine.principals(), engine.expressions());
        DataUsageAgreement asked =
                Objects.requireNonNull(cluster.mesh().agreements().get(name));
        Instant now = console.clock().instant();
        console.out()
                .println(ReviewText.of(
                        cluster.unread().isEmpty() ? maker.review(asked, now) : maker.reviewInPart(asked, now)));
        cluster.unread().forEach(one -> console.err().println("portcullis: " + one));
    }

    private static boolean isName(String word) {
        return word.length() <= Bounds.NAME && word.matches(Bounds.LABEL_PATTERN);
    }
}
