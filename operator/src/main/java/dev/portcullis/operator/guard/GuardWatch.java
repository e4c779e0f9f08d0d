package dev.portcullis.operator.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.operator.watch.Watched;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the admission policies. As long as they are not whole no annotation is taken as a decision; what rules decide goes on. */
public final class GuardWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardWatch.class);
    private static final Duration TOLERATED = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ShippedPolicies shipped;
    private final SharedIndexInformer<ValidatingAdmissionPolicy> policies;
    private final SharedIndexInformer<ValidatingAdmissionPolicyBinding> bindings;
    private final Runnable changed;
    private volatile long lastWatched = System.nanoTime();
    private volatile Guard guard = new Guard.Broken("the admission policies have not been looked at yet");

    /** @param changed called whenever the guard became another one */
    public GuardWatch(KubernetesClient client, ShippedPolicies shipped, Runnable changed) {
        this.shipped = shipped;
        this.changed = changed;
        this.policies = client.admissionRegistration()
                .v1()
                .validatingAdmissionPolicies()
                .runnableInformer(0);
        this.bindings = client.admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .runnableInformer(0);
    }

    /** Starts watching and returns when all is seen. */
    public void start() {
        // whatever goes wrong with watching, it is tried again: a watch that ended would leave the last verdict
        // standing
        policies.exceptionHandler((started, problem) -> true);
        bindings.exceptionHandler((started, problem) -> true);
        policies.addEventHandler(new OnAnyEvent<>());
        bindings.addEventHandler(new OnAnyEvent<>());
        policies.run();
        bindings.run();
        judge();
    }

    public Guard guard() {
        return guard;
    }

    /** Whether the policies are watched, or were a moment ago: a watch ends and begins anew now and then. While they are not, the last verdict stands. */
    public boolean isWatching() {
        long now = System.nanoTime();
        if (policies.isWatching() && bindings.isWatching()) {
            lastWatched = now;
        }
        return now - lastWatched < TOLERATED.toNanos();
    }

    /** What looks after the watches. */
    public List<Watched> watched() {
        return List.of(
                watched(ValidatingAdmissionPolicy.class, policies),
                watched(ValidatingAdmissionPolicyBinding.class, bindings));
    }

    private static <T extends HasMetadata> Watched watched(Class<T> kind, SharedIndexInformer<T> informer) {
        return Watched.of(
                kind,
                id -> Optional.ofNullable(informer.getStore().getByKey(id.getName())),
                () -> informer.getStore().list().stream());
    }

    private synchronized void judge() {
        if (!policies.hasSynced() || !bindings.hasSynced()) {
            return;
        }
        Guard now = judge(policies.getStore().list(), bindings.getStore().list());
        if (!now.equals(guard)) {
            log(now);
            guard = now;
            changed.run();
        }
    }

    private static void log(Guard now) {
        if (now instanceof Guard.Whole whole) {
            LOG.info("the admission policies guard what people write since {}", whole.since());
        } else if (now instanceof Guard.Broken broken) {
            LOG.warn("no annotation and no Decision counts: {}", broken.message());
        }
    }

    private Guard judge(
            List<ValidatingAdmissionPolicy> livePolicies, List<ValidatingAdmissionPolicyBinding> liveBindings) {
        List<String> faults = new ArrayList<>();
        List<Instant> since = new ArrayList<>();
        check("ValidatingAdmissionPolicy", shipped.policies(), livePolicies, faults, since);
        check("ValidatingAdmissionPolicyBinding", shipped.bindings(), liveBindings, faults, since);
        return faults.isEmpty()
                ? new Guard.Whole(since.stream().max(Instant::compareTo).orElseThrow())
                : new Guard.Broken(String.join("; ", faults)
                        + ": a cluster administrator applies helm/portcullis/files/admission/ again");
    }

    private static void check(
            String kind,
            Map<String, JsonNode> shipped,
            List<? extends HasMetadata> live,
            List<String> faults,
            List<Instant> since) {
        shipped.forEach((name, spec) -> {
            @Nullable
            HasMetadata found = live.stream()
                    .filter(object -> name.equals(object.getMetadata().getName()))
                    .findFirst()
                    .orElse(null);
            if (found == null || found.getMetadata().getDeletionTimestamp() != null) {
                faults.add(kind + " " + name + " is missing");
                return;
            }
            since.add(lastChange(found));
            PolicyComparison.difference(spec, JSON.valueToTree(found).path("spec"))
                    .ifPresent(difference -> faults.add(kind + " " + name + " was changed: " + difference));
        });
    }

    /** Created or changed: what was changed and changed back was not whole in between. Status is not part of what guards. */
    private static Instant lastChange(HasMetadata object) {
        return Stream.concat(
                        Stream.of(object.getMetadata().getCreationTimestamp()),
                        Optional.ofNullable(object.getMetadata().getManagedFields()).orElse(List.of()).stream()
                                .filter(entry -> entry.getSubresource() == null)
                                .map(entry -> entry.getTime()))
                .filter(time -> time != null)
                .map(Instant::parse)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    @Override
    public void close() {
        policies.stop();
        bindings.stop();
    }

    private final class OnAnyEvent<T> implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            judge();
        }

        @Override
        public void onUpdate(T before, T after) {
            judge();
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {
            judge();
        }
    }
}
