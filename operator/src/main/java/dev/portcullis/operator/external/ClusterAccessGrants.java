package dev.portcullis.operator.external;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.grant.AccessGrant;
import dev.portcullis.api.grant.AccessGrantSpec;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.external.AccessGrants;
import dev.portcullis.platform.external.state.SeenGrant;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * AccessGrants by single calls to the API server. No cache: a list without a resourceVersion is answered with the newest state, also by a server that lags
 * behind, and only that may say that nothing is there.
 */
public final class ClusterAccessGrants implements AccessGrants {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatchContext MERGE_PATCH = PatchContext.of(PatchType.JSON_MERGE);

    /** In the CRD's selectableFields. Labels can be taken off, and what a list does not show counts as gone; this never changes. */
    private static final String PORT_FIELD = "spec.outputPort.uid";

    /** Each is a call of its own; of more than these all are listed in one. */
    private static final int PORTS_ASKED_FOR = 10;

    private static final int UNPROCESSABLE = 422;

    /** More than 1.5 MiB, unless etcd is told otherwise. */
    private static final String ETCD_TOO_LARGE = "request is too large";

    private final KubernetesClient client;
    private final EventRecorder events;

    /** @param events told of each AccessGrant when it is written, its deletion asked for, and let go */
    public ClusterAccessGrants(KubernetesClient client, EventRecorder events) {
        this.events = events;
        // no try of its own again after an error of the server: that takes over a minute and a half, and the loop asks
        // again
        RequestConfig once = new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .build();
        this.client = client.newClient(once).adapt(KubernetesClient.class);
    }

    @Override
    public List<SeenGrant> list(Scope scope) throws PlatformUnavailableException {
        try {
            List<AccessGrant> found =
                    scope instanceof Scope.Ports ports && ports.uids().size() <= PORTS_ASKED_FOR
                            ? ofPorts(ports.uids())
                            : all();
            return found.stream().map(SeenGrant::of).toList();
        } catch (KubernetesClientException e) {
            throw unavailable(e);
        }
    }

