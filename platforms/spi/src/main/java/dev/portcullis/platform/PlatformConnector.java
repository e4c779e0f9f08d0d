package dev.portcullis.platform;

import dev.portcullis.api.platform.DataPlatformSpec;

/** Opens sessions; the one way from a module's pure part to its I/O. */
public interface PlatformConnector {
    /** The pure part. */
    PlatformModule module();

    /** A session; connects lazily, so opening one does no I/O. */
    PlatformSession open(DataPlatformSpec platform, Owner owner, Credentials credentials);
}
