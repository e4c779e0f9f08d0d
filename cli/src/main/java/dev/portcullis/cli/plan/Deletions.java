package dev.portcullis.cli.plan;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.ManifestKind;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the API server does not let go, since it is in use: as the policy in-use.portcullis.dev says. */
final class Deletions {
    private final Manifests written;
    private final Settled before;
    private final Manifests after;

    /** @param written what is there, with the places where it was read */
    Deletions(Manifests written, Settled before, Manifests after) {
        this.written = written;
        this.before = before;
        this.after = after;
    }

    List<Fault> refused() {
        return Stream.of(ports(), products(), platforms()).flatMap(all -> all).toList();
    }

    private Stream<Fault> ports() {
        return before.mesh().ports().entrySet().stream()
                .filter(entry -> after.find(ManifestKind.PORT, entry.getKey()).isEmpty())
                .filter(entry -> !isLetGo(entry.getValue()))
                .flatMap(entry -> {
                    long used = usersThatStay(entry.getValue());
                    return used == 0
                            ? Stream.empty()
                            : Stream.of(fault(
                                    ManifestKind.PORT,
                                    entry.getKey(),
                                    used + " approved agreement(s) use OutputPort " + entry.getKey()
                                            + ", so the API server refuses to delete it: delete them first, or annotate the port "
                                            + Annotations.ALLOW_DELETE
                                            + "=true before (needs the verb approve), which revokes them all"));
                });
    }

    /** The agreements that go as well are gone before, or the deletion is tried again until they are. */
    private long usersThatStay(OutputPort port) {
        return before
                .mesh()
                .agreementsOn(
                        port.getMetadata().getNamespace(), port.getMetadata().getName())
                .stream()
                .filter(agreement ->
                        after.find(ManifestKind.AGREEMENT, key(agreement)).isPresent())
                .filter(Deletions::isApproved)
                .count();
    }

    private static boolean isApproved(DataUsageAgreement agreement) {
        return agreement.getStatus() != null
                && Objects.requireNonNull(agreement.getStatus().approval()).status() == ApprovalStatus.Approved
                && !Objects.requireNonNull(agreement.getStatus().phase()).isOver();
    }

    private static String key(DataUsageAgreement agreement) {
        return agreement.getMetadata().getNamespace() + "/"
                + agreement.getMetadata().getName();
    }

    private static boolean isLetGo(OutputPort port) {
        return port.getMetadata().getAnnotations() != null
                && "true".equals(port.getMetadata().getAnnotations().get(Annotations.ALLOW_DELETE));
    }

    private Stream<Fault> products() {
        return before.mesh().products().keySet().stream()
                .filter(key -> after.find(ManifestKind.PRODUCT, key).isEmpty())
                .filter(key -> before.mesh().ports().entrySet().stream()
                        .filter(port ->
                                after.find(ManifestKind.PORT, port.getKey()).isPresent())
                        .anyMatch(port -> (port.getValue().getMetadata().getNamespace() + "/"
                                                + port.getValue().getSpec().dataProduct())
                                        .equals(key)
                                && usersThatStay(port.getValue()) > 0))
                .map(key -> fault(
                        ManifestKind.PRODUCT,
                        key,
                        "active agreements use output ports of DataProduct " + key
                                + ", so the API server refuses to delete it: delete or retire its ports first"));
    }

    private Stream<Fault> platforms() {
        return before.mesh().platforms().keySet().stream()
                .filter(name -> after.find(ManifestKind.PLATFORM, name).isEmpty())
                .filter(name -> before.mesh().ports().entrySet().stream()
                        .anyMatch(port -> port.getValue().getSpec().platform().equals(name)
                                && after.find(ManifestKind.PORT, port.getKey()).isPresent()))
                .map(
                        name -> fault(
                                ManifestKind.PLATFORM,
                                name,
                                "output ports use DataPlatform " + name
                                        + ", so the API server refuses to delete it: delete them first, and wait until every grant is gone"));
    }

    private Fault fault(ManifestKind kind, String key, String message) {
        return written.find(kind, key)
                .map(manifest -> manifest.fault("", message))
                .orElseGet(() -> new Fault(kind.word() + " " + key, 1, message));
    }
}
