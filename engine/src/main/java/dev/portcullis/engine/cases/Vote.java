package dev.portcullis.engine.cases;

import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.decision.AgreementName;
import dev.portcullis.api.decision.Authority;
import dev.portcullis.api.decision.DecisionSpec;
import io.fabric8.generator.annotation.Required;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decides in a case, after the request was judged.
 *
 * @param by who decides
 * @param recordedBy who writes it down; absent: who decides
 * @param authority the verb on the port that the writer has; absent: Decide where another writes it down, else Approve
 * @param until how long the access may last at most
 * @param select what of it is allowed
 */
public record Vote(
        @Required Verdict decision,
        @Required String by,
        @Nullable String recordedBy,
        @Nullable Authority authority,
        @Nullable String reason,
        @Nullable String until,
        @Nullable SelectedObjects select) {

    DecisionSpec on(String outputPort, AgreementName agreement) {
        String writer = Objects.requireNonNullElse(recordedBy, by);
        Authority verb =
                Objects.requireNonNullElse(authority, writer.equals(by) ? Authority.Approve : Authority.Decide);
        return new DecisionSpec(
                outputPort, agreement, decision, by, writer, verb, reason, null, null, until, select, null);
    }
}
