package dev.portcullis.platform;

import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.port.RowFilter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pure part of a platform: no I/O, no clock, the same answer for the same arguments. */
public interface PlatformModule {
    /** Whether this module serves the platform: its block is there. */
    boolean serves(DataPlatformSpec platform);

    /** Where the operator's login to the platform is; empty: it needs none. */
    Optional<LoginSecrets> secrets(DataPlatformSpec platform);

    /** The objects a port offers. */
    Parsed parse(OutputPortSpec port);

    /** The objects frozen in an agreement's status; empty where they are of another kind of platform. */
    Optional<Profile> fromSnapshot(SnapshotObjects objects);

    /**
     * What is both in the snapshot and still offered: a table or column taken off the port is gone for all at once, one added is not given to
     * earlier agreements. Of a row filter the text that was frozen and the one that is offered now both hold; where it is not offered any more, nothing is
     * left. Empty where nothing is left.
     */
    Optional<Profile> intersect(Profile snapshot, Profile offered);

    /** What two snapshots both let through; empty where that is nothing. */
    default Optional<Profile> common(Profile one, Profile other) {
        return intersect(one, other);
    }

    /** The row filters that can be named of what a port offers. */
    default List<RowFilter> rowFilters(Profile offered) {
        return List.of();
    }

    /**
     * Less of some objects: never anything that is not among them.
     *
     * @param objects what is chosen from: what a port offers, or what was asked for
     * @param select what is chosen
     * @param filters the row filters that can be named
     */
    default Selected select(Profile objects, SelectedObjects select, List<RowFilter> filters) {
        return new Selected.Unsupported(
                "on this kind of platform a request is for all that the port offers: request another agreement without spec.select, or ask the provider for a port that offers less");
    }

    /** Whether the platform lets ports of this namespace offer the objects; if not, a sentence naming what is not exposed. */
    Optional<String> notExposed(DataPlatformSpec platform, String namespace, Profile profile);

    /** What holds a port's profile on the platform, in the platform's own words (a role's name), for people who look there. */
    String reference(Owner owner, PortId port, Profile profile);

    /** What people have to know to use a port's profile, as the end of a sentence, where it is not what the port says; empty: they use its objects. */
    default Optional<String> usage(Owner owner, PortId port, Profile profile) {
        return Optional.empty();
    }

    /** The changes that make what was observed what is wanted, inside the scope that was observed. */
    Plan plan(Wanted wanted, Observed observed);

    /**
     * The changes that would lead from one set of entitlements to another on a platform that holds exactly the first and has all that either names: for people who
     * read them before anything happens. Of what only the platform itself could tell more, nothing is among them.
     *
     * @param held what is held before
     * @param wanted what is wanted instead
     * @return empty where a plan says nothing to people
     */
    default Optional<Plan> rehearse(DataPlatformSpec platform, Set<Entitlement> held, Wanted wanted) {
        return Optional.empty();
    }
}
