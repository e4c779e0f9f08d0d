package dev.portcullis.platform;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The I/O part of a platform: connections to one server under one owner. Used by one thread at a time. Identifiers are quoted by one function and values
 * are bound; nothing of a secret is in any exception's message.
 *
 * <p>A session never changes its server: the one that answers first is the one {@link #server} names, and where another answers later behind the same name,
 * nothing is read or written there, and it is unavailable with reason {@code ServerChanged}. Whoever knows the platform compares the first answer with what
 * is on record.
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
     * How else principals can read the objects of entitlements, by what others granted: in a number of queries that does not grow with them. What the owner
     * granted by other agreements is no such way. A platform on which that cannot be found out says nothing.
     *
     * @param agreed what is held, or about to be: whatever is granted along with the objects (the use of their schema) is taken to be there
     * @param ended what nobody wants any more
     * @return the ways, in order, by entitlement; one that is absent could not be looked at now
     */
    default Map<Entitlement, List<Way>> ways(Set<Entitlement> agreed, Set<Entitlement> ended)
            throws PlatformUnavailableException {
        return Map.of();
    }

    /**
     * Executes changes in batches, in their order. Every change has a result of its own; one that fails takes no other with it.
     *
     * @throws PlatformUnavailableException when the platform is lost midway: how much was done is then unknown, and observed again
     */
    List<Result> execute(List<Change> changes) throws PlatformUnavailableException;

    @Override
    void close();
}
