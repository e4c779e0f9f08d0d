package dev.portcullis.cli.plan;

import dev.portcullis.cli.rehearsal.Holding;
import dev.portcullis.cli.rehearsal.Rights;
import dev.portcullis.cli.report.PlanResult.Warning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who may decide that could not before, and who may not any more, as far as Roles and bindings say so. */
final class DeciderWarnings {
    /** By verb, what it is good for. */
    private static final Map<String, String> VERBS = new TreeMap<>(Map.of(
            "approve", "decide here and open ports wider",
            "decide", "record decisions here, in anybody's name",
            "review", "give approvals here that policies ask of their teams"));

    private final Set<Holding> before;
    private final Set<Holding> after;

    DeciderWarnings(Rights before, Rights after) {
        List<String> verbs = List.copyOf(VERBS.keySet());
        this.before = before.holdings(verbs);
        this.after = after.holdings(verbs);
    }

    List<Warning> all() {
        List<Warning> warnings = new ArrayList<>();
        byPlace(after, before)
                .forEach((place, who) -> warnings.add(new Warning(
                        "MayDecide", place.about(), "may now " + VERBS.get(place.verb()) + place.byVerb() + who)));
        byPlace(before, after)
                .forEach((place, who) -> warnings.add(new Warning(
                        "MayNotDecide",
                        place.about(),
                        "may not any more " + VERBS.get(place.verb()) + place.byVerb() + who)));
        return warnings;
    }

    private record Place(String namespace, String port, String verb) implements Comparable<Place> {
        String about() {
            if (!port.isEmpty()) {
                return "OutputPort " + (namespace.isEmpty() ? "of any namespace, " : namespace + "/") + port;
            }
            return namespace.isEmpty() ? "every OutputPort" : "every OutputPort of namespace " + namespace;
        }

        String byVerb() {
            return " (verb " + verb + "): ";
        }

        @Override
        public int compareTo(Place other) {
            return Comparator.comparing(Place::namespace)
                    .thenComparing(Place::port)
                    .thenComparing(Place::verb)
                    .compare(this, other);
        }
    }

    /** Those that the others do not have, the people of each place in one line. */
    private static Map<Place, String> byPlace(Set<Holding> some, Set<Holding> others) {
        Map<String, List<Holding>> theirs = others.stream().collect(Collectors.groupingBy(Holding::who));
        Map<String, List<Holding>> more = some.stream()
                .filter(one ->
                        theirs.getOrDefault(one.who(), List.of()).stream().noneMatch(other -> other.covers(one)))
                .collect(Collectors.groupingBy(Holding::who));
        return more.values().stream()
                .flatMap(own -> own.stream()
                        .filter(one -> own.stream().noneMatch(other -> !other.equals(one) && other.covers(one))))
                .collect(Collectors.groupingBy(
                        one -> new Place(one.namespace(), one.port(), one.verb()),
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Holding::who, Collectors.toList()),
                                who -> String.join(", ", who.stream().sorted().toList()))));
    }
}
