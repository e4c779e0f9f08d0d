package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.DecisionReference;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.time.Times;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the Decisions about an agreement. */
final class OpenDecisions {
    /** Of each word; more are heard at the next look: each look is bounded. */
    private static final int MOST = 64;

    private static final Comparator<FiledDecision> REFUSED_LAST = Comparator.<FiledDecision, Boolean>comparing(
                    FiledDecision::isRefused)
            .thenComparing(FiledDecision.IN_ORDER);

    private final World world;

    OpenDecisions(World world) {
        this.world = world;
    }

    /**
     * Those that are not on record yet, in the order in which they are taken. Many that wait, or count for nothing, do not stand before one that says something
     * else, nor before a revocation that nobody has heard yet.
     */
    List<FiledDecision> of(DataUsageAgreement agreement, Approval so, Snapshot snapshot) {
        Map<Verdict, List<FiledDecision>> open = FiledDecision.naming(agreement, world)
                .filter(decision -> decision.onRecord(so).isEmpty())
                .filter(decision -> !decision.isDoneWith(agreement.getMetadata().getUid()))
                .filter(decision -> Binding.of(decision, agreement, Optional.of(snapshot)) instanceof Binding.Bound)
                .collect(Collectors.groupingBy(FiledDecision::verdict));
        return open.values().stream()
                .flatMap(alike -> alike.stream().sorted(REFUSED_LAST).limit(MOST))
                .sorted(FiledDecision.IN_ORDER)
                .toList();
    }

    /**
     * Those that allowed less before a backup brought the agreement back, and are not on record yet, in the order in which they are taken: also those that cannot mean any more what they say, or were of
     * a request for something else, and were refused since. All of them, however many: one that is not heard would be so much more access.
     */
    List<FiledDecision> restoredForLess(DataUsageAgreement agreement, Approval so) {
        String uid = agreement.getMetadata().getUid();
        return FiledDecision.naming(agreement, world)
                .filter(decision -> decision.verdict() == Verdict.approved && decision.allowsLess())
                .filter(decision ->
                        decision.isRestoredFor(agreement) && decision.boundTo().names(uid))
                .filter(decision -> decision.onRecord(so).isEmpty())
                .filter(decision ->
                        !decision.isRefused() || decision.refusedFor().equals(Optional.of(uid)))
                .sorted(FiledDecision.IN_ORDER)
                .toList();
    }

    /**
     * Those that turn out to be about the agreement as soon as somebody writes that down, in any order. Not what is being deleted, at which nobody looks any more,
     * and not what is so full that it is never written: they would be waited for in vain.
     */
    Stream<FiledDecision> unbound(DataUsageAgreement agreement, Approval so, Snapshot snapshot) {
        return world
                .decisions(
                        agreement.getMetadata().getNamespace(),
                        agreement.getMetadata().getName())
                .stream()
                .filter(decision -> decision.getMetadata().getDeletionTimestamp() == null)
                .filter(decision -> isUnbound(FiledDecision.of(decision), agreement, so, snapshot))
                // last, since it costs most: whoever has a port anywhere may name any agreement in as many Decisions as
                // they like
                .filter(Room::in)
                .map(FiledDecision::of);
    }

    /** Those that are not on record and were not refused, bound to the agreement already or not. */
    Stream<FiledDecision> undecided(DataUsageAgreement agreement, Approval so, Snapshot snapshot) {
        return Stream.concat(
                of(agreement, so, snapshot).stream().filter(decision -> !decision.isRefused()),
                unbound(agreement, so, snapshot));
    }

    /**
     * Suspensions that are said to be on record, and are not on this one, and that nobody has taken back: agreements and Decisions come by watches of their own, and this
     * agreement is older than they.
     */
    Stream<FiledDecision> suspensionsToCome(DataUsageAgreement agreement, Approval so) {
        Optional<String> uid = Optional.of(agreement.getMetadata().getUid());
        List<FiledDecision> taken = FiledDecision.naming(agreement, world)
                .filter(decision -> decision.takenFor().equals(uid))
                .toList();
        return taken.stream()
                .filter(decision -> decision.verdict() == Verdict.suspended)
                .filter(decision -> decision.onRecord(so).isEmpty())
                .filter(suspension -> taken.stream()
                        .noneMatch(other -> other.verdict() == Verdict.resumed
                                && other.created().isAfter(suspension.created())));
    }

    private static boolean isUnbound(
            FiledDecision decision, DataUsageAgreement agreement, Approval so, Snapshot snapshot) {
        return decision.onRecord(so).isEmpty()
                && !decision.isRefused()
                && Binding.of(decision, agreement, Optional.of(snapshot)) instanceof Binding.Free;
    }

    /** When what is on record was decided, by the API server's clock where the Decision is still there. */
    Instant filed(DecisionRecord record, DataUsageAgreement agreement) {
        String uid =
                Optional.ofNullable(record.object()).map(DecisionReference::uid).orElse("");
        return FiledDecision.naming(agreement, world)
                .filter(decision -> decision.reference().uid().equals(uid))
                .findFirst()
                .map(FiledDecision::created)
                .orElseGet(() -> Times.moment(record.at()));
    }
}
