package dev.portcullis.cli.manifests;

import java.util.List;

/** Where manifests are. */
public interface Source {
    /** The files below it that may have manifests, sorted by name. */
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

    /** Whether a file of this name may have manifests. */
    static boolean isManifest(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }
}
