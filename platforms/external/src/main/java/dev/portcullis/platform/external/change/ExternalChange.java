package dev.portcullis.platform.external.change;

import dev.portcullis.api.grant.AccessGrantSpec;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.external.state.SeenGrant;
import java.util.Optional;

/** One write of an AccessGrant. */
public sealed interface ExternalChange extends Change {
    /** A write of one that is there. */
    sealed interface OfSeen extends ExternalChange {
        SeenGrant grant();

        @Override
        default String portUid() {
            return grant().port().uid();
        }

        @Override
        default Optional<Principal> principal() {
            return Optional.of(grant().principal());
        }
    }

    /** Asks for the deletion: the object stays until its grant controller has taken the access away. */
    record DeleteGrant(SeenGrant grant) implements OfSeen {
        @Override
        public Effect effect() {
            return Effect.REVOKE;
        }

        @Override
        public String describe() {
            return "delete " + grant.label() + " of " + grant.principal().name();
        }
    }

    /** Takes our finalizer off one that is gone from the platform. */
    record ReleaseGrant(SeenGrant grant) implements OfSeen {
        @Override
        public Effect effect() {
            return Effect.PREPARE;
        }

        @Override
        public String describe() {
            return "release " + grant.label() + ", whose access is taken away";
        }
    }

    /** Puts back what changed beside the immutable part: labels, our finalizer, the agreements. */
    record MendGrant(SeenGrant grant, AccessGrantSpec spec) implements OfSeen {
        @Override
        public Effect effect() {
            return Effect.PREPARE;
        }

        @Override
        public String describe() {
            return "update the agreements and metadata of " + grant.label();
        }
    }

    /** Writes a new one. */
    record CreateGrant(String namespace, String name, AccessGrantSpec spec) implements ExternalChange {
        @Override
        public Effect effect() {
            return Effect.GRANT;
        }

        @Override
        public String portUid() {
            return spec.outputPort().uid();
        }

        @Override
        public Optional<Principal> principal() {
            return Optional.of(new Principal(spec.principal()));
        }

        @Override
        public String describe() {
            return "create AccessGrant " + namespace + "/" + name + " of " + spec.principal();
        }
    }
}
