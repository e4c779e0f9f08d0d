package dev.portcullis.cli.rehearsal;

import java.util.Map;
import java.util.Optional;

/**
 * Who applies a change, by whom the API server knows what is written: with Git an account for each repository.
 *
 * @param byNamespace who applies what is in a namespace
 * @param decisions who files the Decisions in a namespace, where that is somebody else
 * @param elsewhere who applies all else; empty: nobody knows
 */
public record Appliers(Map<String, String> byNamespace, Map<String, String> decisions, Optional<String> elsewhere) {
    /** Nobody knows who. */
    public static final Appliers UNKNOWN = new Appliers(Map.of(), Map.of(), Optional.empty());

    public Appliers {
        byNamespace = Map.copyOf(byNamespace);
        decisions = Map.copyOf(decisions);
    }

    /** One for everything. */
    public static Appliers all(String user) {
        return new Appliers(Map.of(), Map.of(), Optional.of(user));
    }

    /** Those of what was there before the change: an account that applies a namespace has always done so, and who makes the change has not. */
    public Appliers ofWhatIsThere() {
        return new Appliers(byNamespace, decisions, Optional.empty());
    }

    /** Who files Decisions. */
    Optional<String> decidingIn(String namespace) {
        return Optional.ofNullable(decisions.get(namespace)).or(() -> in(namespace));
    }

    Optional<String> in(String namespace) {
        return Optional.ofNullable(byNamespace.get(namespace)).or(() -> elsewhere);
    }
}
