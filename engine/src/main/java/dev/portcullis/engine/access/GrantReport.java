package dev.portcullis.engine.access;

import dev.portcullis.engine.facts.Problem;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Way;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the grant loop read back from the platform for one agreement.
 *
 * @param basis what the loop took the agreement to ask; the report says nothing of any other
 * @param held the principals that have the access, by this agreement or another for the same
 * @param troubles what could not be given or taken away
 * @param reference what holds the access on the platform, in its own words; empty where nothing does
 * @param waits what the platform has not answered yet, a sentence each: neither given nor refused, or not yet taken away
 * @param notes what is to be known besides, how to use what is held for instance, and holds nothing up
 * @param ways how the principals can read the objects besides, by what others granted, in order; empty: it was not looked at
 */
public record GrantReport(
        Access basis,
        Set<Principal> held,
        List<Problem> troubles,
        Optional<String> reference,
        List<String> waits,
        List<Problem> notes,
        Optional<List<Way>> ways) {
    public GrantReport {
        held = Set.copyOf(held);
        troubles = List.copyOf(troubles);
        waits = List.copyOf(waits);
        notes = List.copyOf(notes);
        ways = ways.map(List::copyOf);
    }

    /** A report of a platform that has answered everything, by somebody who did not look for other ways. */
    public GrantReport(Access basis, Set<Principal> held, List<Problem> troubles, Optional<String> reference) {
        this(basis, held, troubles, reference, List.of());
    }

    /** A report that nothing is to be said of besides, by somebody who did not look for other ways. */
    public GrantReport(
            Access basis, Set<Principal> held, List<Problem> troubles, Optional<String> reference, List<String> waits) {
        this(basis, held, troubles, reference, waits, List.of(), Optional.empty());
    }

    public GrantReport with(Optional<List<Way>> others) {
        return new GrantReport(basis, held, troubles, reference, waits, notes, others);
    }

    /** Whether nothing is left of what was asked to be taken away, as read back. */
    public boolean isGone() {
        return basis instanceof Access.NotWanted && troubles.isEmpty() && waits.isEmpty();
    }
}
