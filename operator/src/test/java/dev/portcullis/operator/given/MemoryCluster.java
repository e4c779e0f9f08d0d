package dev.portcullis.operator.given;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.policy.PolicyExpressions;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.operator.world.Caches;
import dev.portcullis.operator.world.KindCache;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The caches of the operator, filled by a test, and what was asked to be looked at again. */
public final class MemoryCluster {
    private final Caches caches = new Caches(namespace -> Optional.of(Map.of()));
    private final Queue<String> lookedAgain = new ConcurrentLinkedQueue<>();

    public final MemoryCache<Team> teams = connect(Team.class, caches.teams());
    public final MemoryCache<DataPlatform> platforms = connect(DataPlatform.class, caches.platforms());
    public final MemoryCache<DataProduct> products = connect(DataProduct.class, caches.products());
    public final MemoryCache<ApprovalPolicy> policies = connect(ApprovalPolicy.class, caches.approvalPolicies());
    public final MemoryCache<Decision> decisions = connect(Decision.class, caches.filedDecisions());
    public final MemoryCache<OutputPort> ports = connect(OutputPort.class, caches.ports());
    public final MemoryCache<DataUsageAgreement> agreements = connect(DataUsageAgreement.class, caches.agreements());

    public MemoryCluster() {
        caches.index();
    }

    /** Team checkout offers port orders-v1 of product orders on platform warehouse; team marketing asks. */
    public static MemoryCluster standard() {
        MemoryCluster cluster = new MemoryCluster();
        cluster.teams.put(Samples.team("checkout", "checkout"));
        cluster.teams.put(Samples.team("marketing", "marketing"));
        cluster.platforms.put(Samples.platform("warehouse"));
        cluster.products.put(Samples.product("orders"));
        cluster.ports.put(Samples.port("orders-v1", "port-1"));
        return cluster;
    }

    private <T extends HasMetadata> MemoryCache<T> connect(Class<T> kind, KindCache<T> cache) {
        MemoryCache<T> memory = new MemoryCache<>();
        List<EventSource<?, T>> sources = cache.connect(new EventSourceContext<>(memory, null, null, kind));
        sources.forEach(source -> {
            source.setEventHandler(event -> lookedAgain.add(kind.getSimpleName() + " " + name(event)));
            source.start();
            if (source instanceof ResourceEventAware<?>) {
                @SuppressWarnings("unchecked")
                ResourceEventAware<T> listener = (ResourceEventAware<T>) source;
                memory.tell(listener);
            }
        });
        return memory;
    }

    private static String name(Event event) {
        var id = event.getRelatedCustomResourceID();
        return id.getNamespace().map(namespace -> namespace + "/").orElse("") + id.getName();
    }

    public Caches caches() {
        return caches;
    }

    public AgreementEngine engine() {
        return new AgreementEngine(
                caches,
                new PlatformModules(List.of(new MemoryPlatform.Module())),
                new PrincipalMapper(new PrincipalExpressions()),
                new PolicyExpressions());
    }

    /** Each as {@code Kind namespace/name}, in order, with repetitions. */
    public List<String> lookedAgain() {
        return List.copyOf(lookedAgain);
    }

    public void forgetLooks() {
        lookedAgain.clear();
    }
}
