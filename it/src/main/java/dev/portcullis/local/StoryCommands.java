package dev.portcullis.local;

/** The kubectl commands of the story: each is run as it is shown, and what came back is told. */
final class StoryCommands {
    private final TryCluster cluster;
    private final TryConsole console;

    StoryCommands(TryCluster cluster, TryConsole console) {
        this.cluster = cluster;
        this.console = console;
    }

    /** One that has to succeed. */
    void run(String who, String arguments) {
        TryCluster.Ran ran = tell(who, arguments);
        if (!ran.succeeded()) {
            throw new StepFailed("expected: kubectl " + arguments + "\nto succeed\nseen: exit code " + ran.code() + ", "
                    + ran.output());
        }
    }

    /** One that has to be refused, for this reason and no other. */
    void refused(String who, String arguments, String because) {
        TryCluster.Ran ran = tell(who, arguments);
        if (ran.succeeded() || !ran.output().contains(because)) {
            throw new StepFailed("expected: kubectl " + arguments + "\nto be refused with \"" + because
                    + "\"\nseen: exit code " + ran.code() + ", " + ran.output());
        }
        console.passed("refused");
    }

    private TryCluster.Ran tell(String who, String arguments) {
        console.command(who, "kubectl " + arguments);
        TryCluster.Ran ran = cluster.shell("kubectl " + arguments);
        console.output(ran.output());
        return ran;
    }
}
