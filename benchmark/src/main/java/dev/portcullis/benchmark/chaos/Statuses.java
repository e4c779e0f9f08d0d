package dev.portcullis.benchmark.chaos;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.port.PostgresqlObjects;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the operator tells of agreements. */
final class Statuses {
    private final KubernetesClient client;

    Statuses(KubernetesClient client) {
        this.client = client;
    }

    /** Of all, by name; who has no status yet is open. */
    Map<String, Told> all() {
        Map<String, Told> all = new HashMap<>();
        for (String namespace : List.of(Mesh.CONSUMER, Mesh.PROVIDER)) {
            client.resources(DataUsageAgreement.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .forEach(agreement -> all.put(agreement.getMetadata().getName(), told(agreement.getStatus())));
        }
        return all;
    }

    /** Of one; null where there is none. */
    @Nullable
    Told of(AgreementModel agreement) {
        DataUsageAgreement found = client.resources(DataUsageAgreement.class)
                .inNamespace(agreement.namespace)
                .withName(agreement.name)
                .get();
        return found == null ? null : told(found.getStatus());
    }

    private static Told told(@Nullable DataUsageAgreementStatus status) {
        if (status == null) {
            return new Told(Told.Approval.OPEN, "", null, Set.of(), null);
        }
        Snapshot snapshot = status.snapshot();
        return new Told(
                approval(status.approval()),
                String.valueOf(status.phase()),
                snapshot == null ? null : snapshot.portUid(),
                snapshot == null ? Set.of() : columns(snapshot.objects().postgresql()),
                snapshot == null ? null : snapshot.memberOfTeam());
    }

    private static Told.Approval approval(@Nullable Approval approval) {
        if (approval == null || approval.status() == null) {
            return Told.Approval.OPEN;
        }
        return switch (approval.status()) {
            case Requested -> Told.Approval.OPEN;
            case Approved -> Told.Approval.APPROVED;
            case Rejected -> Told.Approval.REJECTED;
        };
    }

    private static Set<String> columns(@Nullable PostgresqlObjects objects) {
        Set<String> columns = new HashSet<>();
        if (objects != null) {
            objects.tables().forEach(table -> columns.addAll(table.columns()));
        }
        return columns;
    }
}
