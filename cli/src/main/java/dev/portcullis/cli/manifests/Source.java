package dev.portcullis.cli.manifests;

import java.util.List;

/** Where manifests are. */
public interface Source {
    /** The files below it that may have manifests, sorted by name. */
    List<SourceFile> files();

    /** Whether a file of this name may have manifests. */
    static boolean isManifest(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }
}
