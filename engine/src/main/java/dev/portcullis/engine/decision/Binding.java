package dev.portcullis.engine.decision;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.decision.DecisionSpec;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.time.Clocks;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Whether a Decision is about an agreement: names come again, and a Decision for an earlier agreement of the same name decides nothing. */
public sealed interface Binding {
    /** It is about this one. */
    record Bound() implements Binding {}

    /** Nobody has said yet which agreement it is about; it can only be this one. */
    record Free() implements Binding {}

    /** It cannot be told yet, or it is about another one. */
    record NotNow(Problem why) implements Binding {}

    /** It is not about this one, and never will be. */
    record Never(Problem why) implements Binding {}

    static Binding of(FiledDecision decision, DataUsageAgreement agreement) {
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
        if (decision.agreementUid().isPresent()) {
            return ofBound(decision.agreementUid().get(), decision, agreement);
        }
        return spec.request() == null ? byAge(decision, agreement) : byRequest(spec.request(), spec, agreement);
    }

    private static Binding ofBound(String uid, FiledDecision decision, DataUsageAgreement agreement) {
        if (uid.equals(agreement.getMetadata().getUid())) {
            return new Bound();
        }
        Map<String, String> annotations = agreement.getMetadata().getAnnotations();
        if (annotations == null || !uid.equals(annotations.get(Annotations.RESTORED_UID))) {
            return new NotNow(Problem.healing(
                    "OtherAgreement",
                    "it was about an earlier agreement of the name " + name(decision.spec()) + " (UID " + uid
                            + "), so decide anew on this one; after a restore, who holds the verb release annotates the agreement "
                            + Annotations.RESTORED_UID + "=" + uid));
        }
        // the port may offer more by now than it did when that was looked at, and somebody may have restored something
        // else
        Binding asked = decision.spec().request() == null
                ? new Free()
                : byRequest(decision.spec().request(), decision.spec(), agreement);
        return asked instanceof Free ? new Bound() : asked;
    }

    /** By what was asked: for whoever decides before the agreement is there, as a repository does that carries both. */
    private static Binding byRequest(String request, DecisionSpec spec, DataUsageAgreement agreement) {
        Optional<String> asked = snapshot(agreement).map(Snapshot::request);
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

    private static Binding byAge(FiledDecision decision, DataUsageAgreement agreement) {
        if (decision.created().isBefore(Instant.parse(agreement.getMetadata().getCreationTimestamp()))) {
            return new Never(tooEarly(decision.spec(), "before the agreement " + name(decision.spec()) + " was there"));
        }
        if (decision.verdict() != Verdict.approved) {
            return new Free();
        }
        Optional<Instant> judged = snapshot(agreement)
                .map(Snapshot::policies)
                .map(AppliedPolicies::at)
                .map(Instant::parse);
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

    private static Optional<Snapshot> snapshot(DataUsageAgreement agreement) {
        return Optional.ofNullable(agreement.getStatus()).map(DataUsageAgreementStatus::snapshot);
    }

    private static String name(DecisionSpec spec) {
        return spec.agreement().name() + " in namespace " + spec.agreement().namespace();
    }
}
