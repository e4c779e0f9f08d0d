package dev.portcullis.cli.review;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.console.Console;
import dev.portcullis.cli.console.Exit;
import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.cli.live.Clusters;
import dev.portcullis.cli.live.LiveMesh;
import dev.portcullis.cli.manifests.ManifestsReader;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import dev.portcullis.engine.review.ReviewMaker;
import dev.portcullis.engine.review.ReviewText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Parameters(paramLabel = "NAMESPACE/NAME", description = "The agreement.")
    private String name = "";

    @Option(names = "--context", paramLabel = "CONTEXT", description = "Of your kubeconfig. Default: the current one.")
    private @Nullable String context;

    public ReviewCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        EngineParts parts = EngineParts.ofTheOperator();
        LiveMesh cluster = Clusters.read(context, new ManifestsReader(new PolicyManifestCheck(parts.expressions())));
        DataUsageAgreement agreement = cluster.mesh().agreements().get(name);
        if (agreement == null) {
            throw new CannotBeDone("there is no agreement " + name
                    + " that you may read: name it as NAMESPACE/NAME, as kubectl get dua -A shows it");
        }
        console.out()
                .println(ReviewText.of(
                        new ReviewMaker(cluster.mesh(), parts.modules(), parts.principals(), parts.expressions())
                                .review(agreement, console.clock().instant())));
        cluster.unread().forEach(one -> console.err().println("portcullis: " + one));
        return Exit.OK.code();
    }
}
