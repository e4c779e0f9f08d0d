package dev.portcullis.cli.manifests;

import java.util.List;

/** Where manifests are. */
public interface Source {
    /** The files below it that may have manifests, and those that say how these are applied, sorted by name. */
    List<SourceFile> files();

    /**
     * Whether a file is none of the manifests, whatever is in it: of Git's own, or a workflow at the top. What else begins with a dot is read, as those who apply a
     * folder do.
     *
     * @param path below the folder, with slashes
     */
    static boolean isOfTheRepository(String path) {
        return path.startsWith(".git/")
                || path.contains("/.git/")
                || path.startsWith(".github/")
                || path.startsWith(".gitlab");
    }

    /** Whether a file has to be looked at: it may have manifests, or says how those are applied. */
    static boolean concerns(String path) {
        return isManifest(path) || Steering.isIn(path);
    }

    /** Whether a file of this name may have manifests. */
    private static boolean isManifest(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }
}
