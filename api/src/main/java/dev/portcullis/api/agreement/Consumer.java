package dev.portcullis.api.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Who gets the access, and which team acts. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.user) || has(self.dataProduct) || has(self.team)",
        message =
                "say who gets the access: consumer.user, consumer.dataProduct, or consumer.team alone for the whole team")
@ValidationRule(
        value = "!(has(self.user) && has(self.dataProduct))",
        message =
                "one beneficiary only: consumer.user or consumer.dataProduct; request a second agreement for the other")
public record Consumer(
        @JsonPropertyDescription("The user who gets the access.")
        @Size(min = 1, max = Bounds.USER)
        @ValidationRule(
                value = "self.trim().size() > 0",
                message = "consumer.user is blank: name the user who gets the access")
        @Nullable
        String user,

        @JsonPropertyDescription("The data product, of this namespace, that gets the access.")
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        @Nullable
        String dataProduct,

        @JsonPropertyDescription(
                "The acting team; only needed where the namespace acts for several. Alone: the whole team gets the access.")
        @Size(min = 1, max = Bounds.NAME)
        @Pattern(Bounds.LABEL_PATTERN)
        @Nullable
        String team) {}
