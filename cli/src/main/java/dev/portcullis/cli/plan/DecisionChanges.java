package dev.portcullis.cli.plan;

import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus;
import dev.portcullis.cli.rehearsal.Mesh;
import dev.portcullis.cli.rehearsal.RefusedFiling;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.Name;
import dev.portcullis.cli.report.PlanResult.DecisionChange;
import dev.portcullis.cli.report.PlanResult.Via;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells what becomes of Decisions that were not there before. */
final class DecisionChanges {
    private final Settled before;
    private final Settled after;
    private final List<RefusedFiling> unfiled;

    /** @param unfiled what the API server does not let in */
    DecisionChanges(Settled before, Settled after, List<RefusedFiling> unfiled) {
        this.before = before;
        this.after = after;
        this.unfiled = unfiled;
    }

    List<DecisionChange> all() {
        return Stream.concat(unfiled.stream().map(DecisionChanges::refused), filed())
                .sorted(Comparator.comparing(DecisionChange::decision))
                .toList();
    }

    private Stream<DecisionChange> filed() {
        return after.mesh().decisions().entrySet().stream()
                .filter(entry -> !before.mesh().decisions().containsKey(entry.getKey()))
                .flatMap(entry -> Stream.ofNullable(entry.getValue().getStatus())
                        .map(status -> change(entry.getValue(), status)));
    }

    private static DecisionChange refused(RefusedFiling refusal) {
        return change(refusal.decision(), "Refused", "NotEntitled", refusal.message());
    }

    private static DecisionChange change(Decision decision, String outcome, String reason, String message) {
        var about = decision.getSpec().agreement();
        return new DecisionChange(
                Via.Decision,
                new Name(
                        decision.getMetadata().getNamespace(),
                        decision.getMetadata().getName()),
                new Name(about.namespace(), about.name()),
                decision.getSpec().decision().name(),
                decision.getSpec().by(),
                outcome,
                reason,
                message);
    }

    private DecisionChange change(Decision decision, DecisionStatus status) {
        String namespace = decision.getMetadata().getNamespace();
        String port = decision.getSpec().outputPort();
        boolean hasNoPort = status.outcome() == DecisionStatus.Outcome.Waiting
                && !after.mesh().ports().containsKey(Mesh.key(namespace, port));
        return change(
                decision,
                String.valueOf(status.outcome()),
                hasNoPort ? DecisionChange.NO_PORT : Objects.requireNonNullElse(status.reason(), ""),
                hasNoPort
                        ? "there is no OutputPort " + port + " in namespace " + namespace
                                + ": where the name is wrong, file another Decision"
                        : status.outcome() == DecisionStatus.Outcome.Refused && saysNobody(decision)
                                ? AnnotationChanges.NOBODY
                                : Objects.requireNonNullElse(status.message(), ""));
    }

    private static boolean saysNobody(Decision decision) {
        return Objects.requireNonNullElse(decision.getSpec().by(), "").isBlank();
    }
}
