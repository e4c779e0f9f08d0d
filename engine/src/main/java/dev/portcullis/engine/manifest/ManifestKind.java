package dev.portcullis.engine.manifest;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionSpec;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.ApprovalPolicySpec;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.product.DataProductSpec;
import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamSpec;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of resources that are read from manifests. */
public enum ManifestKind {
    TEAM("Team", false) {
        @Override
        Optional<Object> object(ObjectMeta metadata, YamlDocument document, String spec, List<Fault> faults) {
            return StrictReader.read(document, spec, TeamSpec.class, faults).map(read -> {
                Team team = new Team();
                team.setMetadata(metadata);
                team.setSpec(read);
                return team;
            });
        }
    },
    PLATFORM("DataPlatform", false) {
        @Override
        Optional<Object> object(ObjectMeta metadata, YamlDocument document, String spec, List<Fault> faults) {
            return StrictReader.read(document, spec, DataPlatformSpec.class, faults)
                    .map(read -> {
                        DataPlatform platform = new DataPlatform();
                        platform.setMetadata(metadata);
                        platform.setSpec(read);
                        return platform;
                    });
        }
    },
    PRODUCT("DataProduct", true) {
        @Override
        Optional<Object> object(ObjectMeta metadata, YamlDocument document, String spec, List<Fault> faults) {
            return StrictReader.read(document, spec, DataProductSpec.class, faults)
                    .map(read -> {
                        DataProduct product = new DataProduct();
                        product.setMetadata(metadata);
                        product.setSpec(read);
                        return product;
                    });
        }
    },
    PORT("OutputPort", true) {
        @Override
        Optional<Object> object(ObjectMeta metadata, YamlDocument document, String spec, List<Fault> faults) {
            return StrictReader.read(document, spec, OutputPortSpec.class, faults)
                    .map(read -> {
                        OutputPort port = new OutputPort();
                        port.setMetadata(metadata);
                        port.setSpec(read);
                        return port;
                    });
        }
    },
    POLICY("ApprovalPolicy", false) {
        @Override
        Optional<Object> object(ObjectMeta metadata, YamlDocument document, String spec, List<Fault> faults) {
            return StrictReader.read(document, spec, ApprovalPolicySpec.class, faults)
                    .map(read -> {
                        ApprovalPolicy policy = new ApprovalPolicy();
                        policy.setMetadata(metadata);
                        policy.setSpec(read);
                        return policy;
                    });
        }
    },
    AGREEMENT("DataUsageAgreement", true) {
        @Override
        Optional<Object> object(ObjectMeta metadata, YamlDocument document, String spec, List<Fault> faults) {
            return StrictReader.read(document, spec, DataUsageAgreementSpec.class, faults)
                    .map(read -> {
                        DataUsageAgreement agreement = new DataUsageAgreement();
                        agreement.setMetadata(metadata);
                        agreement.setSpec(read);
                        return agreement;
                    });
        }
    },
    DECISION("Decision", true) {
        @Override
        Optional<Object> object(ObjectMeta metadata, YamlDocument document, String spec, List<Fault> faults) {
            return StrictReader.read(document, spec, DecisionSpec.class, faults).map(read -> {
                Decision decision = new Decision();
                decision.setMetadata(metadata);
                decision.setSpec(read);
                return decision;
            });
        }
    },
    /** Its labels, which policies select ports by. */
    NAMESPACE("Namespace", false) {
        @Override
        Optional<Object> object(ObjectMeta metadata, YamlDocument document, String spec, List<Fault> faults) {
            return Optional.of(Optional.ofNullable(metadata.getLabels()).orElse(Map.of()));
        }
    };

    private final String word;
    private final boolean namespaced;

    ManifestKind(String word, boolean namespaced) {
        this.word = word;
        this.namespaced = namespaced;
    }

    /** The object of this kind; empty where its spec does not fit, which is then among the faults. */
    abstract Optional<Object> object(ObjectMeta metadata, YamlDocument document, String spec, List<Fault> faults);

    public String word() {
        return word;
    }

    public boolean isNamespaced() {
        return namespaced;
    }

    boolean hasSpec() {
        return this != NAMESPACE;
    }

    public String apiVersion() {
        return this == NAMESPACE ? "v1" : "portcullis.dev/v1alpha1";
    }

    public static Optional<ManifestKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static String words(Set<ManifestKind> kinds) {
        return kinds.stream().map(ManifestKind::word).collect(Collectors.joining(", "));
    }
}
