package dev.portcullis.supply;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one fault.
 *
 * @param aliases other names of the same fault, such as its CVE
 * @param modified when it was last changed, as the file says it; empty when it does not
 */
record Advisory(String id, List<String> aliases, String summary, String modified, List<Affected> affected) {
    Advisory {
        aliases = List.copyOf(aliases);
        affected = List.copyOf(affected);
    }

    /** Every name it goes by, its own first. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(List.of(id));
        names.addAll(aliases);
        return names;
    }

    /**
     * Versions of one library.
     *
     * @param coordinates group:name
     * @param versions those that are named one by one
     */
    record Affected(String coordinates, Set<String> versions, List<VersionRange> ranges) {
        Affected {
            versions = Set.copyOf(versions);
            ranges = List.copyOf(ranges);
        }

        boolean affects(Library library) {
            return coordinates.equals(library.coordinates())
                    && (saysNoVersions()
                            || versions.contains(library.version())
                            || in(library.version()).isPresent());
        }

        /** Then all are meant: who is told of one too many can look, who is not told cannot. */
        private boolean saysNoVersions() {
            return versions.isEmpty() && ranges.isEmpty();
        }

        Optional<String> fixOf(Library library) {
            return in(library.version()).flatMap(range -> range.fixOf(library.version()));
        }

        private Optional<VersionRange> in(String version) {
            return ranges.stream().filter(range -> range.contains(version)).findFirst();
        }
    }
}
