package dev.portcullis.it.admission;

/** Who writes down who requested and who decided. */
enum Mode {
    /** The mutating policy does, from Kubernetes 1.36 on. */
    STAMPED,
    /** The client does. */
    PLAIN
}
