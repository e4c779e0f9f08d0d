package dev.portcullis.api.agreement;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.port.Changes;
import dev.portcullis.api.port.Contract;
import dev.portcullis.api.port.Workflow;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the request is judged by, frozen when it was first valid. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Snapshot(
        @JsonPropertyDescription("metadata.uid of the port: another port under the same name is another port.")
        @Required
        @Size(max = 64)
        String portUid,

        @JsonPropertyDescription("The objects asked for.") @Required
        SnapshotObjects objects,

        @JsonPropertyDescription("Who decides when no rule does.") @Required
        Workflow workflow,

        @JsonPropertyDescription("The data contract.") @Nullable
        Contract contract,

        @JsonPropertyDescription("The acting team.") @Required @Size(max = Bounds.NAME)
        String team,

        @JsonPropertyDescription("The providing team.") @Required @Size(max = Bounds.NAME)
        String providerTeam,

        @JsonPropertyDescription(
                "Whether the acting team's list of members covered who is to get the access: a user who is listed, or a product or the team itself."
                        + " Absent where the team listed nobody. A listed user who leaves is suspended; while the Team is gone nobody gets the access (back).")
        @Nullable
        Boolean memberOfTeam,

        @JsonPropertyDescription(
                "What the approval policies said. Absent as long as a Mandatory one could not be evaluated.")
        @Nullable
        AppliedPolicies policies,

        @JsonPropertyDescription(
                "sha256: and the SHA-256 of what is asked for and accepted: consent is to this, and a decision can name it.")
        @Size(max = 80)
        @Nullable
        String request,

        @JsonPropertyDescription(
                "The texts that the request accepts. They are kept in ConfigMaps portcullis-text- and 40 digits of the hash.")
        @Size(max = 128)
        List<AcceptedTerms> terms,

        @JsonPropertyDescription("The questions that the request answers, kept in the same way.")
        @Size(max = Bounds.LIST)
        List<AnsweredQuestion> questions,

        @JsonPropertyDescription("Follow: what the port offers later is a part of it.") @Nullable
        Changes changes,

        @JsonPropertyDescription(
                "metadata.uid of the agreement: another one whose status says this got it from a backup, and nothing follows from it.")
        @Size(max = 64)
        @Nullable
        String agreementUid) {

    public Snapshot {
        terms = orEmpty(terms);
        questions = orEmpty(questions);
    }

    /** The same, judged by the policies. */
    public Snapshot withPolicies(AppliedPolicies judged) {
        return with(judged, request, terms);
    }

    /** The same, with more texts that are accepted. */
    public Snapshot accepting(List<AcceptedTerms> accepted) {
        List<AcceptedTerms> all = new ArrayList<>(terms);
        all.addAll(accepted);
        return with(policies, request, all);
    }

    /** The same, with what a decision names it by. */
    public Snapshot withRequest(String hash) {
        return with(policies, hash, terms);
    }

    private Snapshot with(@Nullable AppliedPolicies judged, @Nullable String hash, List<AcceptedTerms> accepted) {
        return new Snapshot(
                portUid,
                objects,
                workflow,
                contract,
                team,
                providerTeam,
                memberOfTeam,
                judged,
                hash,
                accepted,
                questions,
                changes,
                agreementUid);
    }
}
