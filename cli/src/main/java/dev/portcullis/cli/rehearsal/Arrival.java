package dev.portcullis.cli.rehearsal;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the world that is there once manifests are applied to another: what has the same kind and name is the same object, and what is not among them is gone. */
public final class Arrival {
    private final Mesh before;
    private final Admission admission;
    private final Optional<Gates> gates;
    private final List<RefusedDecision> refused = new ArrayList<>();
    private final List<RefusedFiling> unfiled = new ArrayList<>();

    private record Gates(DecisionGate annotations, FilingGate filings) {}

    /** Of what is there already, and was let in then. */
    public static Mesh ofWhatIsThere(Manifests manifests, Appliers appliers, Rights rights, Instant now) {
        return new Arrival(
                        new Mesh(List.of(), Map.of()), Admission.ofWhatIsThere(appliers, rights, now), Optional.empty())
                .of(manifests)
                .mesh();
    }

    /** Of a change. */
    public static Arrived ofChange(Mesh before, Manifests after, Appliers appliers, Rights rights, Instant now) {
        return new Arrival(
                        before,
                        Admission.ofChange(appliers, rights, now),
                        Optional.of(new Gates(new DecisionGate(appliers, rights), new FilingGate(appliers, rights))))
                .of(after);
    }

    private Arrival(Mesh before, Admission admission, Optional<Gates> gates) {
        this.before = before;
        this.admission = admission;
        this.gates = gates;
    }

    private Arrived of(Manifests manifests) {
        List<Object> objects = new ArrayList<>();
        Map<String, Map<String, String>> labels = new HashMap<>();
        for (ManifestKind kind : ManifestKind.values()) {
            for (Manifest manifest : manifests.all(kind)) {
                if (kind == ManifestKind.NAMESPACE) {
                    labels.put(manifest.key(), labels(manifest.object()));
                } else if (manifest.object() instanceof Decision decision) {
                    decision(decision, Optional.ofNullable(before.decisions().get(manifest.key())))
                            .ifPresent(objects::add);
                } else {
                    objects.add(stored(manifest));
                }
            }
        }
        return new Arrived(new Mesh(objects, labels), List.copyOf(refused), List.copyOf(unfiled));
    }

    private static Map<String, String> labels(Object read) {
        Map<String, String> labels = new HashMap<>();
        ((Map<?, ?>) read).forEach((key, value) -> labels.put((String) key, (String) value));
        return labels;
    }

    private Object stored(Manifest manifest) {
        Object written = manifest.object();
        if (written instanceof DataUsageAgreement agreement) {
            return agreement(agreement, Optional.ofNullable(before.agreements().get(manifest.key())));
        }
        if (written instanceof Team team) {
            return with(
                    new Team(), team.getSpec(), metadata(team, before.teams().get(manifest.key())));
        }
        if (written instanceof DataPlatform platform) {
            return with(
                    new DataPlatform(),
                    platform.getSpec(),
                    metadata(platform, before.platforms().get(manifest.key())));
        }
        if (written instanceof DataProduct product) {
            return with(
                    new DataProduct(),
                    product.getSpec(),
                    metadata(product, before.products().get(manifest.key())));
        }
        if (written instanceof OutputPort port) {
            return with(
                    new OutputPort(),
                    port.getSpec(),
                    metadata(port, before.ports().get(manifest.key())));
        }
        if (written instanceof ApprovalPolicy policy) {
            return with(
                    new ApprovalPolicy(),
                    policy.getSpec(),
                    admission.metadata(
                            policy.getMetadata(),
                            before.policies().stream()
                                    .filter(other ->
                                            other.getMetadata().getName().equals(manifest.key()))
                                    .findFirst()
                                    .map(HasMetadata::getMetadata)));
        }
        throw new IllegalArgumentException("no kind of ours: " + written.getClass());
    }

    private DataUsageAgreement agreement(DataUsageAgreement written, Optional<DataUsageAgreement> there) {
        DataUsageAgreement stored = admission.agreement(written, there);
        gates.flatMap(rules -> rules.annotations().refusal(stored, there)).ifPresent(refusal -> {
            refused.add(refusal);
            DecisionGate.undo(stored, there);
        });
        return stored;
    }

    /** Nothing where it is not let in. What is there was, whatever its manifest says now. */
    private Optional<Decision> decision(Decision written, Optional<Decision> there) {
        Decision stored = admission.decision(written, there);
        Optional<RefusedFiling> refusal = there.isPresent()
                ? Optional.empty()
                : gates.flatMap(rules -> rules.filings().refusal(stored));
        refusal.ifPresent(unfiled::add);
        return refusal.isPresent() ? Optional.empty() : Optional.of(stored);
    }

    private ObjectMeta metadata(HasMetadata written, @org.jspecify.annotations.Nullable HasMetadata there) {
        return admission.metadata(
                written.getMetadata(), Optional.ofNullable(there).map(HasMetadata::getMetadata));
    }

    private static <S, T extends io.fabric8.kubernetes.client.CustomResource<S, ?>> T with(
            T object, S spec, ObjectMeta metadata) {
        object.setMetadata(metadata);
        object.setSpec(spec);
        return object;
    }
}
