package dev.portcullis.api.grant;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.ListTypes;
import dev.portcullis.api.port.ExternalObject;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Who may use what, and why. Never changes, but for the agreements that explain it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "objects=map:name agreements=map:uid")
@ValidationRule(
        value =
                "self.installation == oldSelf.installation && self.platform == oldSelf.platform && self.outputPort == oldSelf.outputPort && self.principal == oldSelf.principal && self.objects == oldSelf.objects",
        message = "an AccessGrant never changes, but for spec.agreements: the operator writes another one")
public record AccessGrantSpec(
        @JsonPropertyDescription("Id of the installation of Portcullis that wrote it.")
        @Required
        @Size(min = 1, max = 253)
        String installation,

        @JsonPropertyDescription("The DataPlatform: a grant controller acts on its own platforms' grants only.")
        @Required
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        String platform,

        @JsonPropertyDescription("The output port, in the same namespace.") @Required
        PortReference outputPort,

        @JsonPropertyDescription("What the beneficiary is called on the platform.")
        @Required
        @Size(min = 1, max = Bounds.EXTERNAL)
        String principal,

        @JsonPropertyDescription("What the principal may use: these objects and no others.")
        @Required
        @Size(min = 1, max = 200)
        List<ExternalObject> objects,

        @JsonPropertyDescription(
                "The agreements that explain it, at most 64 of them. The access ends when the AccessGrant is deleted, not when one of them goes.")
        @Size(max = Bounds.LIST)
        List<AgreementReference> agreements) {

    public AccessGrantSpec {
        objects = orEmpty(objects);
        agreements = orEmpty(agreements);
    }

    /** An output port; another one under the same name is another port. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record PortReference(
            @JsonPropertyDescription("metadata.name of the port.") @Required @Size(min = 1, max = Bounds.NAME)
            String name,

            @JsonPropertyDescription("metadata.uid of the port.") @Required @Size(min = 1, max = 64)
            String uid) {}

    /** An agreement. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record AgreementReference(
            @JsonPropertyDescription("The consumer's namespace.") @Required @Size(min = 1, max = Bounds.NAMESPACE)
            String namespace,

            @JsonPropertyDescription("metadata.name of the agreement.") @Required @Size(min = 1, max = Bounds.NAME)
            String name,

            @JsonPropertyDescription("metadata.uid of the agreement.") @Required @Size(min = 1, max = 64)
            String uid,

            @JsonPropertyDescription("What the data is used for, as requested.") @Required @Size(max = Bounds.TEXT)
            String purpose) {}
}
