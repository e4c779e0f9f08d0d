package dev.portcullis.platform.external.profile;

import dev.portcullis.api.Bounds;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names on external platforms: what the schema says of them holds here too, since statuses are read back from where others may write. */
public final class Names {
    private static final Pattern FORM = Pattern.compile(Bounds.EXTERNAL_PATTERN);
    private static final Pattern CONTROL = Pattern.compile("\\p{C}");
    private static final Set<String> NO_STEPS = Set.of("", ".", "..");

    private Names() {}

    /** What is wrong with a name of an object or part. */
    static Optional<String> problem(String name) {
        if (name.length() > 2 * Bounds.EXTERNAL || name.codePointCount(0, name.length()) > Bounds.EXTERNAL) {
            return Optional.of("is longer than " + Bounds.EXTERNAL + " characters");
        }
        return FORM.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(quote(name) + " is no name: printable characters, no * and no space at either end");
    }

    /** A name that a controller may take for a path must not lead out of what is exposed. */
    static Optional<String> pathProblem(String name) {
        return Stream.of(name.split("/", -1)).anyMatch(NO_STEPS::contains)
                ? Optional.of(quote(name) + " has a step that is empty, . or ..: name the object itself")
                : Optional.empty();
    }

    /** Why nobody can be called this on an external platform. */
    public static Optional<String> principalProblem(String name) {
        if (name.isBlank()) {
            return Optional.of("is empty");
        }
        if (name.codePointCount(0, name.length()) > Bounds.EXTERNAL) {
            return Optional.of("is longer than " + Bounds.EXTERNAL + " characters");
        }
        return CONTROL.matcher(name).find() ? Optional.of("has characters that cannot be printed") : Optional.empty();
    }

    /** Unambiguous in whatever comes before and after it. */
    public static String quote(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
