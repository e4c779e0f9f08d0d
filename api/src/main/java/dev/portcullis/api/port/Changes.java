package dev.portcullis.api.port;

/** What becomes of agreements when a port offers more than when they were requested. */
public enum Changes {
    /** They keep to what was asked for. */
    Snapshot,
    /** They get it too. */
    Follow
}
