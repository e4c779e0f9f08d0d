package dev.portcullis.engine.decision;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.decision.DecisionSpec;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.WhoseStatus;
import dev.portcullis.engine.time.Clocks;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Whether a Decision is about an agreement: names come again, and a Decision for an earlier agreement of the same name decides nothing. */
public sealed interface Binding {
    /** It is about this one. */
    record Bound() implements Binding {}

    /** Nobody has said yet that it is about this one; it can be about no other, or a backup brought back what it was about. */
    record Free() implements Binding {}

    /** It cannot be told yet, or it is about another one. */
    record NotNow(Problem why) implements Binding {}

    /** It is not about this one, and never will be. */
    record Never(Problem why) implements Binding {}

    static Binding of(FiledDecision decision, DataUsageAgreement agreement) {
        return of(
                decision,
                agreement,
                Optional.ofNullable(agreement.getStatus())
                        .map(DataUsageAgreementStatus::snapshot)
                        // what another asked for says nothing of what this one will
                        .filter(snapshot ->
                                WhoseStatus.another(agreement, snapshot).isEmpty()));
    }

    /** @param snapshot what the agreement asks for, as it is written or will be */
    static Binding of(FiledDecision decision, DataUsageAgreement agreement, Optional<Snapshot> snapshot) {
        DecisionSpec spec = decision.spec();
        var provider = agreement.getSpec().provider();
        if (!provider.namespace().equals(decision.namespace())
                || !provider.outputPort().equals(spec.outputPort())) {
            return new Never(Problem.healing(
                    "OtherPort",
                    "the agreement " + name(spec) + " asks for OutputPort " + provider.outputPort() + " in namespace "
                            + provider.namespace() + ", not for " + spec.outputPort() + " in " + decision.namespace()
                            + ": whoever decides there decides on it"));
        }
        if (decision.boundTo().isForSure()
                // what takes away is heard whatever its status says, where its age allows it
                || (decision.verdict() == Verdict.approved
                        && decision.boundTo().isAnothers(agreement.getMetadata().getUid()))) {
            return ofBound(decision, agreement, snapshot);
        }
        return spec.request() == null
                ? byAge(decision, agreement, snapshot)
                : byRequest(spec.request(), spec, snapshot);
    }

    private static Binding ofBound(FiledDecision decision, DataUsageAgreement agreement, Optional<Snapshot> snapshot) {
        String uid = agreement.getMetadata().getUid();
        if (decision.boundTo().names(uid)) {
            // the port may offer more by now than it did when that was looked at, and somebody may have restored
            // something else
            Binding asked =
                    decision.boundTo().beganBefore(uid) && decision.spec().request() != null
                            ? byRequest(decision.spec().request(), decision.spec(), snapshot)
                            : new Bound();
            return asked instanceof Free ? new Bound() : asked;
        }
        Map<String, String> annotations = agreement.getMetadata().getAnnotations();
        String restored = annotations == null ? "" : annotations.getOrDefault(Annotations.RESTORED_UID, "");
        if (decision.boundTo().names(restored)) {
            // whatever it is worth: the next backup knows no other UID than this one's
            return new Free();
        }
        String latest = decision.boundTo().latest().orElseThrow();
        return new NotNow(Problem.healing(
                "OtherAgreement",
                "it was about an earlier agreement of the name " + name(decision.spec()) + " (UID " + latest
                        + "), so decide anew on this one; after a restore, who holds the verb release annotates the agreement "
                        + Annotations.RESTORED_UID + "=" + latest));
    }

    /** By what was asked: for whoever decides before the agreement is there, as a repository does that carries both. */
    private static Binding byRequest(String request, DecisionSpec spec, Optional<Snapshot> snapshot) {
        Optional<String> asked = snapshot.map(Snapshot::request);
        if (asked.isEmpty()) {
            return notValidYet(spec);
        }
        return asked.get().equals(request)
                ? new Free()
                : new Never(Problem.healing(
                        "OtherRequest",
                        "what the agreement " + name(spec)
                                + " asks for is not what was looked at: look at it, and decide with request: "
                                + asked.get()));
    }

    private static Binding byAge(FiledDecision decision, DataUsageAgreement agreement, Optional<Snapshot> snapshot) {
        if (decision.created().isBefore(Instant.parse(agreement.getMetadata().getCreationTimestamp()))) {
            return new Never(tooEarly(decision.spec(), "before the agreement " + name(decision.spec()) + " was there"));
        }
        if (decision.verdict() != Verdict.approved) {
            return new Free();
        }
        Optional<Instant> judged =
                snapshot.map(Snapshot::policies).map(AppliedPolicies::at).map(Instant::parse);
        if (judged.isEmpty()) {
            return notValidYet(decision.spec());
        }
        // the one is by the API server's clock, the other by the operator's
        return decision.created().isBefore(judged.get().minus(Clocks.TOLERANCE))
                ? new Never(tooEarly(decision.spec(), "before it was known what the agreement asks for"))
                : new Free();
    }

    private static Problem tooEarly(DecisionSpec spec, String when) {
        return Problem.healing(
                "TooEarly",
                "it was decided " + when
                        + ": decide again, or name what was looked at in spec.request (status.snapshot.request of "
                        + name(spec) + ")");
    }

    private static Binding notValidYet(DecisionSpec spec) {
        return new NotNow(Problem.healing(
                "NotValidYet",
                "the agreement " + name(spec)
                        + " is not a valid request yet: its condition Ready says what is missing"));
    }

    private static String name(DecisionSpec spec) {
        return spec.agreement().name() + " in namespace " + spec.agreement().namespace();
    }
}
