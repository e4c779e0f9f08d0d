package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.DecisionReference;
import dev.portcullis.api.decision.Authority;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionSpec;
import dev.portcullis.api.decision.DecisionStatus;
import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.engine.facts.World;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Decision object as it was filed.
 *
 * @param namespace of the port, and of the Decision
 * @param created when the API server took it; nobody can send along another time
 * @param boundTo the agreement that it was found to be about
 * @param outcome what was said of it last
 * @param takenFor the agreement, by UID, on whose record it was put
 * @param refusedFor the agreement, by UID, for which it was refused
 */
public record FiledDecision(
        String namespace,
        DecisionReference reference,
        Instant created,
        DecisionSpec spec,
        BoundTo boundTo,
        Optional<Outcome> outcome,
        Optional<String> takenFor,
        Optional<String> refusedFor) {
    /**
     * The order in which decisions are taken. Of two that came in one second the one that takes access away comes last, so that it holds.
     */
    public static final Comparator<FiledDecision> IN_ORDER = Comparator.comparing(FiledDecision::created)
            .thenComparing(FiledDecision::severity)
            .thenComparing(decision -> decision.reference().name())
            .thenComparing(decision -> decision.reference().uid());

    public static FiledDecision of(Decision decision) {
        Optional<DecisionStatus> status = Optional.ofNullable(decision.getStatus());
        return new FiledDecision(
                decision.getMetadata().getNamespace(),
                new DecisionReference(
                        decision.getMetadata().getName(), decision.getMetadata().getUid()),
                Instant.parse(decision.getMetadata().getCreationTimestamp()),
                decision.getSpec(),
                BoundTo.of(decision),
                status.map(DecisionStatus::outcome),
                about(status, Outcome.Taken),
                about(status, Outcome.Refused));
    }

    private static Optional<String> about(Optional<DecisionStatus> status, Outcome outcome) {
        return status.filter(said -> said.outcome() == outcome).map(DecisionStatus::agreementUid);
    }

    /** The same for all that is asked. */
    FiledDecision whole() {
        DecisionSpec all = new DecisionSpec(
                spec.outputPort(),
                spec.agreement(),
                spec.decision(),
                spec.by(),
                spec.recordedBy(),
                spec.authority(),
                spec.reason(),
                spec.link(),
                spec.metadata(),
                spec.until(),
                null,
                spec.request());
        return new FiledDecision(namespace, reference, created, all, boundTo, outcome, takenFor, refusedFor);
    }

    /** Those that give the agreement's name, in any order. */
    static Stream<FiledDecision> naming(DataUsageAgreement agreement, World world) {
        return world
                .decisions(
                        agreement.getMetadata().getNamespace(),
                        agreement.getMetadata().getName())
                .stream()
                .map(FiledDecision::of);
    }

    /** What stands on record because of it. */
    Optional<DecisionRecord> onRecord(Approval so) {
        return so.decisions().stream()
                .filter(record -> Optional.ofNullable(record.object())
                        .map(DecisionReference::uid)
                        .equals(Optional.of(reference.uid())))
                .findFirst();
    }

    public Verdict verdict() {
        return spec.decision();
    }

    /** Who decided; empty where nobody is named, as only without the guard. */
    public String by() {
        return Optional.ofNullable(spec.by()).orElse("");
    }

    /** Whether it was written by somebody who may decide on the port. */
    public boolean isByApprover() {
        return spec.authority() == Authority.Approve || isRecorded();
    }

    /** Whether it was written by somebody who may record what was decided elsewhere. */
    public boolean isRecorded() {
        return spec.authority() == Authority.Decide;
    }

    /** Whether it cuts something off what is asked. */
    boolean allowsLess() {
        return spec.until() != null || spec.select() != null;
    }

    boolean isRefused() {
        return outcome.equals(Optional.of(Outcome.Refused));
    }

    /**
     * Whether it was refused, or put on record and may have made room there for later ones. A revocation is heard whatever stands in a status: a record of
     * it never makes room.
     */
    boolean isDoneWith(String agreement) {
        return verdict() != Verdict.revoked && (isRefused() || takenFor.equals(Optional.of(agreement)));
    }

    /** Whether it was about an earlier agreement of the name, of which this one is what a backup brought back. */
    boolean isRestoredFor(DataUsageAgreement agreement) {
        return boundTo.beganBefore(agreement.getMetadata().getUid());
    }

    private static int severity(FiledDecision decision) {
        return switch (decision.verdict()) {
            case approved -> 0;
            case recertified -> 1;
            case resumed -> 2;
            case suspended -> 3;
            case rejected -> 4;
            case revoked -> 5;
        };
    }
}
