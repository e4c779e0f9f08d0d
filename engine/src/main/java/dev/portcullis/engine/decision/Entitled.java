package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.request.Parties;
import dev.portcullis.engine.time.PeriodParser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What every Decision that gives access has to meet: the right, four eyes, and an end that is still to come. */
final class Entitled {
    private final FourEyes fourEyes;

    Entitled(FourEyes fourEyes) {
        this.fourEyes = fourEyes;
    }

    /**
     * @param workflow who decides where no rule does
     * @param groups those whose approval it is, of those that policies ask
     */
    Optional<Hearing> objection(
            FiledDecision decision,
            DataUsageAgreement agreement,
            Snapshot snapshot,
            Parties parties,
            Workflow workflow,
            List<String> groups,
            Instant now) {
        return rights(decision, workflow, groups)
                .or(() -> selfDecision(decision, agreement, snapshot, parties))
                // what was decided before a backup was read back counts as it did then: a day that has come since ends
                // the access, as it had
                .or(() -> decision.isRestoredFor(agreement) ? Optional.empty() : unfitUntil(decision, now));
    }

    /** In an External workflow what gives access comes from the system that decides; else from who may decide on the port, or is asked by a policy. */
    private static Optional<Hearing> rights(FiledDecision decision, Workflow workflow, List<String> groups) {
        if (workflow == Workflow.External) {
            return decision.isRecorded() ? Optional.empty() : Optional.of(needs("decide", decision));
        }
        return decision.isByApprover() || !groups.isEmpty()
                ? Optional.empty()
                : Optional.of(needs("approve", decision));
    }

    private Optional<Hearing> selfDecision(
            FiledDecision decision, DataUsageAgreement agreement, Snapshot snapshot, Parties parties) {
        return fourEyes.objection(decision.by(), agreement, snapshot.team(), parties)
                .or(() -> fourEyes.objectionToRecorder(
                        Optional.ofNullable(decision.spec().recordedBy()).orElse(""), agreement))
                .map(Hearing.Fails::new);
    }

    private static Optional<Hearing> unfitUntil(FiledDecision decision, Instant now) {
        return Optional.ofNullable(decision.spec().until())
                .filter(until ->
                        PeriodParser.end(until).filter(end -> end.isAfter(now)).isEmpty())
                .map(until -> fails(
                        "UntilPassed",
                        "until " + until
                                + " is past or no day that exists: decide again with a later one, or without"));
    }

    static Hearing needs(String verb, FiledDecision decision) {
        return fails(
                "NotEntitled",
                "its author had not the verb " + verb + " on OutputPort "
                        + decision.spec().outputPort() + ", which \"" + decision.verdict()
                        + "\" needs here: somebody who has it decides");
    }

    private static Hearing fails(String reason, String message) {
        return new Hearing.Fails(Problem.healing(reason, message));
    }
}
