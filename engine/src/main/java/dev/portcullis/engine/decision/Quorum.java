package dev.portcullis.engine.decision;

import dev.portcullis.api.policy.RequiredApproval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Counts approvals against what is required. Each vote counts for one place, whichever serves best: so the order in which people vote, and that in which policies
 * ask, change nothing. (A largest matching, by augmenting paths; there are some dozens of places at most.)
 *
 * @param <V> a vote of a person; a person has one
 */
final class Quorum<V> {
    private static final int NOBODY = -1;

    private final List<RequiredApproval> required;
    private final List<V> votes;
    private final BiPredicate<RequiredApproval, V> counts;
    /** The requirement each place belongs to. */
    private final List<Integer> places = new ArrayList<>();
    /** The vote on each place. */
    private final int[] taken;

    Quorum(List<RequiredApproval> required, List<V> votes, BiPredicate<RequiredApproval, V> counts) {
        this.required = required;
        this.votes = votes;
        this.counts = counts;
        for (int i = 0; i < required.size(); i++) {
            for (int n = 0; n < required.get(i).count(); n++) {
                places.add(i);
            }
        }
        this.taken = new int[places.size()];
        Arrays.fill(taken, NOBODY);
        for (int vote = 0; vote < votes.size(); vote++) {
            seat(vote, new boolean[taken.length]);
        }
    }

    boolean isMet() {
        return missing().isEmpty();
    }

    /** What is still needed, in the order in which it is required; counts are at least one. */
    List<RequiredApproval> missing() {
        List<RequiredApproval> missing = new ArrayList<>();
        for (int i = 0; i < required.size(); i++) {
            int open = 0;
            for (int place = 0; place < taken.length; place++) {
                if (places.get(place) == i && taken[place] == NOBODY) {
                    open++;
                }
            }
            if (open > 0) {
                missing.add(new RequiredApproval(required.get(i).from(), open));
            }
        }
        return missing;
    }

    private boolean seat(int vote, boolean[] tried) {
        for (int place = 0; place < taken.length; place++) {
            if (!tried[place] && counts.test(required.get(places.get(place)), votes.get(vote))) {
                tried[place] = true;
                if (taken[place] == NOBODY || seat(taken[place], tried)) {
                    taken[place] = vote;
                    return true;
                }
            }
        }
        return false;
    }
}
