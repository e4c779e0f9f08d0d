package dev.portcullis.cli.exports;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What no standard has a field for. */
final class Extensions {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, JsonNode> found = new LinkedHashMap<>();

    private Extensions() {}

    static Map<String, JsonNode> of(DataUsageAgreement agreement, boolean startsWithApproval) {
        Extensions extensions = new Extensions();
        extensions.identity(agreement);
        if (startsWithApproval) {
            extensions.found.put("startsWithApproval", instance.booleanNode(true));
        }
        extensions.asked(agreement.getSpec());
        Optional.ofNullable(agreement.getStatus()).ifPresent(extensions::became);
        return extensions.found;
    }

    private void identity(DataUsageAgreement agreement) {
        put("namespace", agreement.getMetadata().getNamespace());
        put("name", agreement.getMetadata().getName());
        put("uid", agreement.getMetadata().getUid());
        put(
                "requestedBy",
                Optional.ofNullable(agreement.getMetadata().getAnnotations())
                        .map(annotations -> annotations.get(Annotations.REQUESTED_BY))
                        .orElse(null));
    }

    private void asked(DataUsageAgreementSpec spec) {
        put("asksForStart", spec.start());
        put("asksForEnd", spec.end());
        put("asksForDuration", spec.duration());
        put("acceptedTerms", spec.acceptedTerms());
        put("acceptedPolicyTerms", spec.policyTerms());
        put("answers", spec.answers());
        if (spec.select() != null) {
            found.put("select", MAPPER.valueToTree(spec.select()));
        }
    }

    private void became(DataUsageAgreementStatus status) {
        put("phase", Optional.ofNullable(status.phase()).map(Phase::name).orElse(null));
        Optional.ofNullable(status.approval()).ifPresent(this::decided);
        Optional.ofNullable(status.provisioning()).ifPresent(this::provisioned);
    }

    private void decided(Approval approval) {
        put("rule", approval.rule());
        put("decidedBy", approval.decidedBy());
        approval.decisions().stream()
                .filter(decision -> decision.by().equals(approval.decidedBy()))
                .reduce((earlier, later) -> later)
                .ifPresent(this::lastWord);
    }

    private void lastWord(DecisionRecord decision) {
        put("decidedAt", decision.at());
        put("decisionReason", decision.reason());
        put("decisionLink", decision.link());
    }

    private void provisioned(Provisioning provisioning) {
        put(
                "provisioning",
                Optional.ofNullable(provisioning.status())
                        .map(ProvisioningStatus::name)
                        .orElse(null));
        put("platform", provisioning.platform());
        put("platformRole", provisioning.reference());
        put("principals", provisioning.principals());
    }

    private void put(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            found.put(name, instance.textNode(value));
        }
    }

    private void put(String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            ObjectNode node = instance.objectNode();
            values.forEach(node::put);
            found.put(name, node);
        }
    }

    private void put(String name, Collection<String> values) {
        if (!values.isEmpty()) {
            ArrayNode node = instance.arrayNode();
            values.forEach(node::add);
            found.put(name, node);
        }
    }
}
