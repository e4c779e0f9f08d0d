package dev.portcullis.platform.external;

import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.grant.AccessGrantSpec;
import dev.portcullis.api.grant.AccessGrantStatus;
import dev.portcullis.api.port.ExternalObject;
import dev.portcullis.platform.AgreementReference;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.external.profile.ExternalProfile;
import dev.portcullis.platform.external.profile.ProfileParser;
import dev.portcullis.platform.external.state.SeenGrant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** AccessGrants in memory, as the API server keeps them: a deleted one stays until its last finalizer is off, and its generation goes up. */
final class Grants implements AccessGrants {
    static final Owner OWNER = new Owner("here", "events");
    static final PortId PORT = new PortId("port-1", "checkout", "orders-v1");
    static final ExternalProfile ORDERS = profile(new ExternalObject("topics/orders", null));
    static final AgreementReference A = new AgreementReference("marketing", "a", "uid-a", "To see.");
    static final AgreementReference B = new AgreementReference("marketing", "b", "uid-b", "To know.");

    private final Map<String, SeenGrant> stored = new TreeMap<>();
    private int count;
    private int lists;

    static ExternalProfile profile(ExternalObject... objects) {
        return (ExternalProfile) ((Parsed.Ok) ProfileParser.parse(List.of(objects))).profile();
    }

    static Entitlement entitlement(String principal) {
        return new Entitlement(PORT, ORDERS, new Principal(principal));
    }

    static AccessGrantSpec spec(String installation, String platform, String principal) {
        return new AccessGrantSpec(
                installation,
                platform,
                new AccessGrantSpec.PortReference(PORT.name(), PORT.uid()),
                principal,
                ORDERS.toList(),
                List.of());
    }

    // ---- what a grant controller and others do

    void answer(String name, AccessGrantStatus.State state, long observedGeneration, String message) {
        change(
                name,
                was -> with(
                        was,
                        was.generation(),
                        was.deleting(),
                        was.finalizers(),
                        was.labels(),
                        was.spec(),
                        Optional.of(new AccessGrantStatus(observedGeneration, state, message, List.of()))));
    }

    void label(String name, Map<String, String> labels) {
        change(
                name,
                was -> with(was, was.generation(), was.deleting(), was.finalizers(), labels, was.spec(), was.status()));
    }

    void hold(String name, List<String> finalizers) {
        change(
                name,
                was -> with(was, was.generation(), was.deleting(), finalizers, was.labels(), was.spec(), was.status()));
    }

    void deleted(String name) {
        change(
                name,
                was -> with(was, was.generation() + 1, true, was.finalizers(), was.labels(), was.spec(), was.status()));
    }

    List<SeenGrant> all() {
        return List.copyOf(stored.values());
    }

    SeenGrant only() {
        if (stored.size() != 1) {
            throw new AssertionError("not one: " + stored);
        }
        return all().get(0);
    }

    int lists() {
        return lists;
    }

    // ---- the store

    @Override
    public List<SeenGrant> list(Scope scope) {
        lists++;
        return stored.values().stream()
                .filter(grant -> scope.covers(grant.port().uid()))
                .toList();
    }

    @Override
    public Outcome create(String namespace, String name, AccessGrantSpec spec) {
        if (stored.containsKey(name)) {
            return new Outcome.Pending("there is one already");
        }
        stored.put(
                name,
                new SeenGrant(
                        namespace,
                        name,
                        "uid-" + ++count,
                        "1",
                        1,
                        false,
                        List.of(PortcullisApi.EXTERNAL_FINALIZER),
                        labels(spec),
                        spec,
                        Optional.empty()));
        return new Outcome.Applied();
    }

    @Override
    public Outcome mend(SeenGrant seen, AccessGrantSpec spec) {
        Set<String> finalizers = new java.util.LinkedHashSet<>(seen.finalizers());
        finalizers.add(PortcullisApi.EXTERNAL_FINALIZER);
        Map<String, String> labels = new HashMap<>(seen.labels());
        labels.putAll(labels(spec));
        return ifUnchanged(
                seen,
                was -> with(
                        was,
                        was.generation() + 1,
                        was.deleting(),
                        List.copyOf(finalizers),
                        labels,
                        spec,
                        was.status()));
    }

    @Override
    public Outcome delete(SeenGrant seen) {
        SeenGrant now = stored.get(seen.name());
        if (now == null || !now.uid().equals(seen.uid())) {
            return new Outcome.Pending("it is another one");
        }
        deleted(seen.name());
        return new Outcome.Applied();
    }

    @Override
    public Outcome release(SeenGrant seen) {
        List<String> finalizers = new ArrayList<>(seen.finalizers());
        finalizers.remove(PortcullisApi.EXTERNAL_FINALIZER);
        return ifUnchanged(
                seen,
                was -> with(was, was.generation(), was.deleting(), finalizers, was.labels(), was.spec(), was.status()));
    }

    private Outcome ifUnchanged(SeenGrant seen, java.util.function.UnaryOperator<SeenGrant> change) {
        if (!seen.equals(stored.get(seen.name()))) {
            return new Outcome.Pending("it changed meanwhile");
        }
        change(seen.name(), change);
        return new Outcome.Applied();
    }

    private void change(String name, java.util.function.UnaryOperator<SeenGrant> change) {
        SeenGrant now = change.apply(stored.get(name));
        if (now.deleting() && now.finalizers().isEmpty()) {
            stored.remove(name);
        } else {
            stored.put(name, now);
        }
    }

    private static Map<String, String> labels(AccessGrantSpec spec) {
        return Map.of(
                PortcullisApi.PLATFORM_LABEL,
                spec.platform(),
                PortcullisApi.PORT_LABEL,
                spec.outputPort().uid());
    }

    private static SeenGrant with(
            SeenGrant was,
            long generation,
            boolean deleting,
            List<String> finalizers,
            Map<String, String> labels,
            AccessGrantSpec spec,
            Optional<AccessGrantStatus> status) {
        return new SeenGrant(
                was.namespace(),
                was.name(),
                was.uid(),
                was.version() + "1",
                generation,
                deleting,
                finalizers,
                labels,
                spec,
                status);
    }
}
