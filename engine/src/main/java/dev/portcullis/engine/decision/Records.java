package dev.portcullis.engine.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.engine.facts.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The decisions on record, with room for those to come: an agreement may be recertified for decades. */
public final class Records {
    /** As many as a status holds. */
    static final int MOST = 64;

    /**
     * In bytes of JSON, of those that others may overtake, and of those that shorten. 64 decisions with all that each may have would outgrow what etcd stores: then
     * nothing could be written any more, and so nothing revoked.
     */
    private static final int HEAVIEST = 256 * 1024;

    /** What one decision may weigh. */
    private static final int HEAVIEST_DECISION = 64 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;

    public Records(World world) {
        this.world = world;
    }

    /** Whether the record is so full that what waits may have to wait for room. */
    public static boolean areFull(Approval so) {
        return so.decisions().size() >= MOST
                || weight(so.decisions(), Records::mayBeOvertaken) > HEAVIEST - HEAVIEST_DECISION;
    }

    /** Whether one more that shortens the access can stay on record for good. */
    static boolean haveRoomForShortening(Approval so, DecisionRecord decision) {
        Predicate<DecisionRecord> shortens = one -> one.decision() == Verdict.recertified && one.until() != null;
        return weight(so.decisions(), shortens) + weight(List.of(decision), shortens) <= HEAVIEST;
    }

    /** The same approval with more decisions on record. */
    Approval with(DataUsageAgreement agreement, Approval so, List<DecisionRecord> taken) {
        return new Approval(
                so.status(),
                so.workflow(),
                so.rule(),
                joined(agreement, so.decisions(), taken),
                so.missing(),
                so.refusedDecision());
    }

    /** Whether these can be put on record now. */
    boolean haveRoomFor(DataUsageAgreement agreement, Approval so, List<DecisionRecord> taken) {
        return !isTooMuch(joined(agreement, so.decisions(), taken));
    }

    /**
     * All decisions, oldest first. Where they are too many or too heavy, the oldest suspensions, resumptions and recertifications that a later one has overtaken go: the
     * Decisions themselves stay as evidence. Those go whose Decisions say that they were taken: any other would be taken once more, and after those that have
     * overtaken it. Nothing stands in the way of a revocation, and nothing is taken after it.
     */
    public List<DecisionRecord> joined(
            DataUsageAgreement agreement, List<DecisionRecord> before, List<DecisionRecord> taken) {
        List<DecisionRecord> all = new ArrayList<>(before);
        all.addAll(taken);
        if (!taken.isEmpty() && isTooMuch(all)) {
            boolean isLast = taken.stream().anyMatch(decision -> decision.decision() == Verdict.revoked);
            Predicate<DecisionRecord> mayGo = isLast ? decision -> true : isSaidTaken(agreement);
            for (int i = firstOvertaken(all, mayGo); i >= 0 && isTooMuch(all); i = firstOvertaken(all, mayGo)) {
                all.remove(i);
            }
        }
        return List.copyOf(all);
    }

    private static boolean isTooMuch(List<DecisionRecord> all) {
        return all.size() > MOST || weight(all, Records::mayBeOvertaken) > HEAVIEST;
    }

    private static int weight(List<DecisionRecord> decisions, Predicate<DecisionRecord> which) {
        return decisions.stream().filter(which).mapToInt(Records::weight).sum();
    }

    private static int weight(DecisionRecord decision) {
        try {
            return JSON.writeValueAsBytes(decision).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record is always JSON", e);
        }
    }

    private static boolean mayBeOvertaken(DecisionRecord decision) {
        return axis(decision) != 0;
    }

    private Predicate<DecisionRecord> isSaidTaken(DataUsageAgreement agreement) {
        Set<String> unsaid = FiledDecision.naming(agreement, world)
                .filter(decision -> !decision.takenFor()
                        .equals(Optional.of(agreement.getMetadata().getUid())))
                .map(decision -> decision.reference().uid())
                .collect(Collectors.toSet());
        return decision ->
                decision.object() == null || !unsaid.contains(decision.object().uid());
    }

    private static int firstOvertaken(List<DecisionRecord> all, Predicate<DecisionRecord> mayGo) {
        for (int i = 0; i < all.size(); i++) {
            int axis = axis(all.get(i));
            if (mayBeOvertaken(all.get(i))
                    && mayGo.test(all.get(i))
                    && all.subList(i + 1, all.size()).stream().anyMatch(later -> axis(later) == axis)) {
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
