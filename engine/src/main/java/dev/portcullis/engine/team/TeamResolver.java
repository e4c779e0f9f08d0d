package dev.portcullis.engine.team;

import dev.portcullis.api.team.Team;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the team that acts for a namespace: a Team that lists it. If none does, the namespace is a team of its own name, unless a Team
 * has that name: else whoever may create namespaces could act for any team.
 */
public final class TeamResolver {
    private final World world;

    public TeamResolver(World world) {
        this.world = world;
    }

    /**
     * @param namespace where the object lives
     * @param named the team the object names, if it does
     * @param field the field that names it, for messages
     */
    public TeamResolution resolve(String namespace, @Nullable String named, String field) {
        List<Team> teams = world.teamsOf(namespace);
        if (teams.isEmpty()) {
            return ofItsOwn(namespace, named, field);
        }
        if (named != null) {
            return teams.stream()
                    .filter(team -> named.equals(team.getMetadata().getName()))
                    .findFirst()
                    .map(TeamResolver::acting)
                    .orElseGet(() -> notActing(namespace, named, field));
        }
        if (teams.size() > 1) {
            return unknown(
                    "TeamAmbiguous",
                    "namespace " + namespace + " acts for several teams: "
                            + (field.equals("spec.consumer.team") ? "request another agreement that says" : "say")
                            + " which one in " + field);
        }
        return acting(teams.get(0));
    }

    private TeamResolution ofItsOwn(String namespace, @Nullable String named, String field) {
        if (world.team(namespace).isPresent()) {
            return unknown(
                    "TeamUnknown",
                    "namespace " + namespace + " has the name of Team " + namespace
                            + ", which does not list it: the platform team adds the namespace to a Team");
        }
        if (named != null && !named.equals(namespace)) {
            return notActing(namespace, named, field);
        }
        return new TeamResolution.Acting(new ActingTeam(namespace, Optional.empty()));
    }

    private static TeamResolution notActing(String namespace, String named, String field) {
        return unknown(
                "TeamUnknown",
                "namespace " + namespace + " does not act for team " + named + ", which " + field
                        + " names: ask the platform team to list the namespace in Team " + named);
    }

    private static TeamResolution acting(Team team) {
        return new TeamResolution.Acting(new ActingTeam(team.getMetadata().getName(), Optional.of(team)));
    }

    private static TeamResolution unknown(String reason, String message) {
        return new TeamResolution.Unknown(Problem.healing(reason, message));
    }
}
