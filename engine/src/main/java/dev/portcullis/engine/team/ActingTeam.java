package dev.portcullis.engine.team;

import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamMember;
import dev.portcullis.api.team.TeamSpec;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A team that acts for a namespace.
 *
 * @param name the team's name
 * @param object the Team; absent where the namespace is a team of its own name
 */
public record ActingTeam(String name, Optional<Team> object) {
    /** Whether the team says who belongs to it. */
    public boolean listsMembers() {
        return object.map(team -> !team.getSpec().members().isEmpty()).orElse(false);
    }

    /** Whether a grant to the whole team is one to each listed member; nothing else is ever inferred. */
    public boolean grantsToMembers() {
        return object.map(team -> team.getSpec().grantAs()).orElse(TeamSpec.GrantAs.Members)
                == TeamSpec.GrantAs.Members;
    }

    /** Whether the user is listed; names are compared as they are. */
    public boolean hasMember(String user) {
        return members().anyMatch(user::equals);
    }

    /** The listed members' user names. */
    public Stream<String> members() {
        return object.stream()
                .flatMap(team -> team.getSpec().members().stream())
                .map(TeamMember::user);
    }
}
