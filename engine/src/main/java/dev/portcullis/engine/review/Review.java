package dev.portcullis.engine.review;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.api.agreement.AppliedRule.Effect;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.policy.PolicyMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an approver sees of a request, as far as it is known. Times are RFC 3339 in UTC. As JSON, what is not known is not there. Texts are as people wrote them:
 * whoever shows them sees to it that they are texts and nothing else ({@link ReviewText} does).
 *
 * @param problem why nobody can decide now; absent: somebody can
 * @param request the hash of what is asked for and accepted, to be named in a Decision
 * @param policies all that there are, in the order in which they are asked
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Review(
        Name agreement,
        Phase phase,
        @Nullable String problem,
        @Nullable String request,
        Asked asked,
        Parties parties,
        @Nullable Dates dates,
        @Nullable Deciding deciding,
        List<PolicyView> policies,
        Access access) {

    /** An object in a namespace. */
    public record Name(String namespace, String name) {}

    /**
     * What is asked for.
     *
     * @param containsPii whether the port says that it holds personal data; absent where there is no port
     * @param objects what the request gets, a line for each object
     * @param offered what the port offers now
     * @param isAllOfIt whether the two are the same
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Asked(
            Name port,
            @Nullable String product,
            @Nullable String description,
            @Nullable String platform,
            @Nullable Boolean containsPii,
            String purpose,
            Map<String, String> answers,
            Map<String, String> accepted,
            List<String> objects,
            List<String> offered,
            boolean isAllOfIt) {}

    /**
     * Who asks whom, and for whom.
     *
     * @param writtenBy who wrote the request down in the requester's name
     * @param beneficiary who gets the access, in words
     * @param people the persons behind that, as the acting team lists them; the first of many
     * @param peopleInAll how many they are; absent where the team does not say who they are
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Parties(
            @Nullable Person requester,
            @Nullable String writtenBy,
            String beneficiary,
            List<Person> people,
            @Nullable Integer peopleInAll,
            @Nullable String consumerTeam,
            @Nullable String providerTeam) {}

    /** A person with the attributes that the acting team gives, and the teams that list the person. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Person(String user, Map<String, String> attributes, List<String> teams) {}

    /**
     * When the access begins and ends.
     *
     * @param askedEnd the last day or how long, as it was written
     * @param endsIfApprovedNow the first instant at which it would be over by all that is known; absent: no end
     * @param limits what policies say of its length, a line for each
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Dates(
            @Nullable String start,
            @Nullable String askedEnd,
            @Nullable String endsIfApprovedNow,
            @Nullable String expiresUnanswered,
            List<String> limits) {}

    /**
     * Who decides.
     *
     * @param rule the rule that asks for a decision, or has decided
     * @param recorded whether only recorded decisions count
     * @param missing what is still needed
     * @param given what was decided so far
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Deciding(@Nullable String rule, boolean recorded, List<Missing> missing, List<Given> given) {}

    /**
     * Approvals that are still needed.
     *
     * @param whose in words
     * @param mayBeGivenBy the people who can give one and have not; empty where nobody of the group is left, or its members are not known here
     * @param isByVerb whether whoever holds a verb on the port can give them, so that nobody is known here
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Missing(
            int count,
            String whose,
            List<String> mayBeGivenBy,
            @JsonIgnore boolean isByVerb) {}

    /** A decision on record. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Given(
            Verdict decision,
            String by,
            String at,
            @Nullable String reason) {}

    /**
     * A policy and what it says.
     *
     * @param isAboutThePort whether its selector covers the port
     * @param applies what of it was kept with the request; absent: nothing
     * @param isAnotherNow whether the policy is not any more as it was when the request was judged
     * @param rules what its rules say as things stand now
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record PolicyView(
            String policy,
            PolicyMode mode,
            boolean isAboutThePort,
            @Nullable AppliedView applies,
            boolean isAnotherNow,
            List<RuleView> rules) {}

    /** A rule that was kept with the request. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record AppliedView(
            String rule, Effect effect, @Nullable String reason) {}

    /**
     * A rule of a policy.
     *
     * @param finding whether it matches
     * @param why of a rule without an answer what cannot be told
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record RuleView(
            String rule,
            String when,
            String finding,
            @Nullable String why) {}

    /**
     * What became of other requests for the port.
     *
     * @param holders who has the access now, the newest of them
     * @param holdersInAll how many agreements are active
     * @param earlier what was refused or taken back of the same team or beneficiary, the newest of it
     * @param earlierInAll how often that was
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Access(List<Holder> holders, int holdersInAll, List<Earlier> earlier, int earlierInAll) {}

    /** Somebody who has the access. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Holder(
            Name agreement,
            String beneficiary,
            @Nullable String team,
            @Nullable String since,
            @Nullable String rule) {}

    /** A rejection or revocation. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Earlier(
            Name agreement,
            String beneficiary,
            Verdict decision,
            String by,
            String at,
            @Nullable String reason) {}
}
