package dev.portcullis.supply;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Licences by their SPDX identifiers, and which of them what is shipped may have. */
public final class Licences {
    /** What asks for no more than to be named and passed on; the EPL besides binds whoever changes the library itself. */
    public static final Set<String> ALLOWED =
            Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "EPL-1.0", "EPL-2.0", "MIT");

    /** What libraries write instead of an identifier; looked up, each of them, by a person. */
    private static final Map<String, String> BY_NAME = Map.of(
            "Apache 2 License", "Apache-2.0",
            "Go License", "BSD-3-Clause",
            "GNU Lesser General Public License", "LGPL-2.1-only");

    private Licences() {}

    /** The identifier of a licence that is stated by name; the name itself where none is known, which is then not allowed. */
    static String identifier(String name) {
        return BY_NAME.getOrDefault(name, name);
    }

    /** Whether one of those may be chosen. */
    public static boolean allow(Collection<String> licences) {
        return licences.stream().anyMatch(ALLOWED::contains);
    }
}
