package dev.portcullis.platform;

import java.util.Set;

/**
 * What becomes of the sessions of whoever loses access.
 *
 * @param end whether they are to end; a module may end them all the same where they would keep the access
 * @param past what is on record as held in the scope and is not wanted any more. It may be gone already, by a process that died before it came to the
 *     sessions; said until the platform's answer is on record
 */
public record Sessions(boolean end, Set<Holding> past) {
    /** Nobody asks for their end. */
    public static final Sessions STAY = new Sessions(false, Set.of());

    public Sessions {
        past = Set.copyOf(past);
    }
}
