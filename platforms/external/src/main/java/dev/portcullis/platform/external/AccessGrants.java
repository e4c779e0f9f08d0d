package dev.portcullis.platform.external;

import dev.portcullis.api.grant.AccessGrantSpec;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.external.state.SeenGrant;
import java.util.List;

/**
 * The AccessGrants in the cluster. What is read is the newest state there is and no copy: whoever is told that access is gone must not be told so from an old
 * copy. Each update counts for exactly what was read, and says when that is another meanwhile; a deletion counts for the object.
 */
public interface AccessGrants {
    /** All in the scope, in one call. Those of other platforms and installations may be among them. */
    List<SeenGrant> list(Scope scope) throws PlatformUnavailableException;

    /** Writes a new one, held by our finalizer and labelled. */
    Outcome create(String namespace, String name, AccessGrantSpec spec) throws PlatformUnavailableException;

    /** Puts back labels, finalizer and agreements. */
    Outcome mend(SeenGrant seen, AccessGrantSpec spec) throws PlatformUnavailableException;

    /** Asks for the deletion of this object, however often its status was written meanwhile; of no other under its name. */
    Outcome delete(SeenGrant seen) throws PlatformUnavailableException;

    /** Takes our finalizer off, which ends it where no other holds it. */
    Outcome release(SeenGrant seen) throws PlatformUnavailableException;
}
