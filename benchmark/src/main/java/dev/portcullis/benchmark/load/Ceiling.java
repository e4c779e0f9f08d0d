package dev.portcullis.benchmark.load;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;

/**
 * What the API server takes of the same requests from a client that does nothing else: for each agreement a create and two writes of a status like those the
 * operator writes. The operator must not run meanwhile.
 */
final class Ceiling {
    private static final double SHARE = 0.95;

    private final Bench bench;
    private final int count;

    Ceiling(Bench bench, int count) {
        this.bench = bench;
        this.count = count;
    }

    /** @param reached agreements a second with the operator */
    List<Figure> run(double reached) {
        // two that differ: what changes nothing is not written
        DataUsageAgreementStatus first = statusOf("a-0");
        DataUsageAgreementStatus second = statusOf("a-1");
        KubernetesClient client = bench.admin();
        Cpu before = Cpu.now(bench.servers());
        Duration took = bench.writers().run("the API server alone", count, i -> {
            DataUsageAgreement created = client.resource(
                            Workload.request("ceiling-" + i, Workload.port(0), "nobody" + i))
                    .create();
            write(client, write(client, created, first), second);
        });
        double millis = 1000 * Cpu.now(bench.servers()).since(before).sum() / count;
        bench.writers().run("remove them", count, i -> remove("ceiling-" + i));
        double ceiling = count / (took.toMillis() / 1e3);
        double share = reached / ceiling;
        return List.of(
                Figure.plain(
                        "API server alone: create and two writes", "%.0f agreements/s".formatted(ceiling), ceiling),
                Figure.plain(
                        "  CPU per agreement of API server and etcd for that", "%.1f ms".formatted(millis), millis),
                Figure.atLeast(
                        "create to entitlement against that", "%.0f %%".formatted(100 * share), share, SHARE, "95 %"));
    }

    /** Without the operator, whose finalizer each has from the start. */
    private void remove(String name) {
        var agreement = bench.admin()
                .resources(DataUsageAgreement.class)
                .inNamespace(Workload.CONSUMER)
                .withName(name);
        agreement.delete();
        agreement.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
    }

    private DataUsageAgreementStatus statusOf(String name) {
        return bench.admin()
                .resources(DataUsageAgreement.class)
                .inNamespace(Workload.CONSUMER)
                .withName(name)
                .get()
                .getStatus();
    }

    private static DataUsageAgreement write(
            KubernetesClient client, DataUsageAgreement read, DataUsageAgreementStatus status) {
        DataUsageAgreement fresh = new DataUsageAgreement();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(read.getMetadata().getName())
                .withNamespace(read.getMetadata().getNamespace())
                .withUid(read.getMetadata().getUid())
                .withResourceVersion(read.getMetadata().getResourceVersion())
                .build());
        fresh.setStatus(status);
        return client.resource(fresh).subresource("status").update();
    }
}
