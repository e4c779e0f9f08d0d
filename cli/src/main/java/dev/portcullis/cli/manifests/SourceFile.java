package dev.portcullis.cli.manifests;

/**
 * A file that may have manifests.
 *
 * @param name for people, as they find it
 */
public record SourceFile(String name, String text) {}
