package dev.portcullis.api.agreement;

import static dev.portcullis.api.Absent.or;
import static dev.portcullis.api.Absent.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.ListTypes;
import dev.portcullis.api.Periods;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked for. All but suspend, cancelled, tags and links is fixed once requested: what was approved is what was asked. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(value = ListTypes.class, input = "tags=set")
@ValidationRule(
        value = "self.purpose == oldSelf.purpose",
        message = "spec.purpose is what was asked for and cannot be changed: request another agreement")
@ValidationRule(
        value = "self.provider == oldSelf.provider",
        message = "spec.provider is what was asked for and cannot be changed: request another agreement")
@ValidationRule(
        value = "self.consumer == oldSelf.consumer",
        message = "spec.consumer is what was asked for and cannot be changed: request another agreement")
@ValidationRule(
        value = "has(self.start) == has(oldSelf.start) && (!has(self.start) || self.start == oldSelf.start)",
        message = "spec.start is what was asked for and cannot be changed: request another agreement")
@ValidationRule(
        value = "has(self.end) == has(oldSelf.end) && (!has(self.end) || self.end == oldSelf.end)",
        message = "spec.end is what was asked for and cannot be changed: request another agreement")
@ValidationRule(
        value =
                "has(self.duration) == has(oldSelf.duration) && (!has(self.duration) || self.duration == oldSelf.duration)",
        message = "spec.duration is what was asked for and cannot be changed: request another agreement")
@ValidationRule(
        value = "has(self.answers) == has(oldSelf.answers) && (!has(self.answers) || self.answers == oldSelf.answers)",
        message = "spec.answers is what was asked for and cannot be changed: request another agreement")
@ValidationRule(
        value =
                "has(self.acceptedTerms) == has(oldSelf.acceptedTerms) && (!has(self.acceptedTerms) || self.acceptedTerms == oldSelf.acceptedTerms)",
        message = "spec.acceptedTerms is what was asked for and cannot be changed: request another agreement")
@ValidationRule(
        value =
                "has(self.policyTerms) == has(oldSelf.policyTerms) && (!has(self.policyTerms) || self.policyTerms == oldSelf.policyTerms)",
        message = "spec.policyTerms is what was asked for and cannot be changed: request another agreement")
@ValidationRule(
        value = "has(self.select) == has(oldSelf.select) && (!has(self.select) || self.select == oldSelf.select)",
        message = "spec.select is what was asked for and cannot be changed: request another agreement")
@ValidationRule(
        value = "!has(self.duration) || !has(self.end)",
        message = "spec.end and spec.duration exclude each other: name the last day, or how long")
@ValidationRule(
        value = "!has(oldSelf.cancelled) || !oldSelf.cancelled || (has(self.cancelled) && self.cancelled)",
        message = "a cancelled agreement stays cancelled: request another agreement")
public record DataUsageAgreementSpec(
        @JsonPropertyDescription("What the data will be used for, in 10 to 2000 characters.")
        @Required
        @Size(min = 10, max = Bounds.TEXT)
        @ValidationRule(
                value = "self.trim().size() >= 10",
                message = "purpose says in 10 characters or more what the data will be used for")
        String purpose,

        @JsonPropertyDescription("The port that is asked for.") @Required
        Provider provider,

        @JsonPropertyDescription("Who gets the access: the user, else the data product, else the whole team.") @Required
        Consumer consumer,

        @JsonPropertyDescription(
                "First day or instant of the access: a date (in UTC) or RFC 3339. Absent: from approval on.")
        @Size(max = 40)
        @ValidationRule(
                value =
                        "self.matches('^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2}))?$')",
                message = "start is a date like 2026-12-01 or an instant like 2026-12-01T08:00:00Z")
        @Nullable
        String start,

        @JsonPropertyDescription(
                "Last day (inclusive, in UTC) or instant of the access: a date or RFC 3339. Absent: no end.")
        @Size(max = 40)
        @ValidationRule(
                value =
                        "self.matches('^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2}))?$')",
                message = "end is a date like 2027-03-31 or an instant like 2027-03-31T18:00:00Z")
        @Nullable
        String end,

        @JsonPropertyDescription(
                "How long, instead of end, as ISO 8601 period like P90D: counted from the approval or from start, whichever is later, also while it is suspended.")
        @Size(max = 32)
        @ValidationRule(value = Periods.RULE, message = "duration is a period like P90D, P2W, P3M or P1Y")
        @Nullable
        String duration,

        @JsonPropertyDescription("The consumer pauses: true withdraws the grant, false brings it back.")
        @Default("false")
        Boolean suspend,

        @JsonPropertyDescription("The consumer gives the agreement up, for good.") @Default("false")
        Boolean cancelled,

        @JsonPropertyDescription("Words to find it by.") @Size(max = Bounds.LIST)
        List<@Size(max = Bounds.NAME) String> tags,

        @JsonPropertyDescription("Named addresses.")
        @Size(max = Bounds.LIST)
        @ValidationRule(
                value = "self.all(name, name.size() >= 1 && name.size() <= 63)",
                message = "the name of a link has 1 to 63 characters")
        Map<String, @Size(max = Bounds.LINK) String> links,

        @JsonPropertyDescription("Answers to the data product's questions, by their id.")
        @Size(max = Bounds.LIST)
        @ValidationRule(
                value = "self.all(id, id.size() >= 1 && id.size() <= 63)",
                message = "the id of a question has 1 to 63 characters")
        Map<String, @Size(max = Bounds.TEXT) String> answers,

        @JsonPropertyDescription("The revision of the data product's terms that is accepted.")
        @Size(min = 1, max = Bounds.NAME)
        @Nullable
        String acceptedTerms,

        @JsonPropertyDescription("The revisions of policies' terms that are accepted, by their id.")
        @Size(max = Bounds.LIST)
        @ValidationRule(
                value = "self.all(id, id.size() >= 1 && id.size() <= 63)",
                message = "the id of terms has 1 to 63 characters")
        Map<String, @Size(min = 1, max = Bounds.NAME) String> policyTerms,

        @JsonPropertyDescription("Less than the port offers. Absent: all of it.") @Nullable
        SelectedObjects select) {

    public DataUsageAgreementSpec {
        suspend = or(suspend, false);
        cancelled = or(cancelled, false);
        tags = orEmpty(tags);
        links = orEmpty(links);
        answers = orEmpty(answers);
        policyTerms = orEmpty(policyTerms);
    }
}
