package dev.portcullis.cli.plan;

import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus;
import dev.portcullis.cli.rehearsal.Mesh;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.Name;
import dev.portcullis.cli.report.PlanResult.DecisionChange;
import dev.portcullis.cli.report.PlanResult.Via;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells what becomes of Decisions that were not there before. */
final class DecisionChanges {
    private final Settled before;
    private final Settled after;

    DecisionChanges(Settled before, Settled after) {
        this.before = before;
        this.after = after;
    }

    List<DecisionChange> all() {
        return after.mesh().decisions().entrySet().stream()
                .filter(entry -> !before.mesh().decisions().containsKey(entry.getKey()))
                .flatMap(entry ->
                        Stream.ofNullable(entry.getValue().getStatus()).map(status -> change(entry.getValue(), status)))
                .toList();
    }

    private DecisionChange change(Decision decision, DecisionStatus status) {
        String namespace = decision.getMetadata().getNamespace();
        String port = decision.getSpec().outputPort();
        boolean hasNoPort = status.outcome() == DecisionStatus.Outcome.Waiting
                && !after.mesh().ports().containsKey(Mesh.key(namespace, port));
        var about = decision.getSpec().agreement();
        return new DecisionChange(
                Via.Decision,
                new Name(namespace, decision.getMetadata().getName()),
                new Name(about.namespace(), about.name()),
                decision.getSpec().decision().name(),
                decision.getSpec().by(),
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
