package dev.portcullis.engine.policy;

import dev.portcullis.engine.team.ActingTeam;
import java.util.HashMap;
import java.util.Map;

/** What a team says of its people, found by their names: a team may have thousands, and each of them is asked about. */
final class Members {
    /** Nobody is listed. */
    static final Members NONE = new Members();

    private final Map<String, Map<String, String>> attributes = new HashMap<>();

    private Members() {}

    Members(ActingTeam team) {
        team.object().stream()
                .flatMap(object -> object.getSpec().members().stream())
                .forEach(member -> attributes.putIfAbsent(member.user(), member.attributes()));
    }

    /** Of one who is not listed, none. */
    Map<String, String> attributesOf(String user) {
        return attributes.getOrDefault(user, Map.of());
    }
}
