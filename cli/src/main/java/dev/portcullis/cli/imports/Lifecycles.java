package dev.portcullis.cli.imports;

import dev.portcullis.api.product.Lifecycle;
import java.util.Locale;
import java.util.Optional;

/** The words that standards have for where something is in its life; organizations may have others. */
final class Lifecycles {
    private Lifecycles() {}

    /** A word that nobody knows is taken for one that lets nobody ask, and said. */
    static Optional<Lifecycle> read(Fields fields) {
        return fields.text("status")
                .map(word -> of(word).orElseGet(() -> {
                    fields.say(
                            "status",
                            "status " + word
                                    + " is none of ours: it is taken for Proposed, which takes no requests; set"
                                    + " spec.lifecycle where that is not meant");
                    return Lifecycle.Proposed;
                }));
    }

    private static Optional<Lifecycle> of(String word) {
        return switch (word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "")) {
            case "proposed" -> Optional.of(Lifecycle.Proposed);
            case "indevelopment", "draft" -> Optional.of(Lifecycle.InDevelopment);
            case "active" -> Optional.of(Lifecycle.Active);
            case "deprecated" -> Optional.of(Lifecycle.Deprecated);
            case "retired" -> Optional.of(Lifecycle.Retired);
            default -> Optional.empty();
        };
    }
}
