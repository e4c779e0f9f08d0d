package dev.portcullis.operator.grant;

import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Owner;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What other installations and platforms have on the same server.
 *
 * @param leftAlone how many roles are marked for others, when everything was last compared
 * @param emptied of whom all was taken over at some time since the loop began
 * @param returned of whom there was something again after that: somebody is still granting there
 */
public record Others(Map<Owner, Integer> leftAlone, Set<Owner> emptied, Set<Owner> returned) {
    static final Others NONE = new Others(Map.of(), Set.of(), Set.of());

    public Others {
        leftAlone = Map.copyOf(leftAlone);
        emptied = Set.copyOf(emptied);
        returned = Set.copyOf(returned);
    }

    /** What is known after one more comparison. */
    Others next(boolean full, Observed before, Observed after) {
        Set<Owner> back = new HashSet<>(before.takenOver().keySet());
        back.retainAll(emptied);
        if (!full) {
            back.addAll(returned);
        }
        Set<Owner> gone = new HashSet<>(emptied);
        if (full) {
            gone.addAll(before.takenOver().keySet());
            gone.removeAll(after.takenOver().keySet());
        }
        return new Others(full ? after.others() : leftAlone, gone, back);
    }
}
