package dev.portcullis.operator.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.operator.given.AclPlatform;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an agreement's status says, and how often it is written, while a platform takes its time. */
@Timeout(60)
class PendingAgreementTest {
    private static final Duration SLOW = Duration.ofMinutes(10);

    private final TestClock platformClock = new TestClock();
    private final AclPlatform platform = new AclPlatform(platformClock);
    private final Rig rig = new Rig(platform);
    private final AgreementReconciler reconciler = rig.agreements(() -> new Guard.Broken("not looked at"));

    private String uid = "";

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void waitsInPhaseProvisioningAndBecomesActiveWhenTheAnswerComes() throws Exception {
        DataUsageAgreement agreement = approvedOnASlowPlatform();

        assertThat(phase(agreement)).isEqualTo("Provisioning");
        assertThat(agreement.getStatus().provisioning().status()).hasToString("Provisioning");
        assertThat(condition(agreement, "Granted"))
                .isEqualTo("False WaitingForPlatform the platform is granting to taylor");
        assertThat(condition(agreement, "Ready"))
                .isEqualTo("False WaitingForPlatform the platform is granting to taylor");

        platformClock.later(SLOW);

        // by the loop's own pace: nobody marks the port
        await().atMost(Duration.ofSeconds(20))
                .until(() -> report().filter(report -> !report.held().isEmpty()).isPresent());
        agreement = reconciled();
        assertThat(phase(agreement)).isEqualTo("Active");
        assertThat(condition(agreement, "Granted")).isEqualTo("True Granted granted to taylor");
    }

    @Test
    void aLookWithoutAnAnswerWritesNothingAndAsksNothingOfThePlatform() throws Exception {
        approvedOnASlowPlatform();
        rig.api.forgetCalls();
        int looks = platform.observations();
        rig.cluster.forgetLooks();

        await().atMost(Duration.ofSeconds(20)).until(() -> platform.observations() >= looks + 2);
        reconcile(rig.watched("a"));

        assertThat(rig.writes()).isEmpty();
        assertThat(rig.cluster.lookedAgain()).doesNotContain("DataUsageAgreement marketing/a");
        assertThat(platform.executions()).isOne();
    }

    @Test
    void aRestartWhileWaitingWritesNothing() throws Exception {
        approvedOnASlowPlatform();
        rig.api.forgetCalls();
        rig.reports.remove(uid);

        reconciler.reconcile(rig.watched("a"), rig.contexts.present());

        assertThat(rig.writes()).isEmpty();
    }

    @Test
    void aRevokeThatTakesItsTimeHoldsTheFinalizer() throws Exception {
        DataUsageAgreement agreement = approvedOnASlowPlatform();
        platformClock.later(SLOW);
        awaitAnswer();
        agreement = reconciled();
        assertThat(phase(agreement)).isEqualTo("Active");

        rig.cluster.agreements.put(Samples.deleting(agreement));
        reconcile(deleting());
        await().until(() -> report().filter(report -> !report.waits().isEmpty()).isPresent());
        reconcile(deleting());
        agreement = deleting();

        assertThat(phase(agreement)).isEqualTo("Cancelled");
        assertThat(agreement.getStatus().provisioning().status()).hasToString("Deprovisioning");
        assertThat(agreement.getStatus().provisioning().principals()).containsExactly("taylor");
        assertThat(condition(agreement, "Granted"))
                .isEqualTo("True Deprovisioning the platform is taking the access from taylor");
        assertThat(condition(agreement, "Ready"))
                .startsWith("False Revoking")
                .endsWith("the access is being taken away: the platform is taking the access from taylor");
        assertThat(rig.writes()).noneMatch(PendingAgreementTest::isRelease);

        platformClock.later(SLOW);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> report().filter(report -> report.isGone()).isPresent());
        rig.api.answers(
                "PATCH", "/apis/portcullis.dev/v1alpha1/namespaces/marketing/datausageagreements/a", 404, "NotFound");
        reconcile(deleting());
        assertThat(rig.writes()).anyMatch(PendingAgreementTest::isRelease);
    }

    // ----

    private DataUsageAgreement approvedOnASlowPlatform() throws Exception {
        OutputPort port = Samples.port("orders-v1", "port-1");
        rig.cluster.ports.put(port);
        rig.running();
        platform.takes(SLOW);
        DataUsageAgreement agreement = Samples.approved("a", "taylor");
        rig.there(agreement);
        uid = rig.watched("a").getMetadata().getUid();
        rig.statuses.seed(Stream.of(rig.watched("a")));
        reconcile(rig.watched("a"));
        awaitAnswer();
        return reconciled();
    }

    private void awaitAnswer() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> report().filter(report ->
                                report.waits().isEmpty() == platform.members().contains("taylor"))
                        .filter(report ->
                                !report.waits().isEmpty() || !report.held().isEmpty())
                        .isPresent());
    }

    private Optional<GrantReport> report() {
        return rig.reports.find(uid);
    }

    private DataUsageAgreement reconciled() throws Exception {
        reconcile(rig.watched("a"));
        return rig.watched("a");
    }

    private DataUsageAgreement deleting() {
        return rig.cluster.agreements.put(Samples.deleting(rig.watched("a")));
    }

    private void reconcile(DataUsageAgreement agreement) throws InterruptedException {
        reconciler.reconcile(agreement, rig.contexts.present());
    }

    private static String phase(DataUsageAgreement agreement) {
        return agreement.getStatus().phase().name();
    }

    private static String condition(DataUsageAgreement agreement, String type) {
        return agreement.getStatus().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(condition -> condition.status() + " " + condition.reason() + " " + condition.message())
                .findFirst()
                .orElseThrow();
    }

    private static boolean isRelease(ApiServer.Call call) {
        return call.method().equals("PATCH")
                && call.json().at("/metadata/finalizers").isArray()
                && !call.body().contains("portcullis.dev/revoke");
    }
}
