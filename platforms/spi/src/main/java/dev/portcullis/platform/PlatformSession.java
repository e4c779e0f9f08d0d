package dev.portcullis.platform;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The I/O part of a platform: connections to one server under one owner. Used by one thread at a time. Identifiers are quoted by one function and values
 * are bound; nothing of a secret is in any exception's message.
 */
public interface PlatformSession extends AutoCloseable {
    /** Connects if need be and says what is there. */
    Server server() throws PlatformUnavailableException;

    /**
     * Reads what the platform holds in the scope, in a number of queries that does not grow with what is there.
     *
     * @param scope what to read
     * @param entitlements what is wanted there: principals and objects they name are looked up too, so that a plan can refuse what cannot be
     */
    Observed observe(Scope scope, Set<Entitlement> entitlements) throws PlatformUnavailableException;

    /**
     * Looks at the objects of profiles, whoever has them: cheap, since it is asked every few seconds, in a number of queries that does not grow with the
     * profiles.
     */
    Map<Profile, ObjectsFound> look(Set<Profile> profiles) throws PlatformUnavailableException;

    /**
     * Executes changes in batches, in their order. Every change has a result of its own; one that fails takes no other with it.
     *
     * @throws PlatformUnavailableException when the platform is lost midway: how much was done is then unknown, and observed again
     */
    List<Result> execute(List<Change> changes) throws PlatformUnavailableException;

    @Override
    void close();
}
