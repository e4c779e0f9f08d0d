package dev.portcullis.engine.policy;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.product.DataProductSpec;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.engine.request.Requester;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.team.ActingTeam;
import dev.portcullis.engine.time.Period;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the expressions of policies see of a request. Nothing that its consumer may change later (tags, links) and nothing that the port's editors may label it
 * with. What is not known is not there: an expression that looks at it has no answer.
 */
public final class PolicyFacts {
    private final World world;

    public PolicyFacts(World world) {
        this.world = world;
    }

    /** All variables; those who get the access are absent where their team does not say who they are. */
    public Map<String, Object> of(DataUsageAgreement agreement, Validity.Valid request, Period period, Instant now) {
        Members members = new Members(request.consumer());
        Map<String, Object> facts = ofRequest(agreement, request, period, members, now);
        beneficiaries(agreement, request.consumer(), members).ifPresent(people -> facts.put("beneficiaries", people));
        return facts;
    }

    /** All variables but those who get the access: who is asked about is added one by one. */
    Map<String, Object> ofRequest(
            DataUsageAgreement agreement, Validity.Valid request, Period period, Members members, Instant now) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("agreement", agreement(agreement, period));
        facts.put(
                "port",
                port(
                        request.offer().port().getMetadata(),
                        request.offer().port().getSpec()));
        facts.put(
                "product",
                product(
                        request.offer().product().getMetadata(),
                        request.offer().product().getSpec()));
        facts.put(
                "provider",
                team(request.provider(), request.offer().port().getMetadata().getNamespace()));
        facts.put("consumer", team(request.consumer(), agreement.getMetadata().getNamespace()));
        facts.put("now", now);
        Requester.requestedBy(agreement).ifPresent(user -> facts.put("requester", person(user, members)));
        return facts;
    }

    /** The same for one person of those who get the access. */
    Map<String, Object> ofOne(Map<String, Object> facts, String user, Members members) {
        Map<String, Object> ofOne = new HashMap<>(facts);
        ofOne.put("beneficiaries", List.of(person(user, members)));
        return ofOne;
    }

    private static Map<String, Object> agreement(DataUsageAgreement agreement, Period period) {
        Map<String, Object> facts = named(agreement.getMetadata());
        facts.put("purpose", agreement.getSpec().purpose());
        facts.put("answers", agreement.getSpec().answers());
        put(facts, "acceptedTerms", agreement.getSpec().acceptedTerms());
        facts.put("policyTerms", agreement.getSpec().policyTerms());
        period.start().ifPresent(start -> facts.put("start", start));
        period.end().ifPresent(end -> facts.put("end", end));
        return facts;
    }

    private static Map<String, Object> port(ObjectMeta metadata, OutputPortSpec spec) {
        Map<String, Object> facts = named(metadata);
        facts.put("platform", spec.platform());
        put(facts, "description", spec.description());
        facts.put("containsPii", spec.containsPii());
        facts.put("autoApprove", spec.autoApprove());
        facts.put("workflow", spec.workflow().name());
        if (spec.contract() != null) {
            Map<String, Object> contract = new HashMap<>();
            put(contract, "id", spec.contract().id());
            put(contract, "version", spec.contract().version());
            facts.put("contract", contract);
        }
        return facts;
    }

    private static Map<String, Object> product(ObjectMeta metadata, DataProductSpec spec) {
        Map<String, Object> facts = named(metadata);
        facts.put("title", spec.title());
        put(facts, "description", spec.description());
        put(facts, "domain", spec.domain());
        put(facts, "subjectMatterExpert", spec.subjectMatterExpert());
        facts.put("tags", spec.tags());
        put(facts, "termsRevision", spec.terms() == null ? null : spec.terms().revision());
        return facts;
    }

    private static Map<String, Object> team(ActingTeam team, String namespace) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("name", team.name());
        facts.put("namespace", namespace);
        team.object()
                .ifPresent(object -> put(facts, "displayName", object.getSpec().displayName()));
        return facts;
    }

    /** The user, else all who are listed by the team: it, or its data product, gets the access. */
    private Optional<List<Map<String, Object>>> beneficiaries(
            DataUsageAgreement agreement, ActingTeam team, Members members) {
        if (Requester.beneficiary(agreement, team.name()) instanceof Beneficiary.User user) {
            return Optional.of(List.of(person(user.name(), members)));
        }
        return team.listsMembers()
                ? Optional.of(
                        team.members().map(member -> person(member, members)).toList())
                : Optional.empty();
    }

    /** The attributes are those that the acting team gives: what another team says of its people is about their work there. */
    private Map<String, Object> person(String user, Members members) {
        return Map.of("user", user, "attributes", members.attributesOf(user), "teams", world.teamsWith(user));
    }

    private static Map<String, Object> named(ObjectMeta metadata) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("name", metadata.getName());
        facts.put("namespace", metadata.getNamespace());
        return facts;
    }

    private static void put(Map<String, Object> facts, String name, @Nullable Object value) {
        if (value != null) {
            facts.put(name, value);
        }
    }
}
