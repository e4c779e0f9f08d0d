package dev.portcullis.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.Samples;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was seen, and what the API server has. */
@Timeout(60)
class PoliciesThereTest {
    private static final int ROUNDS = 20_000;

    /** Of whoever asks: one asks always before the second policy is there, one always afterwards. */
    private final ThreadLocal<List<String>> there = ThreadLocal.withInitial(() -> List.of("first", "second"));

    private final AtomicLong revision = new AtomicLong(100);
    private final PoliciesThere policies =
            new PoliciesThere(MemoryCluster.standard().caches(), client());
    private final DataUsageAgreement request = Samples.request("a", "taylor");
    private final DataUsageAgreementStatus judged = judged();
    private final PoliciesThere.Seen onlyTheFirst =
            new PoliciesThere.Seen(Set.of(new PoliciesThere.Edition("first", 1L)));

    @Test
    void whatWasSeenIsComparedWithTheAnswerToTheOwnQuestion() {
        // newer than every answer, so that each has to ask
        request.getMetadata().setResourceVersion(Long.toString(Long.MAX_VALUE));
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> slower = CompletableFuture.runAsync(() -> {
            there.set(List.of("first"));
            while (!ended.get()) {
                policies.allow(request, judged, onlyTheFirst);
            }
        });
        Set<Integer> wrong = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < ROUNDS; round++) {
            if (policies.allow(request, judged, onlyTheFirst)) {
                wrong.add(round);
            }
        }
        ended.set(true);
        slower.join();

        assertThat(wrong).as("the second policy is there").isEmpty();
    }

    @Test
    void anOlderRequestIsServedByTheAnswerToANewerOne() {
        there.set(List.of("first"));
        request.getMetadata().setResourceVersion("99");
        assertThat(policies.allow(request, judged, onlyTheFirst)).isTrue();
        long asked = revision.get();

        assertThat(policies.allow(request, judged, onlyTheFirst)).isTrue();

        assertThat(revision.get()).as("nobody was asked again").isEqualTo(asked);
    }

    private static DataUsageAgreementStatus judged() {
        DataUsageAgreement approved = Samples.approved("a", "taylor");
        DataUsageAgreementStatus status = approved.getStatus();
        return new DataUsageAgreementStatus(
                null,
                status.phase(),
                null,
                status.approval(),
                null,
                null,
                Samples.judged(status.snapshot(), "2026-11-22T12:00:00Z"),
                List.of(),
                List.of(),
                null,
                null);
    }

    /** One that can list policies, and nothing else. */
    private KubernetesClient client() {
        return proxy(KubernetesClient.class, "resources", () -> proxy(MixedOperation.class, "list", this::list));
    }

    private DefaultKubernetesResourceList<ApprovalPolicy> list() {
        DefaultKubernetesResourceList<ApprovalPolicy> list = new DefaultKubernetesResourceList<>();
        list.setMetadata(new ListMeta());
        list.getMetadata().setResourceVersion(Long.toString(revision.getAndIncrement()));
        list.setItems(there.get().stream().map(PoliciesThereTest::policy).toList());
        return list;
    }

    private static ApprovalPolicy policy(String uid) {
        ApprovalPolicy policy = new ApprovalPolicy();
        ObjectMeta metadata = new ObjectMeta();
        metadata.setUid(uid);
        metadata.setGeneration(1L);
        policy.setMetadata(metadata);
        return policy;
    }

    private static <T> T proxy(Class<T> type, String method, Supplier<?> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    if (!called.getName().equals(method)) {
                        throw new UnsupportedOperationException(called.getName());
                    }
                    return answer.get();
                }));
    }
}
