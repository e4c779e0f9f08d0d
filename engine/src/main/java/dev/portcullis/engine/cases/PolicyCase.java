package dev.portcullis.engine.cases;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.AgreementName;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One request in a world of manifests, and what is to become of it. */
public final class PolicyCase {
    private final String file;
    private final int line;
    private final String name;
    private final Resources resources;
    private final DataUsageAgreement agreement;
    private final List<Vote> decisions;
    private final Instant requestedAt;
    private final Instant now;
    private final Expectation expected;

    PolicyCase(
            String file,
            int line,
            String name,
            Resources resources,
            DataUsageAgreement agreement,
            List<Vote> decisions,
            Instant requestedAt,
            Instant now,
            Expectation expected) {
        this.file = file;
        this.line = line;
        this.name = name;
        this.resources = resources;
        this.agreement = agreement;
        this.decisions = List.copyOf(decisions);
        this.requestedAt = requestedAt;
        this.now = now;
        this.expected = expected;
    }

    /** Where it is written: {@code FILE:LINE}. */
    public String place() {
        return file + ":" + line;
    }

    public String name() {
        return name;
    }

    public Expectation expected() {
        return expected;
    }

    /** The policies it is judged by, in the order in which they are asked. */
    public List<ApprovalPolicy> policies() {
        return world().policies();
    }

    /** The same case with another edition of a policy: a test that passes with both tests nothing of what differs. */
    public PolicyCase with(ApprovalPolicy other) {
        String key = other.getMetadata().getName();
        List<Manifest> replaced = resources
                .manifests(ManifestKind.POLICY)
                .filter(manifest -> manifest.key().equals(key))
                .map(manifest -> new Manifest(manifest.kind(), key, other, manifest.document(), manifest.pointer()))
                .toList();
        return new PolicyCase(
                file, line, name, resources.with(replaced), agreement, decisions, requestedAt, now, expected);
    }

    /** The world before anybody has decided. */
    World world() {
        return new CaseWorld(resources, List.of());
    }

    /** The world once those have decided who do in the case: after the request was judged. */
    World decidedWorld() {
        List<Decision> filed = new ArrayList<>();
        for (Vote vote : decisions) {
            filed.add(filed("decision-" + filed.size(), vote));
        }
        return new CaseWorld(resources, filed);
    }

    private Decision filed(String decisionName, Vote vote) {
        var provider = agreement.getSpec().provider();
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(decisionName);
        metadata.setNamespace(provider.namespace());
        metadata.setUid(decisionName);
        metadata.setCreationTimestamp(now.toString());
        metadata.setAnnotations(
                Map.of(Annotations.AGREEMENT_UID, agreement.getMetadata().getUid()));
        Decision decision = new Decision();
        decision.setMetadata(metadata);
        decision.setSpec(vote.on(
                provider.outputPort(),
                new AgreementName(
                        agreement.getMetadata().getNamespace(),
                        agreement.getMetadata().getName())));
        return decision;
    }

    DataUsageAgreement agreement() {
        return agreement;
    }

    Instant requestedAt() {
        return requestedAt;
    }

    Instant now() {
        return now;
    }
}
