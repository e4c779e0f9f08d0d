package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.MissingApproval;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.VoterGroup;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.local.AtOnce;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several approvers, by Decisions in the port's namespace; they have no rights in the consumer's. */
class VotingTest {
    /** A tenth of the full count in each build; all of it with -Pfull. */
    private static final int TRIES = Integer.getInteger("portcullis.random.tries", 100) / 10;

    private static final int WAITING = Integer.getInteger("portcullis.random.tries", 100);

    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();
    private final String pat = "pat-" + story.checkout + "@example.com";
    private final String pia = "pia-" + story.checkout + "@example.com";
    private final ExecutorService voters = Executors.newFixedThreadPool(3);

    @BeforeEach
    void policy() {
        apply("""
                apiVersion: portcullis.dev/v1alpha1
                kind: Team
                metadata: {name: privacy-$checkout}
                spec: {namespaces: [], members: [{user: $pat}, {user: $pia}]}
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: ApprovalPolicy
                metadata: {name: votes-$checkout}
                spec:
                  mode: Mandatory
                  ports: {namespaces: [$checkout]}
                  rules:
                  - name: three
                    when: "true"
                    require: {approvals: [{from: {provider: true}}, {from: {team: privacy-$checkout}, count: 2}]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: privacy, namespace: $checkout}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-second-approver}
                subjects:
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: $pat}
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: $pia}
                """);
        Installation.await(
                "the policy is accepted",
                () -> installation
                                .admin()
                                .resources(dev.portcullis.api.policy.ApprovalPolicy.class)
                                .withName("votes-" + story.checkout)
                                .get()
                                .getStatus()
                        != null);
        story.offer("orders", "[{name: orders}]", "");
    }

    @AfterEach
    void end() {
        voters.shutdownNow();
        installation
                .admin()
                .resources(dev.portcullis.api.policy.ApprovalPolicy.class)
                .withName("votes-" + story.checkout)
                .delete();
    }

    @Test
    void ofThreeWhoVoteInTheSameInstantNoVoteIsLost() throws Exception {
        assertThat(TRIES).isPositive();
        for (int i = 0; i < TRIES; i++) {
            String name = "vote-" + i;
            story.request(name, "orders", story.taylor, "");
            story.awaitPhase(name, Phase.Requested);
            CyclicBarrier instant = new CyclicBarrier(3);
            List<Future<?>> votes = new ArrayList<>();
            for (String voter : List.of(story.olga, pat, pia)) {
                KubernetesClient client = installation.as(voter);
                votes.add(voters.submit(() -> {
                    instant.await();
                    client.resource(vote(name, voter, "approved")).create();
                    return null;
                }));
            }
            for (Future<?> vote : votes) {
                vote.get();
            }
            DataUsageAgreement agreement = story.awaitPhase(name, Phase.Active);
            assertThat(agreement.getStatus().approval().decisions())
                    .as("try " + i)
                    .extracting(DecisionRecord::by)
                    .containsExactlyInAnyOrder(story.olga, pat, pia);
            assertThat(agreement.getStatus().approval().missing()).isEmpty();
            Installation.await(
                    "each says that it was taken",
                    () -> decisions(name).values().stream().allMatch(outcome -> outcome == Outcome.Taken));
        }
        assertThat(story.reads(story.taylor, "orders")).isTrue();
    }

    @Test
    void oneRejectionRejectsAndTheOthersAreTold() {
        story.request("rejected", "orders", story.taylor, "");
        story.awaitPhase("rejected", Phase.Requested);
        installation.as(pat).resource(vote("rejected", pat, "approved")).create();
        story.awaitAgreement(
                "rejected",
                "one vote is recorded",
                agreement -> agreement.getStatus().approval().decisions().size() == 1);
        assertThat(story.agreement("rejected").getStatus().approval().missing())
                .containsExactly(
                        new MissingApproval(VoterGroup.ofProvider(), 1),
                        new MissingApproval(VoterGroup.of("privacy-" + story.checkout), 1));

        installation.as(pia).resource(vote("rejected", pia, "rejected")).create();
        story.awaitPhase("rejected", Phase.Rejected);

        installation
                .as(story.olga)
                .resource(vote("rejected", story.olga, "approved"))
                .create();
        Installation.await("olga is told", () -> decisions("rejected").get(story.olga) == Outcome.Refused);
        assertThat(story.reads(story.taylor, "orders")).isFalse();
    }

    @Test
    void aPolicyEditedWhileManyWaitChangesNoneOfThem() {
        new AtOnce(4).times(WAITING, i -> story.request("waits-" + i, "orders", story.taylor, ""));
        // one by one: reading all of them at each try would take from the operator what it needs
        IntStream.range(0, WAITING).forEach(i -> story.awaitPhase("waits-" + i, Phase.Requested));
        assertThat(phases()).isEqualTo(Map.of(Phase.Requested, (long) WAITING));
        Map<String, String> before = versions();

        apply("""
                apiVersion: portcullis.dev/v1alpha1
                kind: ApprovalPolicy
                metadata: {name: votes-$checkout}
                spec:
                  mode: Mandatory
                  ports: {namespaces: [$checkout]}
                  rules: [{name: everybody, when: "true", approve: true}]
                """);
        story.request("later", "orders", story.taylor, "");
        story.awaitPhase("later", Phase.Active);

        assertThat(versions()).as("none was even written").containsAllEntriesOf(before);
        assertThat(installation
                        .agreement(story.marketing, "waits-7")
                        .getStatus()
                        .approval()
                        .status())
                .isEqualTo(ApprovalStatus.Requested);
    }

    private Map<Phase, Long> phases() {
        return waiting().stream()
                .filter(agreement ->
                        agreement.getStatus() != null && agreement.getStatus().phase() != null)
                .collect(
                        Collectors.groupingBy(agreement -> agreement.getStatus().phase(), Collectors.counting()));
    }

    private Map<String, String> versions() {
        return waiting().stream()
                .collect(Collectors.toMap(
                        agreement -> agreement.getMetadata().getName(),
                        agreement -> agreement.getMetadata().getResourceVersion()));
    }

    private List<DataUsageAgreement> waiting() {
        return story.requests().stream()
                .filter(agreement -> agreement.getMetadata().getName().startsWith("waits-"))
                .toList();
    }

    /** What became of each person's Decision on an agreement. */
    private Map<String, Outcome> decisions(String agreement) {
        return installation.admin().resources(Decision.class).inNamespace(story.checkout).list().getItems().stream()
                .filter(decision -> decision.getSpec().agreement().name().equals(agreement))
                .collect(Collectors.toMap(
                        decision -> decision.getSpec().by(),
                        decision -> decision.getStatus() == null
                                ? Outcome.Waiting
                                : decision.getStatus().outcome()));
    }

    private io.fabric8.kubernetes.api.model.GenericKubernetesResource vote(
            String agreement, String voter, String verdict) {
        return dev.portcullis.local.PortcullisManifests.parse("""
                        apiVersion: portcullis.dev/v1alpha1
                        kind: Decision
                        metadata: {name: %s, namespace: %s}
                        spec:
                          outputPort: orders
                          agreement: {namespace: %s, name: %s}
                          decision: %s
                        """.formatted(
                        agreement + "-" + Story.login(voter), story.checkout, story.marketing, agreement, verdict))
                .get(0);
    }

    private void apply(String yaml) {
        story.applyAsAdmin(yaml.replace("$pat", pat).replace("$pia", pia));
    }
}
