package dev.portcullis.benchmark.load;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.local.Await;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every measurement works with. */
record Bench(Servers servers, Warehouse warehouse, Workload work, Writers writers) {
    /** Longer than anything takes that is not broken. */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final Pattern COMPARED =
            Pattern.compile("portcullis_platform_compared_timestamp_seconds\\{[^}]*\\} (\\S+)");

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    KubernetesClient admin() {
        return servers.kube().client();
    }

    KubernetesClient approver() {
        return servers.kube().as(Workload.APPROVER, "system:authenticated");
    }

    ApiCounts requests() {
        return ApiCounts.now(admin());
    }

    /** Returns when nothing has been written for so long: statuses follow the memberships, and counts of them half a minute later. */
    void awaitQuiet(Duration quiet) {
        long writes = requests().writes();
        while (true) {
            Await.pause(quiet);
            long now = requests().writes();
            if (now == writes) {
                return;
            }
            writes = now;
        }
    }

    void create(DataUsageAgreement agreement) {
        admin().resource(agreement).create();
    }

    void decide(String name, String decision) {
        approver()
                .resources(DataUsageAgreement.class)
                .inNamespace(Workload.CONSUMER)
                .withName(name)
                .patch(
                        MERGE,
                        "{\"metadata\":{\"annotations\":{\"" + Annotations.DECISION + "\":\"" + decision + "\"}}}");
    }

    /** From now on all is compared so often; returns when it was once. */
    void compareEach(String interval) {
        double clock = System.currentTimeMillis() / 1e3;
        admin().resources(DataPlatform.class)
                .withName(Workload.PLATFORM)
                .patch(MERGE, "{\"spec\":{\"drift\":{\"interval\":\"" + interval + "\"}}}");
        warehouse.await("all is compared", PATIENCE, () -> comparedAt() >= clock);
    }

    /** When all was compared last, in seconds since 1970; 0: not yet. */
    double comparedAt() {
        Matcher line = COMPARED.matcher(servers.operator().metrics());
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    void awaitPhase(String name, Phase phase) {
        warehouse.await(name + " is " + phase, PATIENCE, () -> phaseOf(name) == phase);
    }

    private @org.jspecify.annotations.Nullable Phase phaseOf(String name) {
        DataUsageAgreement agreement = admin().resources(DataUsageAgreement.class)
                .inNamespace(Workload.CONSUMER)
                .withName(name)
                .get();
        return agreement == null || agreement.getStatus() == null
                ? null
                : agreement.getStatus().phase();
    }
}
