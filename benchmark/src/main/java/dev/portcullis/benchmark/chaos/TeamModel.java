package dev.portcullis.benchmark.chaos;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Who is in a team, by login. */
final class TeamModel {
    private final Supplier<Duration> quiet;
    private final Map<String, Lately> members = new TreeMap<>();

    TeamModel(Supplier<Duration> quiet, Collection<String> first) {
        this.quiet = quiet;
        first.forEach(login -> member(login).set(true));
    }

    Lately member(String login) {
        return members.computeIfAbsent(login, name -> new Lately(quiet));
    }

    Set<String> members() {
        return members.entrySet().stream()
                .filter(entry -> entry.getValue().isNow())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
