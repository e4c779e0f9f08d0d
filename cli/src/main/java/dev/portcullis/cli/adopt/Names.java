package dev.portcullis.cli.adopt;

import dev.portcullis.cli.document.Slug;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Gives names that nothing else of the same place has. Asked for the same in the same order, it gives the same. */
final class Names {
    private final Map<String, Set<String>> taken = new HashMap<>();

    /** @param place a namespace, or whatever else names are distinct in */
    String in(String place, String from) {
        Set<String> others = taken.computeIfAbsent(place, key -> new HashSet<>());
        String name = Slug.of(from).filter(slug -> !others.contains(slug)).orElseGet(() -> Slug.distinct(from));
        others.add(name);
        return name;
    }

    /** Takes a name, so that nothing else gets it. */
    void take(String place, String name) {
        taken.computeIfAbsent(place, key -> new HashSet<>()).add(name);
    }
}
