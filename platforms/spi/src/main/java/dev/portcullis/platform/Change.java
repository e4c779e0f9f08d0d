package dev.portcullis.platform;

import java.util.Optional;

/** One step that brings a platform closer to what is wanted. Each module has its own sealed set; all can be printed without being executed. */
public interface Change {
    /** What a change does to access. */
    enum Effect {
        /** Access is taken away. */
        REVOKE,
        /** Access is given. */
        GRANT,
        /** Neither: something is made ready or cleaned up. */
        PREPARE
    }

    Effect effect();

    /** UID of the port concerned. */
    String portUid();

    /** The principal concerned, where it is one. */
    Optional<Principal> principal();

    /** The change in the platform's own language, for people: never contains a secret. */
    String describe();
}
