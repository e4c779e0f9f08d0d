package dev.portcullis.engine.cases;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The files of a repository, as the caller lets them be read: the engine itself reads none. */
@FunctionalInterface
public interface CaseFiles {
    /**
     * The text of a file.
     *
     * @param path with slashes, without {@code .} and {@code ..}, as {@link #beside} makes it
     * @return empty where there is no such file, or the caller does not let it be read
     */
    Optional<String> text(String path);

    /** The path that a file means by a name: counted from its own folder; empty where that is outside of everything the caller has. */
    static Optional<String> beside(String file, String name) {
        Deque<String> steps = new ArrayDeque<>();
        if (name.startsWith("/")) {
            return Optional.empty();
        }
        String folder = file.substring(0, file.lastIndexOf('/') + 1);
        for (String step : (folder + name).split("/", -1)) {
            if (step.equals("..")) {
                if (steps.isEmpty()) {
                    return Optional.empty();
                }
                steps.removeLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return Optional.of((file.startsWith("/") ? "/" : "") + String.join("/", steps));
    }
}
