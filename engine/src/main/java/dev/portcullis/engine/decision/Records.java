package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DecisionRecord;
import java.util.ArrayList;
import java.util.List;

/** The decisions on record, with room for those to come: an agreement may be recertified for decades. */
public final class Records {
    /** As many as a status holds. */
    static final int MOST = 64;

    private Records() {}

    /** The same approval with more decisions on record. */
    static Approval with(Approval so, List<DecisionRecord> taken) {
        return new Approval(
                so.status(),
                so.workflow(),
                so.rule(),
                joined(so.decisions(), taken),
                so.missing(),
                so.refusedDecision());
    }

    /**
     * All decisions, oldest first. Where they are too many, the oldest suspensions, resumptions and recertifications that a later one has overtaken go: the
     * Decisions themselves stay as evidence.
     */
    public static List<DecisionRecord> joined(List<DecisionRecord> before, List<DecisionRecord> taken) {
        List<DecisionRecord> all = new ArrayList<>(before);
        all.addAll(taken);
        while (all.size() > MOST) {
            int overtaken = firstOvertaken(all);
            if (overtaken < 0) {
                break;
            }
            all.remove(overtaken);
        }
        return List.copyOf(all);
    }

    private static int firstOvertaken(List<DecisionRecord> all) {
        for (int i = 0; i < all.size(); i++) {
            int axis = axis(all.get(i));
            if (axis != 0 && all.subList(i + 1, all.size()).stream().anyMatch(later -> axis(later) == axis)) {
                return i;
            }
        }
        return -1;
    }

    private static int axis(DecisionRecord decision) {
        return switch (decision.decision()) {
            case approved, rejected, revoked -> 0;
            case suspended, resumed -> 1;
            // whatever came later, it shortened the access
            case recertified -> decision.until() == null ? 2 : 0;
        };
    }
}
