package dev.portcullis.engine.cases;

/**
 * A resource as a case is given it.
 *
 * @param key its name, after its namespace and a slash where it has one
 * @param object the object of the kind's type
 * @param document where it was read
 * @param pointer its place there
 */
record Manifest(ManifestKind kind, String key, Object object, YamlDocument document, String pointer) {
    CaseFault fault(String inside, String message) {
        return document.fault(pointer + inside, message);
    }
}