    private List<AccessGrant> ofPorts(Set<String> uids) {
        List<AccessGrant> found = new ArrayList<>();
        try {
            for (String uid : uids) {
                found.addAll(client.resources(AccessGrant.class)
                        .inAnyNamespace()
                        .withField(PORT_FIELD, uid)
                        .list()
                        .getItems());
            }
            return found;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST) {
                // Kubernetes 1.30 has no such fields, nor has a CRD of before
                return all();
            }
            throw e;
        }
    }

    private List<AccessGrant> all() {
        return client.resources(AccessGrant.class).inAnyNamespace().list().getItems();
    }

    @Override
    public Outcome create(String namespace, String name, AccessGrantSpec spec) throws PlatformUnavailableException {
        AccessGrant grant = new AccessGrant();
        grant.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels(spec))
                .withFinalizers(PortcullisApi.EXTERNAL_FINALIZER)
                .build());
        grant.setSpec(spec);
        return write(
                "AccessGrant " + namespace + "/" + name,
                () -> events.done(
                        client.resource(grant).create(),
                        "Wanted",
                        "waits for the grant controller of DataPlatform " + spec.platform() + " to give "
                                + spec.principal() + " the access"));
    }

    @Override
    public Outcome mend(SeenGrant seen, AccessGrantSpec spec) throws PlatformUnavailableException {
        List<String> finalizers = new ArrayList<>(seen.finalizers());
        if (!seen.isHeldByUs()) {
            finalizers.add(PortcullisApi.EXTERNAL_FINALIZER);
        }
        return patch(
                seen,
                Map.of("labels", labels(spec), "finalizers", finalizers),
                Map.of("agreements", spec.agreements()),
                () -> {});
    }

    /** Of this very object, whatever its version: whoever writes its status often could put the revoke off for ever otherwise. What it says never changes. */
    @Override
    public Outcome delete(SeenGrant seen) throws PlatformUnavailableException {
        String address = "/apis/" + PortcullisApi.GROUP + "/" + PortcullisApi.VERSION + "/namespaces/"
                + seen.namespace() + "/accessgrants/" + seen.name();
        Map<String, Object> options = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "DeleteOptions",
                "preconditions",
                Map.of("uid", seen.uid()),
                "propagationPolicy",
                "Background");
        // the client's own deletion knows no such precondition
        return write(seen.label(), () -> {
            client.raw(address, "DELETE", options);
            events.done(
                    reference(seen),
                    "NotWanted",
                    "no agreement asks for it any more, or the port does not offer it: waits for the grant controller of DataPlatform "
                            + seen.spec().platform() + " to take the access away and say Revoked");
        });
    }

    @Override
    public Outcome release(SeenGrant seen) throws PlatformUnavailableException {
        List<String> finalizers = new ArrayList<>(seen.finalizers());
        finalizers.remove(PortcullisApi.EXTERNAL_FINALIZER);
        return patch(
                seen,
                Map.of("finalizers", finalizers),
                Map.of(),
                () -> events.done(
                        reference(seen), "Gone", "the grant controller has said that nothing is left of the access"));
    }

    private static AccessGrant reference(SeenGrant seen) {
        AccessGrant grant = new AccessGrant();
        grant.setMetadata(new ObjectMetaBuilder()
                .withNamespace(seen.namespace())
                .withName(seen.name())
                .withUid(seen.uid())
                .build());
        return grant;
    }

    private Resource<AccessGrant> of(SeenGrant seen) {
        return client.resources(AccessGrant.class).inNamespace(seen.namespace()).withName(seen.name());
    }

    private static Map<String, String> labels(AccessGrantSpec spec) {
        return Map.of(
                PortcullisApi.PLATFORM_LABEL,
                spec.platform(),
                PortcullisApi.PORT_LABEL,
                spec.outputPort().uid());
    }

    /** By a merge patch that names the version: the API server refuses it as a conflict when it is another by now. */
    private Outcome patch(SeenGrant seen, Map<String, Object> metadata, Map<String, Object> spec, Runnable done)
            throws PlatformUnavailableException {
        Map<String, Object> versioned = new HashMap<>(metadata);
        versioned.put("uid", seen.uid());
        versioned.put("resourceVersion", seen.version());
        try {
            String json = JSON.writeValueAsString(Map.of("metadata", versioned, "spec", spec));
            return write(seen.label(), () -> {
                of(seen).patch(MERGE_PATCH, json);
                done.run();
            });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records, lists and texts are always JSON", e);
        }
    }

    /** Whether it holds is read back; what changed meanwhile is looked at again in a moment; what one object is refused concerns no other. */
    private static Outcome write(String which, Runnable call) throws PlatformUnavailableException {
        try {
            call.run();
            return new Outcome.Applied();
        } catch (KubernetesClientException e) {
            if (isTooLarge(e)) {
                return new Outcome.Refused(
                        Plan.Reason.NotApplied,
                        which
                                + " is too large for the API server: the provider offers less by one output port, and consumers have fewer agreements on it or"
                                + " shorter purposes");
            }
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> new Outcome.Applied();
                case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_PRECON_FAILED ->
                    new Outcome.Pending(which + " changed meanwhile; it is looked at again");
                case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
                    new Outcome.Refused(
                            Plan.Reason.NotApplied,
                            "the API server does not take " + which + ": " + said(e) + "; it is tried again");
                default -> throw unavailable(e);
            };
        }
    }

    /** Ports and purposes are written by tenants; a port that fits may make an AccessGrant that does not. What etcd says comes as an error of the server. */
    private static boolean isTooLarge(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_ENTITY_TOO_LARGE
                || (e.getCode() == HttpURLConnection.HTTP_INTERNAL_ERROR && said(e).contains(ETCD_TOO_LARGE));
    }

    private static PlatformUnavailableException unavailable(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                ? new PlatformUnavailableException(
                        PlatformUnavailableException.Reason.NotPrivileged,
                        "the operator may not read AccessGrants: apply helm/portcullis/files/rbac/operator.yaml again",
                        e)
                : new PlatformUnavailableException(
                        PlatformUnavailableException.Reason.Unreachable,
                        "the API server does not answer for AccessGrants: " + said(e),
                        e);
    }

    private static String said(KubernetesClientException e) {
        return e.getStatus() == null || e.getStatus().getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getStatus().getMessage();
    }
}
