package dev.portcullis.engine.policy;

import java.util.Optional;
import java.util.Set;

/**
 * Those of a team that gets an access one by one who do not get it, since policies ask something of them.
 *
 * @param why how many, and by which rule the first of them, as the end of a sentence; empty where nobody is left out
 */
public record LeftOut(Set<String> people, Optional<String> why) {
    /** All get it. */
    public static final LeftOut NOBODY = new LeftOut(Set.of(), Optional.empty());

    public LeftOut {
        people = Set.copyOf(people);
    }

    /** Whether the person may have the access now. */
    public boolean letStay(String user) {
        return !people.contains(user);
    }
}
