package dev.portcullis.api.grant;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.Condition;
import dev.portcullis.api.Conditioned;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The grant controller's answer. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "conditions=map:type")
@ValidationRule(
        value =
                "has(self.conditions) && self.conditions.exists(c, c.type == 'Granted' && (c.status == 'True') == (self.state == 'Granted'))",
        message = "status.conditions has one of type Granted, which is True exactly when status.state is Granted")
public record AccessGrantStatus(
        @JsonPropertyDescription(
                "metadata.generation that the controller has seen. Revoked counts only with that of the deletion, which is one more than before.")
        @Required
        Long observedGeneration,

        @JsonPropertyDescription(
                "Pending: it takes longer. Granted: the principal has the access. Refused: it will not be given or taken away as things stand. Revoked: nothing is left of it on the platform.")
        @Required
        State state,

        @JsonPropertyDescription(
                "What is waited for, or why it was refused, and what to do about it. Shown on the agreements; the same for as long as the same is meant.")
        @Size(max = Bounds.TEXT)
        @Nullable
        String message,

        @JsonPropertyDescription("Granted: True exactly when state is Granted, for kubectl wait.") @Size(max = 16)
        List<Condition> conditions)
        implements Conditioned {

    public AccessGrantStatus {
        conditions = orEmpty(conditions);
    }

    /** How far a grant controller is. */
    public enum State {
        Pending,
        Granted,
        Refused,
        Revoked
    }
}
