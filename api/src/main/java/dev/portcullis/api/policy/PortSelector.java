package dev.portcullis.api.policy;

import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** Which ports a policy is about: those that every given part names. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "namespaces=set products=set")
public record PortSelector(
        @JsonPropertyDescription("The namespaces of the ports. Empty: all.") @Size(max = 256)
        List<@Size(min = 1, max = Bounds.NAMESPACE) @Pattern(Bounds.LABEL_PATTERN) String> namespaces,

        @JsonPropertyDescription("Labels that the ports' namespace has. Empty: any.")
        @Size(max = 16)
        @ValidationRule(
                value = "self.all(name, name.size() >= 1 && name.size() <= 317)",
                message = "the name of a label has 1 to 317 characters")
        Map<String, @Size(max = Bounds.NAME) String> namespaceLabels,

        @JsonPropertyDescription("The names of the ports' data products. Empty: all.") @Size(max = 256)
        List<@Size(min = 1, max = Bounds.NAME) @Pattern(Bounds.LABEL_PATTERN) String> products) {

    /** Every port. */
    public static final PortSelector ALL = new PortSelector(List.of(), Map.of(), List.of());

    public PortSelector {
        namespaces = orEmpty(namespaces);
        namespaceLabels = orEmpty(namespaceLabels);
        products = orEmpty(products);
    }
}
