package dev.portcullis.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the API server is asked for its policies, and what is never written without that. */
class PoliciesThereTest {
    private final ApiServer api = new ApiServer();
    private long nanos = 5;
    private final PoliciesThere policies =
            new PoliciesThere(MemoryCluster.standard().caches(), api.client(), () -> nanos);
    private final DataUsageAgreementStatus judged = judged();

    @BeforeEach
    void nothingHasHappened() {
        serverIsAt(0);
    }

    @AfterEach
    void end() {
        api.close();
    }

    @Test
    void oneAnswerServesAllRequestsThatAreOlder() {
        serverIsAt(9);

        assertThat(wait(request(7))).isEmpty();
        assertThat(wait(request(8))).isEmpty();
        assertThat(wait(request(9))).isEmpty();
        assertThat(asked()).isOne();
    }

    @Test
    void aRequestThatIsYoungerIsNotWrittenWithoutAnotherAnswer() {
        serverIsAt(9);
        assertThat(wait(request(7))).isEmpty();
        assertThat(wait(request(8))).isEmpty();
        serverIsAt(10);
        assertThat(wait(request(10))).isEmpty();
        assertThat(asked()).isEqualTo(2);
        serverIsAt(11);

        Optional<Duration> left = wait(request(11));

        assertThat(left).as("two were served").contains(Duration.ofMillis(40));
        assertThat(asked()).isEqualTo(2);
        nanos += Duration.ofMillis(40).toNanos();
        assertThat(wait(request(11))).isEmpty();
        assertThat(asked()).isEqualTo(3);
    }

    /** Each of them is answered before the next one comes, as with a person who requests. */
    @Test
    void oneAfterTheOtherWaitsForNothing() {
        for (int revision = 1; revision <= 20; revision++) {
            serverIsAt(revision);
            nanos += Duration.ofMillis(50).toNanos();

            assertThat(wait(request(revision))).isEmpty();
        }
        assertThat(asked()).isEqualTo(20);
    }

    /** A thousand a second, and each comes back when it was told to. */
    @Test
    void manyAtOnceAreAQuestionASecondAndNobodyWaitsLonger() {
        List<Waiting> waiting = new ArrayList<>();
        long longest = 0;
        int written = 0;
        for (int millisecond = 1; millisecond <= 10_000; millisecond++) {
            nanos += Duration.ofMillis(1).toNanos();
            if (millisecond <= 8_000) {
                serverIsAt(millisecond);
                waiting.add(new Waiting(millisecond, nanos, nanos));
            }
            for (Waiting one : List.copyOf(waiting)) {
                if (one.back() <= nanos) {
                    waiting.remove(one);
                    Optional<Duration> left = wait(request(one.revision()));
                    if (left.isPresent()) {
                        waiting.add(new Waiting(
                                one.revision(), one.since(), nanos + left.get().toNanos()));
                    } else {
                        longest = Math.max(longest, nanos - one.since());
                        written++;
                    }
                }
            }
        }

        assertThat(written).isEqualTo(8_000);
        assertThat(asked()).isLessThanOrEqualTo(20);
        assertThat(Duration.ofNanos(longest)).isLessThanOrEqualTo(Duration.ofMillis(1_100));
    }

    /** @param back when it asks again */
    private record Waiting(long revision, long since, long back) {}

    private Optional<Duration> wait(DataUsageAgreement agreement) {
        return policies.wait(agreement, judged, policies.seen(agreement));
    }

    private static DataUsageAgreement request(long revision) {
        DataUsageAgreement agreement = Samples.request("a", "taylor");
        agreement.getMetadata().setResourceVersion(Long.toString(revision));
        return agreement;
    }

    private static DataUsageAgreementStatus judged() {
        DataUsageAgreementStatus approved = Samples.approved("x", "taylor").getStatus();
        return Samples.status(
                approved.approval(),
                Phase.Provisioning,
                null,
                Samples.judged(approved.snapshot(), "2026-11-22T12:00:00Z"));
    }

    private long asked() {
        return api.calls("GET").stream()
                .filter(call -> call.path().contains("approvalpolicies"))
                .count();
    }

    private void serverIsAt(long revision) {
        api.answersWith(
                "GET",
                "/apis/portcullis.dev/v1alpha1/approvalpolicies",
                "{\"apiVersion\": \"portcullis.dev/v1alpha1\", \"kind\": \"ApprovalPolicyList\","
                        + " \"metadata\": {\"resourceVersion\": \"" + revision + "\"}, \"items\": []}");
    }
}
