package dev.portcullis.api.platform;

import static dev.portcullis.api.Absent.or;
import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a data platform is and what it offers to whom. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "exposes=atomic takeOver=set")
@ValidationRule(
        value = "has(self.postgresql) || has(self.external)",
        message = "name the platform: one of spec.postgresql and spec.external is required")
@ValidationRule(
        value = "!has(self.postgresql) || !has(self.external)",
        message = "name one platform: spec.postgresql and spec.external exclude each other")
@ValidationRule(
        value = "has(self.external) == has(oldSelf.external)",
        message = "the kind of a platform is fixed, as there are grants on it: create another DataPlatform")
public record DataPlatformSpec(
        @JsonPropertyDescription("A PostgreSQL server.") @Nullable
        PostgresqlServer postgresql,

        @JsonPropertyDescription(
                "A platform of any other kind: the operator writes AccessGrants, and a grant controller of a third party does the rest.")
        @Nullable
        ExternalPlatform external,

        @JsonPropertyDescription("What a beneficiary is called on this platform. Absent: the name as it is.") @Nullable
        PrincipalRules principals,

        @JsonPropertyDescription("Which namespaces may offer what. Absent: nothing is exposed.") @Size(max = 1000)
        List<Exposure> exposes,

        @JsonPropertyDescription("How agreements on this platform are decided, platform-wide.") @Default("{}")
        ApprovalRules approval,

        @JsonPropertyDescription("How the platform is compared with what is wanted.") @Default("{}")
        Drift drift,

        @JsonPropertyDescription("How access is taken away.") @Default("{}")
        Revoke revoke,

        @JsonPropertyDescription(
                "Ids of installations that are gone for good, after a disaster: what they granted on this platform is taken over, kept where an agreement explains it and taken away where none does.")
        @Size(max = 16)
        List<@Size(min = 1, max = 253) String> takeOver) {

    public DataPlatformSpec {
        exposes = orEmpty(exposes);
        approval = or(approval, ApprovalRules.DEFAULT);
        drift = or(drift, Drift.DEFAULT);
        revoke = or(revoke, Revoke.DEFAULT);
        takeOver = orEmpty(takeOver);
    }

    /** The rules, also where the spec names none. */
    public PrincipalRules principalRules() {
        return or(principals, PrincipalRules.AS_NAMED);
    }
}
