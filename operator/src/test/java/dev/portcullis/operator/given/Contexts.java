package dev.portcullis.operator.given;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** The contexts that reconcilers are called with; what they told the framework was just written is kept. */
public final class Contexts {
    private final KubernetesClient client;
    private final List<HasMetadata> written = new ArrayList<>();
    private final ControllerEventSource<?> source;

    public Contexts(KubernetesClient client) {
        this.client = client;
        Operator operator = new Operator(configuration -> configuration.withKubernetesClient(client));
        source = new Recording<>((Controller<ConfigMap>) operator.register(new Nothing()));
    }

    public <T extends HasMetadata> Context<T> present() {
        return context(false);
    }

    public <T extends HasMetadata> Context<T> deleted() {
        return context(true);
    }

    /** What was written, as the server answered. */
    public List<HasMetadata> written() {
        return List.copyOf(written);
    }

    @SuppressWarnings("unchecked")
    private <T extends HasMetadata> Context<T> context(boolean deleted) {
        EventSourceRetriever<?> sources =
                proxy(EventSourceRetriever.class, method -> method.equals("getControllerEventSource") ? source : null);
        return proxy(Context.class, method -> switch (method) {
            case "getClient" -> client;
            case "isPrimaryResourceDeleted" -> deleted;
            case "eventSourceRetriever" -> sources;
            default -> null;
        });
    }

    private interface Answer {
        Object to(String method);
    }

    @SuppressWarnings("unchecked")
    private static <I> I proxy(Class<I> kind, Answer answer) {
        return (I) Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (proxy, method, arguments) -> {
            Object result = answer.to(method.getName());
            if (result == null) {
                throw new UnsupportedOperationException(method.getName());
            }
            return result;
        });
    }

    private final class Recording<T extends HasMetadata> extends ControllerEventSource<T> {
        Recording(Controller<T> controller) {
            super(controller);
        }

        @Override
        public void handleRecentResourceUpdate(ResourceID id, T resource, T previous) {
            written.add(resource);
        }
    }

    @ControllerConfiguration
    private static final class Nothing implements Reconciler<ConfigMap> {
        @Override
        public UpdateControl<ConfigMap> reconcile(ConfigMap resource, Context<ConfigMap> context) {
            return UpdateControl.noUpdate();
        }
    }
}
