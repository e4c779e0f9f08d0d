package dev.portcullis.benchmark.chaos;

import dev.portcullis.api.port.OutputPort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Set;
import java.util.TreeSet;

/** What the provider does with ports. */
final class PortHands {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient provider;
    private final Model model;
    private final Telling telling;

    PortHands(KubernetesClient provider, Model model) {
        this.provider = provider;
        this.model = model;
        telling = new Telling(model);
    }

    boolean make(Operation.MakePort make) {
        PortModel port = model.port(make.port());
        return telling.gives(
                "make " + make,
                () -> {
                    OutputPort made = provider.resource(Requests.port(make)).create();
                    port.made(made.getMetadata().getUid());
                },
                () -> {
                    port.incarnation++;
                    port.columns = make.columns();
                    port.autoApprove.set(make.autoApprove());
                    port.suspended = false;
                    model.offer(port, make.columns());
                    port.there.set(true);
                },
                () -> port.there.set(false));
    }

    /** What was voted on a request for it is not certain to count any more: whoever looks later finds no port, or another. */
    boolean delete(Operation.DeletePort delete) {
        PortModel port = model.port(delete.port());
        return telling.takes(
                delete.toString(),
                () -> {
                    patch(port, "{\"metadata\":{\"annotations\":{\"portcullis.dev/allow-delete\":\"true\"}}}");
                    resource(port).delete();
                },
                () -> {
                    port.there.set(false);
                    model.agreements().stream()
                            .filter(agreement -> agreement.port.equals(port.name))
                            .forEach(agreement -> agreement.voted = false);
                });
    }

    boolean columns(Operation.ChangeColumns change) {
        PortModel port = model.port(change.port());
        Set<String> before = port.columns;
        Set<String> both = new TreeSet<>(before);
        both.addAll(change.columns());
        boolean taken = telling.gives(
                change.toString(),
                () -> patch(
                        port,
                        "{\"spec\":{\"postgresql\":{\"tables\":" + Requests.tables(port.name, change.columns())
                                + "}}}"),
                () -> {
                    port.columns = both;
                    model.offer(port, change.columns());
                },
                () -> port.columns = before);
        if (taken) {
            model.change(() -> port.columns = change.columns());
        }
        return taken;
    }

    boolean autoApprove(Operation.ChangeAutoApprove change) {
        PortModel port = model.port(change.port());
        Runnable write = () -> patch(port, "{\"spec\":{\"autoApprove\":" + change.autoApprove() + "}}");
        return change.autoApprove()
                ? telling.gives(
                        change.toString(), write, () -> port.autoApprove.set(true), () -> port.autoApprove.set(false))
                : telling.takes(change.toString(), write, () -> port.autoApprove.set(false));
    }

    boolean suspend(Operation.SuspendPort change) {
        PortModel port = model.port(change.port());
        Runnable write = () -> patch(port, "{\"spec\":{\"suspend\":" + change.suspended() + "}}");
        return change.suspended()
                ? telling.takes(change.toString(), write, () -> port.suspended = true)
                : telling.gives(change.toString(), write, () -> port.suspended = false, () -> port.suspended = true);
    }

    private void patch(PortModel port, String json) {
        resource(port).patch(MERGE, json);
    }

    private Resource<OutputPort> resource(PortModel port) {
        return provider.resources(OutputPort.class).inNamespace(Mesh.PROVIDER).withName(port.name);
    }
}
