package dev.portcullis.benchmark.chaos;

import dev.portcullis.api.team.Team;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What the platform team does: members of teams, and the policy. */
final class PlatformTeamHands {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient admin;
    private final Model model;
    private final Telling telling;

    PlatformTeamHands(KubernetesClient admin, Model model) {
        this.admin = admin;
        this.model = model;
        telling = new Telling(model);
    }

    boolean team(Operation.ChangeTeam change) {
        TeamModel team = model.team(change.namespace());
        Set<String> members = new TreeSet<>(team.members());
        if (change.member()) {
            members.add(change.login());
        } else {
            members.remove(change.login());
        }
        Runnable write = () -> admin.resources(Team.class)
                .withName(change.namespace())
                .patch(MERGE, "{\"spec\":{\"members\":" + Requests.members(members) + "}}");
        Consumer<Boolean> member = is -> team.member(change.login()).set(is);
        return change.member()
                ? telling.gives(change.toString(), write, () -> member.accept(true), () -> member.accept(false))
                : telling.takes(change.toString(), write, () -> member.accept(false));
    }

    boolean policy(Operation.ChangePolicy change) {
        Runnable write = change.rejected().isEmpty()
                ? () -> admin.resource(Requests.policy(Set.of("none"))).delete()
                : () -> admin.resource(Requests.policy(change.rejected()))
                        .forceConflicts()
                        .serverSideApply();
        boolean taken = telling.gives(
                change.toString(),
                write,
                // what it does not reject any more may be approved at once
                () -> Mesh.COLOURS.stream()
                        .filter(colour -> !change.rejected().contains(colour))
                        .forEach(colour -> model.rejects(colour).set(false)),
                () -> {});
        if (taken) {
            model.change(() ->
                    change.rejected().forEach(colour -> model.rejects(colour).set(true)));
        }
        return taken;
    }
}
