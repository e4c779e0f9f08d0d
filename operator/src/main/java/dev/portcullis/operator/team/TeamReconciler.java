package dev.portcullis.operator.team;

import dev.portcullis.api.Condition;
import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamStatus;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.operator.status.SpecChanges;
import dev.portcullis.operator.status.StatusWriter;
import dev.portcullis.operator.world.Caches;
import dev.portcullis.operator.world.Consequences;
import dev.portcullis.operator.world.Gate;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Has everything looked at again that a Team's namespaces or members decide. */
@ControllerConfiguration(name = "teams", generationAwareEventProcessing = false, triggerReconcilerOnAllEvents = true)
public final class TeamReconciler implements Reconciler<Team> {
    private final Caches caches;
    private final Consequences consequences;
    private final Gate gate;
    private final Clock clock;
    private final SpecChanges changes = new SpecChanges();

    public TeamReconciler(Caches caches, Consequences consequences, Gate gate, Clock clock) {
        this.caches = caches;
        this.consequences = consequences;
        this.gate = gate;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, Team>> prepareEventSources(EventSourceContext<Team> context) {
        return caches.teams().connect(context);
    }

    @Override
    public UpdateControl<Team> reconcile(Team team, Context<Team> context) throws InterruptedException {
        gate.await();
        return caches.teams().reconcile(team, context, this::gone, one -> reconcilePresent(one, context));
    }

    private void gone(Team team) {
        changes.forget(team);
        consequences.ofTeam(team);
    }

    private UpdateControl<Team> reconcilePresent(Team team, Context<Team> context) {
        changes.ifNew(team, () -> consequences.ofTeam(team));
        StatusWriter.write(team, status(team), new Team(), context);
        return UpdateControl.noUpdate();
    }

    private TeamStatus status(Team team) {
        List<Condition> before = Optional.ofNullable(team.getStatus())
                .map(TeamStatus::conditions)
                .orElse(List.of());
        Long generation = team.getMetadata().getGeneration();
        int members = team.getSpec().members().size();
        return new TeamStatus(
                generation,
                new Conditions(before, generation, clock.instant())
                        .add(
                                "Ready",
                                true,
                                "Accepted",
                                members == 0
                                        ? "the team lists no members: whoever may act in its namespaces acts for it"
                                        : "the team lists " + members + " members")
                        .build());
    }
}
