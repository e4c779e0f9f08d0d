package dev.portcullis.platform.external.state;

import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.grant.AccessGrant;
import dev.portcullis.api.grant.AccessGrantSpec;
import dev.portcullis.api.grant.AccessGrantStatus;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.external.profile.ProfileParser;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An AccessGrant as it was read.
 *
 * @param uid metadata.uid: another one under the same name is another AccessGrant
 * @param version metadata.resourceVersion
 * @param generation metadata.generation: one more when the deletion was asked for
 * @param deleting whether its deletion was asked for
 * @param finalizers what holds it
 * @param status the grant controller's answer; empty: none yet
 */
public record SeenGrant(
        String namespace,
        String name,
        String uid,
        String version,
        long generation,
        boolean deleting,
        List<String> finalizers,
        Map<String, String> labels,
        AccessGrantSpec spec,
        Optional<AccessGrantStatus> status) {
    public SeenGrant {
        finalizers = List.copyOf(finalizers);
        labels = Map.copyOf(labels);
    }

    public static SeenGrant of(AccessGrant grant) {
        ObjectMeta metadata = grant.getMetadata();
        return new SeenGrant(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                metadata.getResourceVersion(),
                Optional.ofNullable(metadata.getGeneration()).orElse(0L),
                metadata.getDeletionTimestamp() != null,
                Optional.ofNullable(metadata.getFinalizers()).orElse(List.of()),
                Optional.ofNullable(metadata.getLabels()).orElse(Map.of()),
                grant.getSpec(),
                Optional.ofNullable(grant.getStatus()));
    }

    /** For messages. */
    public String label() {
        return "AccessGrant " + namespace + "/" + name;
    }

    public PortId port() {
        return new PortId(spec.outputPort().uid(), namespace, spec.outputPort().name());
    }

    public Principal principal() {
        return new Principal(spec.principal());
    }

    public Holding holding() {
        return new Holding(port(), name, principal(), true);
    }

    /** Whether it says exactly this, whatever it is called. */
    public boolean says(Entitlement entitlement) {
        return port().equals(entitlement.port())
                && principal().equals(entitlement.principal())
                && ProfileParser.parse(spec.objects()) instanceof Parsed.Ok ok
                && ok.profile().equals(entitlement.profile());
    }

    /** The principal has the access, and is to keep it. */
    public boolean isGranted() {
        return !deleting && state().equals(Optional.of(AccessGrantStatus.State.Granted));
    }

    public Optional<AccessGrantStatus.State> state() {
        return status.map(AccessGrantStatus::state);
    }

    public Optional<String> message() {
        return status.map(AccessGrantStatus::message).filter(text -> !text.isBlank());
    }

    /** Finalizers that are not ours. */
    public List<String> others() {
        return finalizers.stream()
                .filter(finalizer -> !finalizer.equals(PortcullisApi.EXTERNAL_FINALIZER))
                .toList();
    }

    public boolean isHeldByUs() {
        return finalizers.contains(PortcullisApi.EXTERNAL_FINALIZER);
    }

    /**
     * Nothing is left of it on the platform: the controller said so after it saw the deletion, which raises the generation. What it said before counts for
     * nothing, since it may have granted afterwards. Without our finalizer somebody in charge gave it up, and only another's finalizer keeps the object.
     */
    public boolean isGone() {
        boolean answered = state().equals(Optional.of(AccessGrantStatus.State.Revoked))
                && status.map(AccessGrantStatus::observedGeneration).orElse(0L) >= generation;
        return deleting && (answered || !isHeldByUs());
    }
}
