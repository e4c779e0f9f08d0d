package dev.portcullis.platform;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a platform holds in a scope, read at one moment. Each module has its own implementation. */
public interface Observed {
    /**
     * A part of the platform that was lost while it was read. What belongs to it may be held or not: nothing may be concluded from it, but what is seen and is to
     * be taken away can be.
     */
    Optional<PlatformUnavailableException> outage();

    /** How many entitlements of the owner's are held in the scope. */
    default int entitlements() {
        return entitlementsByPort().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** How many of the owner's entitlements each port has, by UID; for reports. */
    Map<String, Integer> entitlementsByPort();

    /** Those of the entitlements that are held: the principal has the port's objects in this profile, whole and usable. Thousands may be of one port. */
    Set<Entitlement> held(Set<Entitlement> asked);

    /** Whether one is held; to ask for many is what {@link #held} is for. */
    default boolean holds(Entitlement entitlement) {
        return !held(Set.of(entitlement)).isEmpty();
    }

    /**
     * Every principal that has anything of a port by the owner's doing, whoever granted it, by the port's UID. What the platform is about to give counts as given here and
     * in {@link #besides}, until it is known that it was not: it may come true at any moment.
     */
    Map<String, Set<Principal>> holders();

    /**
     * All that principals have besides these entitlements: somebody who keeps one profile may still have another that was to be taken away.
     */
    Set<Holding> besides(Set<Entitlement> wanted);

    /** How much there is that is marked for other owners, and left alone, where everything was observed: in what the platform counts, roles for instance. */
    default Map<Owner, Integer> others() {
        return Map.of();
    }

    /** How much of what was observed is still marked for other owners, and taken over from them. */
    default Map<Owner, Integer> takenOver() {
        return Map.of();
    }
}
