package dev.portcullis.api.port;

import static dev.portcullis.api.Absent.or;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.product.Lifecycle;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What can be asked for. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.postgresql) || has(self.external)",
        message = "name the objects: one of spec.postgresql and spec.external is required, of the platform's kind")
@ValidationRule(
        value = "!has(self.postgresql) || !has(self.external)",
        message = "name objects of one kind: spec.postgresql and spec.external exclude each other")
@ValidationRule(
        value = "has(self.external) == has(oldSelf.external)",
        message = "the kind of the objects is fixed: create another output port")
@ValidationRule(
        value = "self.dataProduct == oldSelf.dataProduct",
        message = "spec.dataProduct is fixed: create another output port")
@ValidationRule(
        value = "self.platform == oldSelf.platform",
        message = "spec.platform is fixed: create another output port")
@ValidationRule(
        value =
                "has(self.postgresql) == has(oldSelf.postgresql) && (!has(self.postgresql) || (self.postgresql.database == oldSelf.postgresql.database && self.postgresql.schema == oldSelf.postgresql.schema))",
        message = "database and schema are fixed: create another output port")
public record OutputPortSpec(
        @JsonPropertyDescription("The data product, in the same namespace. Cannot be changed.")
        @Required
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        String dataProduct,

        @JsonPropertyDescription("What it holds, for people who consider asking for it.")
        @Size(max = Bounds.TEXT)
        @Nullable
        String description,

        @JsonPropertyDescription("The DataPlatform that has the objects. Cannot be changed.")
        @Required
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        String platform,

        @JsonPropertyDescription("The objects, where the platform is PostgreSQL.") @Nullable
        PostgresqlObjects postgresql,

        @JsonPropertyDescription("The objects, where the platform is external.") @Nullable
        ExternalObjects external,

        @JsonPropertyDescription("Whether it holds personal data.") @Default("false")
        Boolean containsPii,

        @JsonPropertyDescription(
                "Whether requests are approved by rule, at once. Switching it on needs the verb approve.")
        @Default("false")
        Boolean autoApprove,

        @JsonPropertyDescription(
                "Who decides when no rule does: a person with the verb approve, or another system whose decision is recorded with the verb decide.")
        @Default("Manual")
        Workflow workflow,

        @JsonPropertyDescription("The data contract it fulfils.") @Nullable
        Contract contract,

        @JsonPropertyDescription(
                "Only Active takes new requests; Deprecated keeps what is granted; Retired withdraws it.")
        @Default("Active")
        Lifecycle lifecycle,

        @JsonPropertyDescription("The switch for incidents: true withdraws every grant; false brings them back.")
        @Default("false")
        Boolean suspend,

        @JsonPropertyDescription(
                "Follow: whoever has the access gets what is added later, too. Snapshot: what was asked for. Switching it to Follow needs the verb approve.")
        @Default("Snapshot")
        Changes changes) {

    public OutputPortSpec {
        containsPii = or(containsPii, false);
        autoApprove = or(autoApprove, false);
        workflow = or(workflow, Workflow.Manual);
        lifecycle = or(lifecycle, Lifecycle.Active);
        suspend = or(suspend, false);
        changes = or(changes, Changes.Snapshot);
    }
}
