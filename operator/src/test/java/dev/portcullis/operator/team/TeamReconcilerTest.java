package dev.portcullis.operator.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamSpec;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.world.Gate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TeamReconcilerTest {
    private final Rig rig = new Rig();
    private final TeamReconciler reconciler =
            new TeamReconciler(rig.cluster.caches(), rig.consequences, rig.gate, rig.clock);

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void saysHowManyMembersAreListed() throws Exception {
        Team team = there(Samples.teamOf("marketing", "marketing", "taylor", "quinn"));

        reconcile(team);

        assertThat(rig.writes()).singleElement().satisfies(call -> {
            assertThat(call.path()).startsWith("/apis/portcullis.dev/v1alpha1/teams/marketing/status");
            assertThat(call.json().at("/status/conditions/0/reason").asText()).isEqualTo("Accepted");
            assertThat(call.json().at("/status/conditions/0/message").asText()).isEqualTo("the team lists 2 members");
        });
    }

    @Test
    void saysWhenNobodyIsListed() throws Exception {
        reconcile(there(Samples.team("marketing", "marketing")));

        assertThat(rig.writes().get(0).json().at("/status/conditions/0/message").asText())
                .startsWith("the team lists no members");
    }

    @Test
    void agreementsAreLookedAtForANewSpecAndWhenTheTeamIsGone() throws Exception {
        rig.cluster.agreements.put(Samples.approved("a", "taylor"));
        Team team = there(Samples.team("marketing", "marketing"));
        reconcile(team);
        assertThat(rig.cluster.lookedAgain()).contains("DataUsageAgreement marketing/a");

        rig.cluster.forgetLooks();
        reconcile(team);
        assertThat(rig.cluster.lookedAgain()).isEmpty();

        rig.cluster.teams.remove(team);
        reconciler.reconcile(team, rig.contexts.deleted());
        assertThat(rig.cluster.lookedAgain()).contains("DataUsageAgreement marketing/a");
    }

    @Test
    void nothingIsJudgedBeforeEverythingIsSeen() throws Exception {
        Gate closed = new Gate();
        TeamReconciler waiting = new TeamReconciler(rig.cluster.caches(), rig.consequences, closed, rig.clock);
        Team team = there(Samples.team("marketing", "marketing"));

        CompletableFuture<Void> reconciled = CompletableFuture.runAsync(() -> {
            try {
                waiting.reconcile(team, rig.contexts.present());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().during(100, TimeUnit.MILLISECONDS).until(() -> rig.writes().isEmpty());
        assertThat(reconciled).isNotDone();
        closed.open();

        reconciled.get(10, TimeUnit.SECONDS);
        assertThat(rig.writes()).hasSize(1);
    }

    @Test
    void aNamespaceThatIsTakenOffIsLookedAt() throws Exception {
        Team team = there(Samples.team("shops", "checkout"));
        reconcile(team);
        rig.cluster.forgetLooks();

        team.setSpec(new TeamSpec(null, List.of(), null, List.of()));
        reconcile(Rig.generation(team, 2));

        assertThat(rig.cluster.lookedAgain()).contains("DataProduct checkout/orders");
    }

    private Team there(Team team) {
        Team created = Rig.generation(rig.api.create(team), 1);
        rig.cluster.teams.put(created);
        rig.api.forgetCalls();
        return created;
    }

    private void reconcile(Team team) throws InterruptedException {
        reconciler.reconcile(team, rig.contexts.present());
    }
}
