package dev.portcullis.cli.report;

import dev.portcullis.cli.report.Outcome.Need;
import dev.portcullis.cli.report.PlanResult.AgreementChange;
import dev.portcullis.cli.report.PlanResult.DecisionChange;
import dev.portcullis.cli.report.PlanResult.ObjectFinding;
import dev.portcullis.cli.report.PlanResult.Via;
import java.util.List;

/** A plan's parts in words; what people wrote is in them as they wrote it. */
final class Sentences {
    private Sentences() {}

    static String of(Outcome outcome) {
        if (outcome instanceof Outcome.Approved approved) {
            return "approved by " + (approved.rule() == null ? "somebody" : approved.rule())
                    + (approved.by().isEmpty() ? "" : " (" + String.join(", ", approved.by()) + ")")
                    + (approved.phase().equals("Upcoming") ? ", for later: " + approved.message() : "");
        }
        if (outcome instanceof Outcome.Waiting waiting) {
            return "waits" + (waiting.rule() == null ? "" : " by rule " + waiting.rule());
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            return "rejected by " + rejected.rule() + ": " + rejected.reason();
        }
        if (outcome instanceof Outcome.Invalid invalid) {
            return "invalid (" + invalid.reason() + "): " + invalid.message();
        }
        if (outcome instanceof Outcome.Paused paused) {
            return "approved, but gives no access (" + paused.reason() + "): " + paused.message();
        }
        if (outcome instanceof Outcome.Ended ended) {
            return "over (" + ended.phase() + "): " + ended.message();
        }
        return outcome instanceof Outcome.Same ? "waits as before" : "deleted; what it alone gave is revoked";
    }

    /** What becomes of an agreement, and what more may follow. */
    static String of(AgreementChange change) {
        return of(change.outcome())
                + (change.mayLose() == null
                        ? ""
                        : "; if it was approved in the cluster, which folders do not say, " + loss(change.mayLose()));
    }

    private static String loss(MayLose loss) {
        if (!(loss instanceof MayLose.Some some)) {
            return "its access is revoked";
        }
        String people = some.principals().isEmpty()
                ? ""
                : String.join(", ", some.principals()) + (some.principals().size() == 1 ? " loses it" : " lose it");
        String objects = some.had().isEmpty()
                ? ""
                : "it gives " + String.join(", ", some.keeps()) + " instead of " + String.join(", ", some.had());
        return people + (people.isEmpty() || objects.isEmpty() ? "" : ", and ") + objects;
    }

    /** What is to be said of an object. */
    static String of(ObjectFinding finding) {
        return finding.about() + (finding.reason().equals("TeamsMissing") ? " (" : " is not ready (") + finding.reason()
                + "): "
                + finding.message()
                + (finding.file() == null ? "" : " [" + finding.file() + ":" + finding.line() + "]");
    }

    /** What a decision is written on. */
    static String place(DecisionChange decision) {
        return decision.via() == Via.Annotation
                ? "annotation on " + decision.agreement()
                : decision.decision().toString();
    }

    static String of(Need need) {
        return need.count()
                + (need.count() == 1 ? " approval of " : " approvals of ")
                + need.whose()
                + (need.nobody() != null
                        ? ", but " + need.nobody()
                        : need.people().isEmpty() ? "" : ": " + String.join(", ", need.people()));
    }

    /** The needs of one that waits. */
    static List<Need> needs(Outcome outcome) {
        return outcome instanceof Outcome.Waiting waiting ? waiting.needs() : List.of();
    }

    /** In one line: who changes what. */
    static String summary(PlanResult plan) {
        int added = plan.platforms().stream()
                .mapToInt(platform -> platform.added().size())
                .sum();
        int removed = plan.platforms().stream()
                .mapToInt(platform -> platform.removed().size())
                .sum();
        int changed = plan.platforms().stream()
                .mapToInt(platform -> platform.changed().size())
                .sum();
        if (plan.isNothing()) {
            return plan.edits() == null || plan.edits().total() == 0
                    ? "nothing changes"
                    : count(plan.edits().total(), "manifest")
                            + (plan.edits().total() == 1 ? " is" : " are")
                            + " another than before, and no agreement, decision or grant changes by that";
        }
        return count(plan.agreements().size(), "agreement") + ", " + count(added, "grant") + " added, " + changed
                + " changed, " + removed + " removed, "
                + count(plan.warnings().size(), "warning");
    }

    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
