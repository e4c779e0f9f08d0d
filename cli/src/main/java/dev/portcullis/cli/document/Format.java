package dev.portcullis.cli.document;

/** How documents are written. */
public enum Format {
    /** A stream of documents, each with --- before it but the first. */
    YAML,
    /** One array. */
    JSON
}
