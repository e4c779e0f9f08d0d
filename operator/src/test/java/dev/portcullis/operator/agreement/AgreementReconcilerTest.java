package dev.portcullis.operator.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.product.DataProductSpec;
import dev.portcullis.api.product.Terms;
import dev.portcullis.api.team.Team;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Way;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AgreementReconcilerTest {
    private static final String STATUS =
            "/apis/portcullis.dev/v1alpha1/namespaces/marketing/datausageagreements/a/status";

    private final Rig rig = new Rig();
    private Guard guard = new Guard.Broken("the admission policies have not been looked at yet");
    private final AgreementReconciler reconciler = rig.agreements(this::guard);

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void firstTheFinalizerThenTheDecisionThenTheGrant() throws Exception {
        portApprovesEverybody();
        rig.running();
        DataUsageAgreement agreement = rig.there(Samples.request("a", "taylor"));

        reconcile(agreement);
        assertThat(rig.writes())
                .singleElement()
                .satisfies(call -> assertThat(call.body()).contains("\"finalizers\":["));
        assertThat(rig.platform.members("port-1")).isEmpty();

        agreement = rig.watched("a");
        rig.api.forgetCalls();
        reconcile(agreement);
        assertThat(rig.writes()).singleElement().satisfies(call -> {
            assertThat(call.path()).startsWith(STATUS);
            assertThat(call.json().at("/status/approval/status").asText()).isEqualTo("Approved");
            assertThat(call.json().at("/status/approval/rule").asText()).isEqualTo("auto-approve");
            assertThat(call.json().at("/status/provisioning/status").asText()).isEqualTo("Provisioning");
        });
        assertThat(rig.reports.find(uid(agreement)))
                .as("not told before it is on record")
                .isEmpty();

        agreement = rig.watched("a");
        rig.api.forgetCalls();
        reconcile(agreement);
        await().until(() -> rig.platform.members("port-1").contains("taylor"));
        await().untilAsserted(() -> assertThat(rig.cluster.lookedAgain()).contains("DataUsageAgreement marketing/a"));
        assertThat(rig.writes()).isEmpty();

        reconcile(agreement);
        assertThat(rig.writes()).singleElement().satisfies(call -> {
            assertThat(call.json().at("/status/phase").asText()).isEqualTo("Active");
            assertThat(call.json().at("/status/provisioning/principals/0").asText())
                    .isEqualTo("taylor");
        });

        agreement = rig.watched("a");
        rig.api.forgetCalls();
        int looks = rig.platform.observations().size();
        reconcile(agreement);
        assertThat(rig.writes()).isEmpty();
        assertThat(rig.platform.observations()).as("nothing to tell the loop").hasSize(looks);
    }

    @Test
    void whatTheServerStampedWithTheFinalizerTakesTwoWrites() throws Exception {
        portApprovesEverybody();
        DataUsageAgreement stamped = Samples.request("a", "taylor");
        stamped.getMetadata().getFinalizers().add("portcullis.dev/revoke");

        reconcile(rig.there(stamped));

        assertThat(rig.writes())
                .singleElement()
                .satisfies(call -> assertThat(
                                call.json().at("/status/approval/status").asText())
                        .isEqualTo("Approved"));
    }

    @Test
    void aRequestThatWaitsNeedsNoFinalizer() throws Exception {
        DataUsageAgreement agreement = rig.there(Samples.request("a", "taylor"));

        reconcile(agreement);

        assertThat(rig.writes())
                .singleElement()
                .satisfies(call ->
                        assertThat(call.json().at("/status/phase").asText()).isEqualTo("Requested"));
        assertThat(rig.cluster.lookedAgain()).contains("OutputPort checkout/orders-v1", "DataProduct checkout/orders");
        rig.api.forgetCalls();
        reconcile(rig.watched("a"));
        assertThat(rig.writes()).isEmpty();
    }

    @Test
    void aWriteThatIsRefusedIsMadeAgainByWhoeverCallsAndLeavesNoTrace() {
        DataUsageAgreement agreement = rig.there(Samples.request("a", "taylor"));
        rig.api.answers("PUT", STATUS, 409, "Conflict");

        assertThatThrownBy(() -> reconcile(agreement)).isInstanceOf(KubernetesClientException.class);

        assertThat(rig.cluster.lookedAgain()).isEmpty();
        assertThat(rig.contexts.written()).isEmpty();
    }

    @Test
    void whatWasWrittenIsToldAlsoWhenTheAnswerWasLost() throws Exception {
        rig.statuses.seed(Stream.empty());
        rig.cluster.decisions.put(Samples.decision("olga", "a", DecisionRecord.Verdict.approved, "olga"));
        DataUsageAgreement agreement = rig.there(Samples.request("a", "taylor"));
        rig.api.losesAnswerOnce("PUT", STATUS);
        assertThatThrownBy(() -> reconcile(agreement)).isInstanceOf(KubernetesClientException.class);
        assertThat(rig.cluster.lookedAgain()).isEmpty();
        rig.api.forgetCalls();

        reconcile(rig.watched("a"));

        assertThat(rig.writes()).isEmpty();
        assertThat(rig.cluster.lookedAgain()).contains("Decision checkout/olga", "OutputPort checkout/orders-v1");
        await().until(() -> rig.api.calls("POST").stream()
                .anyMatch(call -> call.json().path("reason").asText().equals("Requested")));

        rig.cluster.forgetLooks();
        reconcile(rig.watched("a"));
        assertThat(rig.cluster.lookedAgain()).as("once").isEmpty();
    }

    /** Each kind is watched by itself: what was created first may be seen last. */
    @Test
    void nothingIsKeptOfWhatPoliciesSayBeforeAllOfThemWereSeen() throws Exception {
        portApprovesEverybody();
        ApprovalPolicy policy = rig.api.create(
                Samples.policy("no", "{mode: Mandatory, rules: [{name: no, when: 'true', reject: Ask first.}]}"));
        DataUsageAgreement agreement = rig.there(Samples.request("a", "taylor"));

        UpdateControl<DataUsageAgreement> control = reconcile(agreement);

        assertThat(rig.writes()).as("not approved by the port, past the policy").isEmpty();
        assertThat(control.getScheduleDelay()).isPresent();

        rig.cluster.policies.put(policy);
        reconcile(agreement);
        assertThat(rig.writes())
                .singleElement()
                .satisfies(call ->
                        assertThat(call.json().at("/status/phase").asText()).isEqualTo("Rejected"));

        rig.api.forgetCalls();
        reconcile(rig.watched("a"));
        assertThat(rig.api.calls("GET"))
                .as("asked once")
                .noneMatch(call -> call.path().contains("approvalpolicies"));
    }

    @Test
    void whatABackupBroughtBackIsNotApprovedBeforeItsDecisionsWereSeen() throws Exception {
        guard = new Guard.Whole(Instant.parse("2026-01-01T00:00:00Z"));
        portApprovesEverybody();
        Decision pause = Samples.decision("pause", "a", Verdict.suspended, "olga");
        pause.getMetadata().getAnnotations().put(Annotations.AGREEMENT_UID, "a-before");
        Decision there = rig.api.create(pause);
        rig.api.answersWith(
                "GET",
                "/apis/portcullis.dev/v1alpha1/namespaces/checkout/decisions",
                "{\"apiVersion\": \"portcullis.dev/v1alpha1\", \"kind\": \"DecisionList\", \"items\": ["
                        + Serialization.asJson(there) + "]}");
        DataUsageAgreement restored = Samples.request("a", "taylor");
        restored.getMetadata().getAnnotations().put(Annotations.RESTORED_UID, "a-before");
        DataUsageAgreement agreement = rig.there(restored);

        UpdateControl<DataUsageAgreement> control = reconcile(agreement);

        assertThat(rig.writes()).as("not approved by the port, past the pause").isEmpty();
        assertThat(control.getScheduleDelay()).isPresent();
        assertThat(rig.api.calls("GET"))
                .anySatisfy(call ->
                        assertThat(call.path()).contains("/namespaces/checkout/decisions", "spec.agreement.name"));

        rig.cluster.decisions.put(there);
        reconcile(agreement);
        assertThat(rig.writes())
                .singleElement()
                .satisfies(
                        call -> assertThat(call.json().at("/status/conditions").toString())
                                .contains("DecisionNotHeard"));
    }

    @Test
    void nobodyPassesForAStrangerOfATeamThatTheWatchHasNotShownYet() throws Exception {
        rig.cluster.teams.put(Samples.teamOf("marketing", "marketing", "quinn"));
        Team there = Samples.teamOf("marketing", "marketing", "quinn", "taylor");
        teamsThere(there);
        DataUsageAgreement agreement = rig.there(Samples.request("a", "taylor"));

        UpdateControl<DataUsageAgreement> control = reconcile(agreement);

        assertThat(rig.writes())
                .as("who leaves the Team later would keep the access")
                .isEmpty();
        assertThat(control.getScheduleDelay()).isPresent();

        rig.cluster.teams.put(there);
        reconcile(agreement);
        assertThat(rig.writes())
                .singleElement()
                .satisfies(call -> assertThat(
                                call.json().at("/status/snapshot/memberOfTeam").asBoolean())
                        .isTrue());
    }

    @Test
    void nobodyPassesForATeamOfTheOwnNamespaceBeforeAnotherWasShownThatActsForIt() throws Exception {
        rig.cluster.teams.remove(Samples.team("marketing", "marketing"));
        Team there = Samples.teamOf("growth", "marketing", "taylor");
        teamsThere(there);
        DataUsageAgreement agreement = rig.there(Samples.request("a", "taylor"));

        UpdateControl<DataUsageAgreement> control = reconcile(agreement);

        assertThat(rig.writes()).isEmpty();
        assertThat(control.getScheduleDelay()).isPresent();

        rig.cluster.teams.put(there);
        reconcile(agreement);
        assertThat(rig.writes()).singleElement().satisfies(call -> {
            assertThat(call.json().at("/status/snapshot/team").asText()).isEqualTo("growth");
            assertThat(call.json().at("/status/snapshot/memberOfTeam").asBoolean())
                    .isTrue();
        });
    }

    @Test
    void nobodyPassesForAStrangerOfATeamThatDoesNotActAnyMore() throws Exception {
        rig.cluster.teams.put(Samples.teamOf("marketing", "marketing", "quinn"));
        teamsThere(Samples.teamOf("marketing", "elsewhere", "quinn"));
        DataUsageAgreement agreement = rig.there(Samples.request("a", "taylor"));

        assertThat(reconcile(agreement).getScheduleDelay()).isPresent();

        assertThat(rig.writes()).isEmpty();
    }

    private void teamsThere(Team... teams) {
        rig.api.answersWith(
                "GET",
                "/apis/portcullis.dev/v1alpha1/teams",
                "{\"apiVersion\": \"portcullis.dev/v1alpha1\", \"kind\": \"TeamList\","
                        + " \"metadata\": {\"resourceVersion\": \"9000\"}, \"items\": "
                        + Serialization.asJson(List.of(teams)) + "}");
    }

    @Test
    void thatATeamListsNobodyIsAskedOnceForAllRequestsThatAreOlder() throws Exception {
        rig.cluster.teams.put(Samples.team("marketing", "marketing"));
        teamsThere(Samples.team("marketing", "marketing"));
        List<DataUsageAgreement> requests = Stream.of("a", "b", "c")
                .map(name -> rig.there(Samples.request(name, "taylor")))
                .toList();
        for (DataUsageAgreement request : requests) {
            reconcile(request);
        }

        assertThat(rig.api.calls("GET"))
                .filteredOn(call -> call.path().contains("/teams"))
                .hasSize(1);
        assertThat(rig.writes()).hasSize(3);
    }

    @Test
    void oneAnswerOfTheServerServesAllRequestsThatAreOlder() throws Exception {
        DataUsageAgreement first = rig.there(Samples.request("a", "taylor"));
        DataUsageAgreement second = rig.there(Samples.request("b", "taylor"));
        first.getMetadata().setResourceVersion("7");
        second.getMetadata().setResourceVersion("8");
        rig.api.answersWith(
                "GET",
                "/apis/portcullis.dev/v1alpha1/approvalpolicies",
                "{\"apiVersion\": \"portcullis.dev/v1alpha1\", \"kind\": \"ApprovalPolicyList\","
                        + " \"metadata\": {\"resourceVersion\": \"9\"}, \"items\": []}");
        DataUsageAgreementStatus judged = Samples.approved("x", "taylor").getStatus();
        DataUsageAgreementStatus status = Samples.status(
                judged.approval(), Phase.Provisioning, null, Samples.judged(judged.snapshot(), "2026-11-22T12:00:00Z"));

        assertThat(rig.policies.allow(first, status, rig.policies.seen(first))).isTrue();
        assertThat(rig.policies.allow(second, status, rig.policies.seen(second)))
                .isTrue();
        assertThat(asked()).hasSize(1);

        second.getMetadata().setResourceVersion("10");
        assertThat(rig.policies.allow(second, status, rig.policies.seen(second)))
                .isTrue();
        assertThat(asked()).as("younger than the answer").hasSize(2);
    }

    private List<ApiServer.Call> asked() {
        return rig.api.calls("GET").stream()
                .filter(call -> call.path().contains("approvalpolicies"))
                .toList();
    }

    // ---- release

    @Test
    void releasedOnlyWhenReadBackAfterTheDeletion() throws Exception {
        rig.there(Samples.approved("a", "taylor"));
        rig.running();
        assertThat(rig.platform.members("port-1")).containsExactly("taylor");
        reconcile(rig.watched("a"));
        DataUsageAgreement agreement = rig.watched("a");
        rig.api.forgetCalls();

        // the report of before says nothing of the deletion
        DataUsageAgreement deleting = rig.cluster.agreements.put(Samples.deleting(agreement));
        reconcile(deleting);
        assertThat(rig.writes()).noneMatch(AgreementReconcilerTest::isRelease);

        awaitReport(uid(agreement));
        assertThat(rig.platform.members("port-1")).isEmpty();
        rig.api.forgetCalls();
        rig.api.answers("PATCH", STATUS.replace("/status", ""), 404, "NotFound");
        reconcile(deleting);
        assertThat(rig.writes()).singleElement().matches(AgreementReconcilerTest::isRelease);
    }

    @Test
    void whatOthersLetOneReadIsToldOfAnAgreementThatIsLetGo() throws Exception {
        rig.there(Samples.provisioned("a", "taylor", "taylor"));
        rig.running();
        rig.platform.letsRead("taylor", new Way(false, "everybody (PUBLIC) has SELECT"));
        DataUsageAgreement deleting = rig.cluster.agreements.put(Samples.deleting(rig.watched("a")));
        rig.api.answers("PATCH", STATUS.replace("/status", ""), 404, "NotFound");

        reconcile(deleting);
        awaitReport(uid(deleting));
        reconcile(deleting);

        assertThat(rig.writes())
                .as("what others granted holds nothing up")
                .last()
                .matches(AgreementReconcilerTest::isRelease);
        await().until(() -> rig.api.calls("POST").stream()
                .anyMatch(call -> call.json().path("reason").asText().equals("AccessRemains")
                        && call.json().path("note").asText().endsWith("everybody (PUBLIC) has SELECT")));
    }

    @Test
    void sessionsThatMayRemainAreToldOfThePlatformWhenTheAgreementIsLetGo() throws Exception {
        rig.there(Samples.provisioned("a", "taylor", "taylor"));
        DataPlatform warehouse = Samples.platform("warehouse");
        warehouse.setSpec(Samples.endingSessions(warehouse.getSpec()));
        rig.running(warehouse);
        rig.platform.connects("taylor");
        rig.platform.endsNoSessions();
        DataUsageAgreement deleting = rig.cluster.agreements.put(Samples.deleting(rig.watched("a")));
        rig.api.answers("PATCH", STATUS.replace("/status", ""), 404, "NotFound");

        reconcile(deleting);
        awaitReport(uid(deleting));
        reconcile(deleting);

        assertThat(rig.writes()).last().matches(AgreementReconcilerTest::isRelease);
        await().until(() -> rig.api.calls("POST").stream()
                .anyMatch(call -> call.json().path("reason").asText().equals("SessionsMayRemain")
                        && call.json().at("/regarding/kind").asText().equals("DataPlatform")));
    }

    @Test
    void whatIsAskedAgainAfterAStartWritesNothingWhereNothingIsFound() throws Exception {
        DataUsageAgreement ended = rig.there(Samples.suspended(
                Samples.withProvisioning(Samples.approved("a", "taylor"), ProvisioningStatus.Deprovisioned)));
        rig.running();
        reconcile(ended);
        DataUsageAgreement written = rig.watched("a");
        rig.api.forgetCalls();

        await().until(() -> rig.reports
                .find(uid(ended))
                .flatMap(GrantReport::ways)
                .filter(List::isEmpty)
                .isPresent());
        reconcile(written);

        assertThat(rig.writes()).isEmpty();
    }

    @Test
    void heldAsLongAsTheAccessRemains() throws Exception {
        rig.there(Samples.provisioned("a", "taylor", "taylor"));
        rig.running();
        rig.platform.cannotTakeFrom("taylor");
        DataUsageAgreement deleting = rig.cluster.agreements.put(Samples.deleting(rig.watched("a")));

        reconcile(deleting);
        awaitReport(uid(deleting));
        reconcile(deleting);

        assertThat(rig.writes()).isNotEmpty().noneMatch(AgreementReconcilerTest::isRelease);
        assertThat(rig.writes()).last().satisfies(call -> {
            assertThat(call.json().at("/status/provisioning/status").asText()).isEqualTo("DeprovisioningFailed");
            assertThat(call.body()).contains("NotRevoked");
        });
    }

    @Test
    void whatWasNeverApprovedIsReleasedAtOnce() throws Exception {
        DataUsageAgreement request = Samples.request("a", "taylor");
        request.getMetadata().getFinalizers().add("portcullis.dev/revoke");
        rig.api.answers("PATCH", STATUS.replace("/status", ""), 404, "NotFound");

        reconcile(rig.cluster.agreements.put(Samples.deleting(request)));

        assertThat(rig.writes()).singleElement().matches(AgreementReconcilerTest::isRelease);
    }

    @Test
    void whatWasApprovedAndNeverGrantedIsReleasedWhereThePortIsGone() throws Exception {
        DataUsageAgreement approved = Samples.approved("a", "taylor", "gone", "port-9", "2026-11-22T11:30:00Z");
        approved.setStatus(Samples.status(
                approved.getStatus().approval(), approved.getStatus().phase(), null, Samples.snapshot("port-9")));
        rig.api.answers("PATCH", STATUS.replace("/status", ""), 404, "NotFound");

        reconcile(rig.cluster.agreements.put(Samples.deleting(approved)));

        assertThat(rig.writes()).singleElement().matches(AgreementReconcilerTest::isRelease);
    }

    @Test
    void somebodyElsesFinalizerIsNotOurs() throws Exception {
        DataUsageAgreement request = Samples.request("a", "taylor");
        request.getMetadata().getFinalizers().add("example.com/other");

        reconcile(rig.there(Samples.deleting(request)));

        assertThat(rig.writes()).noneMatch(AgreementReconcilerTest::isRelease);
    }

    @Test
    void whatIsGoneWithoutUsIsRevoked() throws Exception {
        DataUsageAgreement agreement = rig.there(Samples.provisioned("a", "taylor", "taylor"));
        rig.running();
        assertThat(rig.platform.members("port-1")).containsExactly("taylor");
        rig.cluster.forgetLooks();

        // a cluster administrator took the finalizer off
        rig.cluster.agreements.remove(agreement);
        reconciler.reconcile(agreement, rig.contexts.deleted());

        await().until(() -> rig.platform.members("port-1").isEmpty());
        assertThat(rig.reports.find(uid(agreement))).isEmpty();
        assertThat(rig.cluster.lookedAgain()).contains("OutputPort checkout/orders-v1");
    }

    /** The framework shows only who has the name by then. */
    @Test
    void whatIsGoneWithoutUsIsRevokedAlsoWhereAnotherHasItsNameAlready() throws Exception {
        DataUsageAgreement agreement = rig.there(Samples.provisioned("a", "taylor", "taylor"));
        rig.running();
        reconcile(agreement);
        assertThat(rig.platform.members("port-1")).containsExactly("taylor");

        rig.api.client().resource(rig.watched("a")).edit(stripped -> {
            stripped.getMetadata().setFinalizers(List.of());
            return stripped;
        });
        rig.api.client().resource(agreement).delete();
        rig.cluster.agreements.remove(agreement);
        DataUsageAgreement anew = Samples.request("a", "quinn");
        anew.getMetadata().setUid("another");
        anew = rig.there(anew);
        reconciler.reconcile(anew, rig.contexts.deleted());

        await().until(() -> rig.platform.members("port-1").isEmpty());
        assertThat(rig.reports.find(uid(agreement))).isEmpty();
    }

    @Test
    void aSuspensionIsToldTheLoop() throws Exception {
        rig.there(Samples.provisioned("a", "taylor", "taylor"));
        rig.running();

        reconcile(rig.cluster.agreements.put(Samples.suspended(rig.watched("a"))));

        await().until(() -> rig.platform.members("port-1").isEmpty());
    }

    // ---- time

    @Test
    void wakesWhenTheNextDateIsReachedButLooksNowAndThen() throws Exception {
        assertThat(reconcile(rig.there(ending("2026-11-22T12:00:10Z"))).getScheduleDelay())
                .contains(Duration.ofSeconds(10).toMillis() + 1);
    }

    @Test
    void sleepsNoLongerThanAnHour() throws Exception {
        assertThat(reconcile(rig.there(ending("2027-11-22T12:00:00Z"))).getScheduleDelay())
                .contains(Duration.ofHours(1).toMillis() + 1);
    }

    @Test
    void whatHasNoDatesNeedsNoTimer() throws Exception {
        assertThat(reconcile(rig.there(Samples.approved("a", "taylor"))).getScheduleDelay())
                .isEmpty();
    }

    @Test
    void anEndRevokes() throws Exception {
        rig.there(ending("2026-11-22T12:00:10Z"));
        rig.running();
        assertThat(rig.platform.members("port-1")).containsExactly("taylor");
        rig.clock.later(Duration.ofSeconds(10));

        reconcile(rig.watched("a"));

        assertThat(rig.writes())
                .singleElement()
                .satisfies(call ->
                        assertThat(call.json().at("/status/phase").asText()).isEqualTo("Expired"));
        await().until(() -> rig.platform.members("port-1").isEmpty());
    }

    @Test
    void anEndThatOneClockHasReachedWaitsAndIsSaid() throws Exception {
        rig.there(ending("2026-11-22T12:00:10Z"));
        rig.running();
        rig.clock.later(Duration.ofSeconds(10)).serverAhead(Duration.ofMinutes(-5));

        assertThat(reconcile(rig.watched("a")).getScheduleDelay())
                .contains(Duration.ofMinutes(5).toMillis() + 1);

        assertThat(rig.writes()).singleElement().satisfies(call -> {
            assertThat(call.json().at("/status/phase").asText()).isEqualTo("Active");
            assertThat(call.body()).contains("ClocksApart", "EndWaits");
        });
        assertThat(rig.platform.members("port-1")).containsExactly("taylor");
        rig.api.forgetCalls();
        rig.clock.later(Duration.ofMinutes(1));
        reconcile(rig.watched("a"));
        assertThat(rig.writes()).as("said once").isEmpty();

        rig.clock.later(Duration.ofMinutes(4));
        reconcile(rig.watched("a"));
        await().until(() -> rig.platform.members("port-1").isEmpty());
        assertThat(rig.watched("a").getStatus().phase()).isEqualTo(Phase.Expired);
    }

    @Test
    void aWarningIsWrittenOnceAndLookedForInTime() throws Exception {
        rig.there(ending("2026-11-29T12:00:10Z"));
        rig.running();
        assertThat(reconcile(rig.watched("a")).getScheduleDelay())
                .contains(Duration.ofSeconds(10).toMillis() + 1);
        rig.clock.later(Duration.ofSeconds(10));
        rig.api.forgetCalls();

        reconcile(rig.watched("a"));
        reconcile(rig.watched("a"));

        assertThat(rig.writes())
                .singleElement()
                .satisfies(call -> assertThat(call.body()).contains("EndsWithin7Days"));
        await().until(() ->
                rig.api.calls("POST").stream().anyMatch(call -> call.body().contains("EndsWithin7Days")));
    }

    @Test
    void anEndRevokesAlsoWhileNoStatusCanBeWritten() {
        rig.there(ending("2026-11-22T12:00:10Z"));
        rig.running();
        rig.clock.later(Duration.ofSeconds(10));
        rig.api.answers("PUT", STATUS, 422, "Invalid");

        assertThatThrownBy(() -> reconcile(rig.watched("a"))).isInstanceOf(KubernetesClientException.class);

        await().atMost(Duration.ofSeconds(5))
                .until(() -> rig.platform.members("port-1").isEmpty());
    }

    /** The client asks again for up to two minutes. */
    @Test
    void anEndRevokesBeforeItsStatusIsWritten() throws Exception {
        rig.there(ending("2026-11-22T12:00:10Z"));
        rig.running();
        rig.clock.later(Duration.ofSeconds(10));
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        rig.api.holdsOnce("PUT", STATUS, arrived, letGo);
        CompletableFuture<?> look = CompletableFuture.supplyAsync(() -> {
            try {
                return reconcile(rig.watched("a"));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        arrived.await();

        await().atMost(Duration.ofSeconds(5))
                .until(() -> rig.platform.members("port-1").isEmpty());

        letGo.countDown();
        look.get();
    }

    @Test
    void whatWasReadBackAsTakenAwayIsReleasedWithoutItsPlatform() throws Exception {
        DataUsageAgreement ended =
                Samples.withProvisioning(Samples.approved("a", "taylor"), ProvisioningStatus.Deprovisioned);
        var status = ended.getStatus();
        ended.setStatus(Samples.status(status.approval(), Phase.Expired, status.provisioning(), status.snapshot()));
        rig.cluster.ports.remove(Samples.port("orders-v1", "port-1"));
        rig.cluster.platforms.remove(Samples.platform("warehouse"));
        rig.api.answers("PATCH", STATUS.replace("/status", ""), 404, "NotFound");
        rig.api.answers("PUT", STATUS, 404, "NotFound");

        reconcile(rig.cluster.agreements.put(Samples.deleting(ended)));

        assertThat(rig.writes()).anyMatch(AgreementReconcilerTest::isRelease);
    }

    /** Whoever wrote the annotation needed no right for it. */
    @Test
    void whatIsSaidToBeOrphanedIsHeldWhileNothingGuardsTheAnnotation() throws Exception {
        reconcile(rig.cluster.agreements.put(Samples.deleting(rig.there(orphaned()))));

        assertThat(rig.writes()).noneMatch(AgreementReconcilerTest::isRelease);
    }

    @Test
    void whatIsOrphanedUnderGuardIsReleasedWithoutItsPlatform() throws Exception {
        DataUsageAgreement agreement = rig.there(orphaned());
        rig.api.answers("PATCH", STATUS.replace("/status", ""), 404, "NotFound");
        guard = new Guard.Whole(Instant.EPOCH);

        reconcile(rig.cluster.agreements.put(Samples.deleting(agreement)));

        assertThat(rig.writes()).anyMatch(AgreementReconcilerTest::isRelease);
    }

    // ---- what cannot be written down

    /** As when an object has outgrown what etcd stores: whoever may fill it must not be able to keep an access so. */
    @Test
    void aRevocationTakesTheAccessAwayAlsoWhereItCannotBePutOnRecord() throws Exception {
        DataUsageAgreement agreement = Samples.provisioned("a", "taylor", "taylor");
        agreement
                .getMetadata()
                .getAnnotations()
                .putAll(Map.of(
                        "portcullis.dev/decision", "revoked",
                        "portcullis.dev/decided-by", "olga@example.com",
                        "portcullis.dev/recorded-by", "olga@example.com"));
        DataUsageAgreement full = rig.there(agreement);
        rig.running();
        assertThat(rig.platform.members("port-1")).containsExactly("taylor");
        guard = new Guard.Whole(Instant.EPOCH);
        rig.api.answers("PUT", STATUS, 413, "RequestEntityTooLarge");

        assertThatThrownBy(() -> reconcile(full)).isInstanceOf(KubernetesClientException.class);

        await().until(() -> rig.platform.members("port-1").isEmpty());
        int looks = rig.platform.observations().size();
        await().untilAsserted(() -> assertThat(rig.reports.find(uid(full))).isPresent());
        assertThatThrownBy(() -> reconcile(full)).isInstanceOf(KubernetesClientException.class);
        assertThat(rig.platform.observations()).as("once is enough").hasSize(looks);
    }

    @Test
    void whatEndsDoesNotWaitWithTheCrowdThatComesTo() throws Exception {
        DataUsageAgreement agreement = rig.there(Samples.provisioned("a", "taylor", "taylor"));
        for (int i = 0; i < 100; i++) {
            rig.there(Samples.approved("new-" + i, "person" + i));
        }
        rig.running();
        assertThat(rig.platform.members("port-1")).hasSize(101);
        ScheduledExecutorService flood = Executors.newSingleThreadScheduledExecutor();
        flood.scheduleWithFixedDelay(() -> rig.loops.markNew("warehouse", "port-9"), 0, 20, TimeUnit.MILLISECONDS);
        try {
            reconcile(rig.cluster.agreements.put(Samples.deleting(agreement)));

            await().atMost(Duration.ofSeconds(4))
                    .until(() -> !rig.platform.members("port-1").contains("taylor"));
        } finally {
            flood.shutdownNow();
        }
    }

    @Test
    void whatGivesAccessWaitsForItsRecord() throws Exception {
        portApprovesEverybody();
        rig.running();
        DataUsageAgreement request = Samples.request("a", "taylor");
        request.getMetadata().getFinalizers().add("portcullis.dev/revoke");
        DataUsageAgreement full = rig.there(request);
        rig.api.answers("PUT", STATUS, 413, "RequestEntityTooLarge");

        assertThatThrownBy(() -> reconcile(full)).isInstanceOf(KubernetesClientException.class);
        rig.loops.mark("warehouse", "port-1");

        assertThat(rig.asks.access(full, rig.clock.get())).isInstanceOf(Access.NotWanted.class);
        assertThat(rig.platform.members("port-1")).isEmpty();
    }

    private void awaitReport(String uid) {
        await().until(() -> rig.reports
                .find(uid)
                .filter(report -> report.basis().equals(new Access.NotWanted(true, true)))
                .isPresent());
    }

    private Guard guard() {
        return guard;
    }

    private static DataUsageAgreement orphaned() {
        DataUsageAgreement agreement = Samples.provisioned("a", "taylor", "taylor");
        agreement.getMetadata().getAnnotations().put("portcullis.dev/orphan", "the warehouse burned down");
        return agreement;
    }

    @Test
    void aNewAgreementUnderTheNameOfADeletedOneIsLookedAt() throws Exception {
        DataUsageAgreement anew = rig.there(Samples.request("a", "taylor"));

        // so it is called when the new one is seen while the delete event waits or is worked on; no other call follows
        reconciler.reconcile(anew, rig.contexts.deleted());

        assertThat(rig.writes()).isNotEmpty();
    }

    @Test
    void whatMayHaveComeBackIsReadBackAlsoWhenItWasTakenAwayBefore() throws Exception {
        // suspended until a moment ago; the loop has seen it come back and granted, the reconciler only sees the
        // deletion
        rig.there(Samples.withProvisioning(Samples.approved("a", "taylor"), ProvisioningStatus.Deprovisioned));
        DataUsageAgreement deleting = rig.cluster.agreements.put(Samples.deleting(rig.watched("a")));

        reconcile(deleting);
        reconcile(rig.cluster.agreements.put(Samples.deleting(rig.watched("a"))));

        assertThat(rig.writes()).noneMatch(AgreementReconcilerTest::isRelease);
    }

    @Test
    void heldAsLongAsTheAccessRemainsAlsoWhenNoStatusNamedWhoHasIt() throws Exception {
        rig.there(Samples.approved("a", "taylor"));
        rig.running();
        assertThat(rig.platform.members("port-1")).containsExactly("taylor");
        rig.platform.refuses("taylor");
        rig.cluster.agreements.put(Samples.deleting(rig.watched("a")));

        for (int looks = 0; looks < 3; looks++) {
            DataUsageAgreement deleting = Samples.deleting(rig.watched("a"));
            rig.cluster.agreements.put(deleting);
            reconcile(deleting);
            int before = rig.platform.observations().size();
            rig.loops.mark("warehouse", "port-1");
            await().until(() -> rig.platform.observations().size() > before);
            await().until(() -> rig.reports
                    .find(uid(deleting))
                    .filter(report -> report.basis().equals(new Access.NotWanted(true, true)))
                    .isPresent());
        }

        assertThat(rig.platform.members("port-1")).containsExactly("taylor");
        assertThat(rig.writes()).noneMatch(AgreementReconcilerTest::isRelease);
        reconcile(Samples.deleting(rig.watched("a")));
        assertThat(rig.writes()).noneMatch(AgreementReconcilerTest::isRelease);
    }

    /** Past its finalizer, and with another status than the one on record: what it gave goes all the same. */
    @Test
    void whoIsGoneTakesTheAccessOnRecordAlong() throws Exception {
        DataUsageAgreement provisioned = rig.there(Samples.provisioned("a", "taylor", "taylor"));
        rig.statuses.seed(Stream.of(provisioned));
        rig.running();
        assertThat(rig.platform.members("port-1")).containsExactly("taylor");
        DataUsageAgreement shown = Samples.request("a", "taylor");
        shown.getMetadata().setUid(uid(provisioned));
        rig.cluster.agreements.remove(provisioned);

        reconciler.reconcile(shown, rig.contexts.deleted());

        await().atMost(Duration.ofSeconds(5))
                .until(() -> rig.platform.members("port-1").isEmpty());
    }

    /** Who insists is told by what was put back, not by what was tried. */
    @Test
    void whatCouldNotBePutBackWasNot() throws Exception {
        DataUsageAgreement ours = rig.there(Samples.provisioned("a", "taylor", "taylor"));
        rig.statuses.seed(Stream.of(ours));
        rig.running();
        DataUsageAgreement planted = rig.watched("a");
        planted.getMetadata().setResourceVersion("999");
        planted.setStatus(Samples.approved("a", "taylor").getStatus());
        rig.api.answers("PUT", STATUS, 409, "Conflict");

        for (int times = 0; times < 5; times++) {
            assertThatThrownBy(() -> reconcile(rig.cluster.agreements.put(planted)))
                    .isInstanceOf(KubernetesClientException.class);
        }
    }

    // ----

    private UpdateControl<DataUsageAgreement> reconcile(DataUsageAgreement agreement) throws InterruptedException {
        return reconciler.reconcile(agreement, rig.contexts.present());
    }

    private static boolean isRelease(ApiServer.Call call) {
        return call.method().equals("PATCH")
                && call.json().at("/metadata/finalizers").isArray()
                && !call.body().contains("portcullis.dev/revoke");
    }

    private static String uid(DataUsageAgreement agreement) {
        return agreement.getMetadata().getUid();
    }

    @Test
    void textsAreKeptBeforeAStatusNamesThem() throws Exception {
        DataUsageAgreement agreement = rig.there(accepting());

        reconcile(agreement);

        assertThat(rig.api.calls())
                .filteredOn(call -> !call.method().equals("GET") && !call.path().contains("events"))
                .extracting(ApiServer.Call::method)
                .containsExactly("POST", "PUT");
        assertThat(rig.api.calls("POST").get(0).json().at("/data/text").asText())
                .isEqualTo("Be kind.");
        assertThat(rig.writes()
                        .get(0)
                        .json()
                        .at("/status/snapshot/terms/0/revision")
                        .asText())
                .isEqualTo("1");

        agreement = rig.watched("a");
        rig.api.forgetCalls();
        reconcile(agreement);
        assertThat(rig.api.calls())
                .filteredOn(call -> !call.path().contains("events"))
                .as("neither again")
                .isEmpty();
    }

    @Test
    void whatCannotBeKeptIsNamedByNoStatus() throws Exception {
        DataUsageAgreement agreement = rig.there(accepting());
        rig.api.answers("POST", "/api/v1/namespaces/portcullis-system/configmaps", 403, "Forbidden");

        UpdateControl<DataUsageAgreement> control = reconcile(agreement);

        assertThat(rig.writes()).singleElement().satisfies(call -> {
            assertThat(call.json().at("/status/phase").asText()).isEqualTo("Invalid");
            assertThat(call.json().at("/status/conditions/0/reason").asText()).isEqualTo("TextNotKept");
            assertThat(call.json().at("/status/snapshot").isMissingNode()).isTrue();
            assertThat(call.json().at("/status/approval/workflow").isMissingNode())
                    .as("nobody can decide")
                    .isTrue();
        });
        assertThat(control.getScheduleDelay())
                .hasValueSatisfying(delay -> assertThat(delay).isLessThan(61_000));

        rig.api.answersAsUsual();
        agreement = rig.watched("a");
        reconcile(agreement);
        assertThat(rig.watched("a").getStatus().phase()).isEqualTo(Phase.Requested);
    }

    private DataUsageAgreement accepting() {
        DataProduct product = Samples.product("orders");
        product.setSpec(new DataProductSpec(
                "Orders", null, null, null, null, null, null, null, false, new Terms("1", "Be kind."), null));
        rig.cluster.products.put(product);
        DataUsageAgreement agreement = Samples.request("a", "taylor");
        DataUsageAgreementSpec asked = agreement.getSpec();
        agreement.setSpec(new DataUsageAgreementSpec(
                asked.purpose(),
                asked.provider(),
                asked.consumer(),
                null,
                null,
                null,
                false,
                false,
                null,
                null,
                null,
                "1",
                null,
                null));
        return agreement;
    }

    private void portApprovesEverybody() {
        OutputPort port = Samples.port("orders-v1", "port-1");
        port.setSpec(Samples.portSpec(Samples.objects("orders", "order_items"), true));
        rig.cluster.ports.put(port);
        assertThat(rig.platform.module().parse(port.getSpec())).isInstanceOf(Parsed.Ok.class);
    }

    private static DataUsageAgreement ending(String end) {
        return Samples.ending(Samples.provisioned("a", "taylor", "taylor"), end);
    }
}
