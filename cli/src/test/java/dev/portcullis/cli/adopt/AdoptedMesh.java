package dev.portcullis.cli.adopt;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import dev.portcullis.engine.manifest.ManifestReader;
import dev.portcullis.engine.manifest.YamlText;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.platform.Entitlement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was printed, with the DataPlatform that it asks for, as the engine sees it. */
final class AdoptedMesh implements World {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Guard GUARDED = new Guard.Whole(Instant.EPOCH);

    private final List<Manifest> manifests;
    private final AgreementEngine engine;

    private AdoptedMesh(List<Manifest> manifests) {
        this.manifests = manifests;
        EngineParts parts = EngineParts.ofTheOperator();
        this.engine = new AgreementEngine(this, parts.modules(), parts.principals(), parts.expressions());
    }

    static AdoptedMesh of(String printed, OldServer server) {
        String exposes = printed.lines()
                .filter(line -> line.startsWith("#   "))
                .map(line -> "  " + line.substring(4))
                .collect(Collectors.joining("\n"));
        String platform = """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataPlatform
                metadata: {name: warehouse}
                spec:
                  postgresql: {host: 127.0.0.1, port: %d, role: portcullis, sslMode: disable, credentials: {namespace: x, name: x}}
                  principals: {user: "name.split('@')[0]"}
                  exposes:
                %s
                ---
                """.formatted(server.port(), exposes);
        List<Fault> faults = new ArrayList<>();
        List<Manifest> manifests = YamlText.documents("printed", platform + printed, faults).stream()
                .flatMap(document -> ManifestReader.OF_REPOSITORIES.read(document, "", faults).stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new IllegalStateException(faults + "\n" + platform + printed);
        }
        AdoptedMesh mesh = new AdoptedMesh(manifests);
        mesh.all(OutputPort.class)
                .forEach(port -> port.getMetadata()
                        .setUid(UUID.nameUUIDFromBytes(
                                        port.getMetadata().getName().getBytes(StandardCharsets.UTF_8))
                                .toString()));
        mesh.agreements().forEach(agreement -> {
            agreement.getMetadata().setCreationTimestamp(NOW.toString());
            agreement.getMetadata().setAnnotations(Map.of(Annotations.REQUESTED_BY, "ada@example.com"));
        });
        return mesh;
    }

    List<DataUsageAgreement> agreements() {
        return all(DataUsageAgreement.class).toList();
    }

    String phase(DataUsageAgreement agreement) {
        return String.valueOf(settled(agreement).phase());
    }

    private DataUsageAgreementStatus settled(DataUsageAgreement agreement) {
        for (int look = 0; look < 8; look++) {
            agreement.setStatus(engine.assess(agreement, GUARDED, Optional.empty(), Clocks.inSync(NOW))
                    .status());
        }
        return agreement.getStatus();
    }

    /** What is then asked of the platform. */
    Set<Entitlement> approveAll() {
        Set<Entitlement> wanted = new HashSet<>();
        for (DataUsageAgreement agreement : agreements()) {
            settled(agreement);
            agreement
                    .getMetadata()
                    .setAnnotations(Map.of(
                            Annotations.REQUESTED_BY, "ada@example.com",
                            Annotations.DECISION, "approved",
                            Annotations.DECIDED_BY, "olga@example.com",
                            Annotations.RECORDED_BY, "olga@example.com"));
            settled(agreement);
            if (engine.access(agreement, Clocks.inSync(NOW)) instanceof Access.Wanted access) {
                wanted.addAll(access.entitlements());
            } else {
                throw new IllegalStateException(agreement.getMetadata().getName() + " is "
                        + agreement.getStatus().conditions());
            }
        }
        return wanted;
    }

    private <T> Stream<T> all(Class<T> type) {
        return manifests.stream().map(Manifest::object).filter(type::isInstance).map(type::cast);
    }

    private <T> Optional<T> find(ManifestKind kind, String key, Class<T> type) {
        return manifests.stream()
                .filter(manifest -> manifest.kind() == kind && manifest.key().equals(key))
                .map(Manifest::object)
                .map(type::cast)
                .findFirst();
    }

    @Override
    public Optional<OutputPort> port(String namespace, String name) {
        return find(ManifestKind.PORT, namespace + "/" + name, OutputPort.class);
    }

    @Override
    public Optional<DataProduct> product(String namespace, String name) {
        return find(ManifestKind.PRODUCT, namespace + "/" + name, DataProduct.class);
    }

    @Override
    public Optional<DataPlatform> platform(String name) {
        return find(ManifestKind.PLATFORM, name, DataPlatform.class);
    }

    @Override
    public Optional<Team> team(String name) {
        return find(ManifestKind.TEAM, name, Team.class);
    }

    @Override
    public List<Team> teamsOf(String namespace) {
        return all(Team.class)
                .filter(team -> team.getSpec().namespaces().contains(namespace))
                .toList();
    }

    @Override
    public List<String> teamsWith(String user) {
        return all(Team.class)
                .filter(team ->
                        team.getSpec().members().stream().anyMatch(member -> Objects.equals(member.user(), user)))
                .map(team -> team.getMetadata().getName())
                .sorted()
                .toList();
    }

    @Override
    public List<ApprovalPolicy> policies() {
        return List.of();
    }

    @Override
    public Optional<Map<String, String>> labelsOf(String namespace) {
        return Optional.of(Map.of());
    }

    @Override
    public List<Decision> decisions(String namespace, String agreement) {
        return List.of();
    }

    @Override
    public List<DataUsageAgreement> agreementsOn(String namespace, String port) {
        return List.of();
    }
}
