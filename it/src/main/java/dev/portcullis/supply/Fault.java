package dev.portcullis.supply;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A library that an advisory affects.
 *
 * @param names of the advisory, its own first
 * @param fix the first version that has it fixed, where the advisory says one
 */
record Fault(Library library, Set<String> names, String summary, Optional<String> fix) {
    Fault {
        names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    /** All of them, each once: what several databases tell under the same alias is one fault. In the order of the libraries, then of the advisories. */
    static List<Fault> of(List<Library> libraries, List<Advisory> advisories) {
        List<Fault> faults = new ArrayList<>();
        for (Library library : libraries) {
            List<Fault> found = new ArrayList<>();
            for (Advisory advisory : advisories) {
                advisory.affected().stream()
                        .filter(affected -> affected.affects(library))
                        .findFirst()
                        .map(affected ->
                                new Fault(library, advisory.names(), advisory.summary(), affected.fixOf(library)))
                        .ifPresent(fault -> join(found, fault));
            }
            faults.addAll(found);
        }
        return faults;
    }

    private static void join(List<Fault> found, Fault fault) {
        Fault all = fault;
        for (Fault other : List.copyOf(found)) {
            if (!Collections.disjoint(other.names, all.names)) {
                found.remove(other);
                all = other.with(all);
            }
        }
        found.add(all);
    }

    private Fault with(Fault other) {
        Set<String> both = new LinkedHashSet<>(names);
        both.addAll(other.names);
        return new Fault(library, both, summary.isEmpty() ? other.summary : summary, fix.or(other::fix));
    }
}
