package dev.portcullis.engine.given;

import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamMember;
import dev.portcullis.api.team.TeamSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Team that can be changed. */
public final class TeamDraft {
    private final String name;
    private List<String> namespaces = List.of();
    private List<String> members = List.of();
    private final Map<String, Map<String, String>> attributes = new HashMap<>();
    private TeamSpec.GrantAs grantAs = TeamSpec.GrantAs.Members;

    TeamDraft(String name) {
        this.name = name;
    }

    public TeamDraft namespaces(String... names) {
        namespaces = List.of(names);
        return this;
    }

    public TeamDraft members(String... users) {
        members = List.of(users);
        return this;
    }

    public TeamDraft without(String user) {
        members = members.stream().filter(member -> !member.equals(user)).toList();
        return this;
    }

    public TeamDraft with(String user) {
        members = Stream.concat(members.stream(), Stream.of(user)).toList();
        return this;
    }

    /** What is known of a person of the team. */
    public TeamDraft knows(String user, Map<String, String> of) {
        attributes.put(user, of);
        return this;
    }

    public TeamDraft asOnePrincipal() {
        grantAs = TeamSpec.GrantAs.Principal;
        return this;
    }

    boolean hasMember(String user) {
        return members.contains(user);
    }

    boolean lists(String namespace) {
        return namespaces.contains(namespace);
    }

    Team build() {
        Team team = new Team();
        team.setMetadata(new ObjectMetaBuilder().withName(name).build());
        List<TeamMember> listed = new ArrayList<>();
        members.forEach(user -> listed.add(new TeamMember(user, attributes.getOrDefault(user, Map.of()))));
        team.setSpec(new TeamSpec(null, namespaces, grantAs, listed));
        return team;
    }
}
