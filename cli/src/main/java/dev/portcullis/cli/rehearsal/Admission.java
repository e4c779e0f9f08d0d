package dev.portcullis.cli.rehearsal;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Authority;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionSpec;
import dev.portcullis.engine.time.Times;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the API server makes of what is applied: it notes when an object came, and who asked, decided and wrote it down where nobody says; and it puts back what stands for ever.
 *
 * @param appliers who applies; where nobody knows, nobody is noted
 * @param now when
 * @param decider in whose name a decision was written where neither the manifest nor the appliers say; empty: in nobody's
 */
public record Admission(Appliers appliers, Rights rights, Instant now, Optional<String> decider) {
    private static final String SOMEBODY = "somebody";

    static final List<String> RECORD = List.of(
            Annotations.DECISION,
            Annotations.DECIDED_BY,
            Annotations.RECORDED_BY,
            Annotations.DECISION_REASON,
            Annotations.DECISION_METADATA,
            Annotations.DECISION_LINK);

    /** Of a change. */
    public static Admission ofChange(Appliers appliers, Rights rights, Instant now) {
        return new Admission(appliers, rights, now, Optional.empty());
    }

    /** Of what is there already: it was let in, so somebody decided what stands there. */
    public static Admission ofWhatIsThere(Appliers appliers, Rights rights, Instant now) {
        return new Admission(appliers.ofWhatIsThere(), rights, now, Optional.of(SOMEBODY));
    }

    private Optional<String> decider(String namespace) {
        return appliers.in(namespace).or(() -> decider);
    }

    /** The metadata as it is stored. */
    private ObjectMeta stored(ObjectMeta written, Map<String, String> annotations, Optional<ObjectMeta> before) {
        ObjectMeta stored = new ObjectMeta();
        stored.setName(written.getName());
        stored.setNamespace(written.getNamespace());
        stored.setLabels(written.getLabels());
        stored.setAnnotations(annotations);
        stored.setUid(before.map(ObjectMeta::getUid).orElse(written.getUid()));
        stored.setGeneration(before.map(ObjectMeta::getGeneration).orElse(1L));
        stored.setCreationTimestamp(before.map(ObjectMeta::getCreationTimestamp).orElse(Times.text(now)));
        return stored;
    }

    /** An agreement, with the status it had. */
    DataUsageAgreement agreement(DataUsageAgreement written, Optional<DataUsageAgreement> before) {
        Map<String, String> annotations = annotations(written.getMetadata());
        Optional<String> user = appliers.in(written.getMetadata().getNamespace());
        Map<String, String> was = before.map(DataUsageAgreement::getMetadata)
                .map(Admission::annotations)
                .orElse(Map.of());
        if (before.isEmpty()) {
            user.ifPresent(name -> stampRequester(annotations, name));
        }
        for (String forEver : List.of(Annotations.REQUESTED_BY, Annotations.WRITTEN_BY)) {
            Optional.ofNullable(was.get(forEver)).ifPresent(value -> annotations.putIfAbsent(forEver, value));
        }
        if (RECORD.stream().noneMatch(annotations::containsKey)) {
            RECORD.forEach(key -> Optional.ofNullable(was.get(key)).ifPresent(value -> annotations.put(key, value)));
        }
        boolean decides = annotations.containsKey(Annotations.DECISION)
                && !Objects.equals(annotations.get(Annotations.DECISION), was.get(Annotations.DECISION));
        if (decides) {
            decider(written.getMetadata().getNamespace()).ifPresent(name -> {
                annotations.putIfAbsent(Annotations.DECIDED_BY, name);
                annotations.putIfAbsent(Annotations.RECORDED_BY, name);
            });
        } else if (annotations.containsKey(Annotations.DECISION)) {
            for (String key : List.of(Annotations.DECIDED_BY, Annotations.RECORDED_BY)) {
                Optional.ofNullable(was.get(key)).ifPresent(value -> annotations.putIfAbsent(key, value));
            }
        }
        DataUsageAgreement stored = new DataUsageAgreement();
        stored.setMetadata(stored(written.getMetadata(), annotations, before.map(DataUsageAgreement::getMetadata)));
        stored.setSpec(written.getSpec());
        before.map(DataUsageAgreement::getStatus).ifPresent(stored::setStatus);
        return stored;
    }

    private static void stampRequester(Map<String, String> annotations, String name) {
        String requester = annotations.computeIfAbsent(Annotations.REQUESTED_BY, key -> name);
        if (!requester.equals(name)) {
            annotations.putIfAbsent(Annotations.WRITTEN_BY, name);
        }
    }

    /** A Decision, with what became of it. */
    Decision decision(Decision written, Optional<Decision> before) {
        Map<String, String> annotations = annotations(written.getMetadata());
        // of what is there only the operator writes it, whatever the manifest says
        before.map(Decision::getMetadata)
                .map(Admission::annotations)
                .ifPresent(was -> annotations.compute(
                        Annotations.AGREEMENT_UID, (key, said) -> was.get(Annotations.AGREEMENT_UID)));
        Decision stored = new Decision();
        stored.setMetadata(stored(written.getMetadata(), annotations, before.map(Decision::getMetadata)));
        stored.setSpec(before.map(Decision::getSpec)
                .orElseGet(() -> appliers.decidingIn(written.getMetadata().getNamespace())
                        .or(() -> decider)
                        .map(name -> stamped(written.getMetadata(), written.getSpec(), name))
                        .orElse(written.getSpec())));
        before.map(Decision::getStatus).ifPresent(stored::setStatus);
        return stored;
    }

    private DecisionSpec stamped(ObjectMeta metadata, DecisionSpec spec, String name) {
        return new DecisionSpec(
                spec.outputPort(),
                spec.agreement(),
                spec.decision(),
                Objects.requireNonNullElse(spec.by(), name),
                Objects.requireNonNullElse(spec.recordedBy(), name),
                spec.authority() == null
                        ? authority(name, metadata.getNamespace(), spec.outputPort())
                        : spec.authority(),
                spec.reason(),
                spec.link(),
                spec.metadata(),
                spec.until(),
                spec.select(),
                spec.request());
    }

    private Authority authority(String name, String namespace, String port) {
        if (decider.filter(name::equals).isPresent() || rights.may(name, "decide", namespace, port)) {
            return Authority.Decide;
        }
        return rights.may(name, "approve", namespace, port) ? Authority.Approve : Authority.Review;
    }

    /** Everything else. */
    ObjectMeta metadata(ObjectMeta written, Optional<ObjectMeta> before) {
        return stored(written, annotations(written), before);
    }

    private static Map<String, String> annotations(ObjectMeta metadata) {
        return metadata.getAnnotations() == null ? new TreeMap<>() : new TreeMap<>(metadata.getAnnotations());
    }
}
