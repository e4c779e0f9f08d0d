package dev.portcullis.cli.plan;

import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.rehearsal.Mesh;
import dev.portcullis.cli.report.PlanResult.ObjectFinding;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.policy.PolicyCheck;
import dev.portcullis.engine.readiness.PlatformReadiness;
import dev.portcullis.engine.readiness.PolicyReadiness;
import dev.portcullis.engine.readiness.PortReadiness;
import dev.portcullis.engine.readiness.ProductReadiness;
import dev.portcullis.engine.readiness.Readiness;
import dev.portcullis.engine.team.TeamResolver;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Platforms, products, ports and policies that the operator would call not ready: those that are new or another than before, and those that the change breaks. Who
 * says on purpose that something is not to be used knows it, unless they have just written it.
 */
final class ObjectFindings {
    private final Mesh before;
    private final Mesh after;
    private final Manifests written;
    private final EngineParts parts;
    private final List<ObjectFinding> findings = new ArrayList<>();

    /** @param written what is to be, with the places where it was read */
    ObjectFindings(Mesh before, Mesh after, Manifests written, EngineParts parts) {
        this.before = before;
        this.after = after;
        this.written = written;
        this.parts = parts;
    }

    List<ObjectFinding> all() {
        PlatformReadiness platforms = new PlatformReadiness(parts.rules());
        compare(
                ManifestKind.PLATFORM,
                before.platforms(),
                after.platforms(),
                mesh -> platform -> platforms.of(platform.getSpec()));
        compare(
                ManifestKind.PRODUCT,
                before.products(),
                after.products(),
                mesh -> new ProductReadiness(new TeamResolver(mesh))::of);
        compare(
                ManifestKind.PORT,
                before.ports(),
                after.ports(),
                mesh -> new PortReadiness(new OfferLookup(mesh, parts.modules()), new TeamResolver(mesh))::of);
        compare(
                ManifestKind.POLICY,
                byName(before),
                byName(after),
                mesh -> new PolicyReadiness(mesh, new PolicyCheck(parts.expressions()))::of);
        return findings;
    }

    private static Map<String, ApprovalPolicy> byName(Mesh mesh) {
        Map<String, ApprovalPolicy> byName = new LinkedHashMap<>();
        mesh.policies().forEach(policy -> byName.put(policy.getMetadata().getName(), policy));
        return byName;
    }

    private <T extends CustomResource<?, ?>> void compare(
            ManifestKind kind, Map<String, T> was, Map<String, T> is, Function<Mesh, Function<T, Readiness>> judges) {
        Function<T, Readiness> earlier = judges.apply(before);
        Function<T, Readiness> now = judges.apply(after);
        is.forEach((key, object) -> {
            Readiness readiness = now.apply(object);
            if (!isWorthSaying(readiness)) {
                return;
            }
            @Nullable T there = was.get(key);
            boolean isEdited = there == null || !Objects.equals(there.getSpec(), object.getSpec());
            boolean isBroken = readiness.state() == Readiness.State.FAULTY
                    && there != null
                    && !earlier.apply(there).equals(readiness);
            if (isEdited || isBroken) {
                findings.add(finding(kind, key, readiness));
            }
        });
    }

    private static boolean isWorthSaying(Readiness readiness) {
        return !readiness.isReady() || readiness.reason().equals(PolicyReadiness.TEAMS_MISSING);
    }

    private ObjectFinding finding(ManifestKind kind, String key, Readiness readiness) {
        Optional<Fault> place = written.find(kind, key).map(manifest -> place(manifest, kind));
        return new ObjectFinding(
                kind.word() + " " + key,
                place.map(Fault::file).orElse(null),
                place.map(Fault::line).orElse(1),
                readiness.reason(),
                readiness.message(),
                readiness.state() == Readiness.State.FAULTY);
    }

    private static Fault place(Manifest manifest, ManifestKind kind) {
        return manifest.fault(kind == ManifestKind.PLATFORM ? "/spec/principals" : "", "");
    }
}
