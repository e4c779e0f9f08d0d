package dev.portcullis.engine.manifest;

/**
 * A resource as it is written in a repository.
 *
 * @param key its name, after its namespace and a slash where it has one
 * @param object the object of the kind's type
 * @param document where it was read
 * @param pointer its place there
 */
public record Manifest(ManifestKind kind, String key, Object object, YamlDocument document, String pointer) {
    public Fault fault(String inside, String message) {
        return document.fault(pointer + inside, message);
    }

    /** The same, written in another file too. */
    public Manifest in(String file) {
        return new Manifest(kind, key, object, new YamlDocument(file, document.tree(), document.lines()), pointer);
    }
}
