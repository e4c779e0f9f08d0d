package dev.portcullis.engine.decision;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The agreement that a Decision was found to be about, and what backups have brought back of it since. All of them are kept: the next backup knows the
 * latest alone, and an older one only one of those before.
 *
 * @param uids the latest last; none as long as nobody looked
 * @param isForSure whether that is what the annotation says, which the operator writes before anything else. A status alone can keep a Decision from counting, and
 *     never lets it: whoever may patch statuses would have an approval be about another request
 */
record BoundTo(List<String> uids, boolean isForSure) {
    private static final String BETWEEN = ",";

    /** An annotation has to end somewhere; whoever restores knows one of the latest. */
    private static final int MOST = 16;

    /** What the annotation says, else the status: a backup may have either. */
    static BoundTo of(Decision decision) {
        return Optional.ofNullable(decision.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Annotations.AGREEMENT_UID))
                .map(text -> new BoundTo(List.of(text.split(BETWEEN)), true))
                .or(() -> Optional.ofNullable(decision.getStatus())
                        .map(DecisionStatus::agreementUid)
                        .map(uid -> new BoundTo(List.of(uid), false)))
                .orElse(new BoundTo(List.of(), false));
    }

    boolean names(String agreement) {
        return isForSure && uids.contains(agreement);
    }

    /** Whether it was about others than this. */
    boolean isAnothers(String agreement) {
        return !uids.isEmpty() && !uids.contains(agreement);
    }

    /** Whether it was about an earlier one than this. */
    boolean beganBefore(String agreement) {
        return isForSure && !uids.get(0).equals(agreement);
    }

    Optional<String> latest() {
        return uids.isEmpty() ? Optional.empty() : Optional.of(uids.get(uids.size() - 1));
    }

    /** As the annotation has it once it is about this one, too. */
    String with(String agreement) {
        List<String> all = Stream.concat(isForSure ? uids.stream() : Stream.empty(), Stream.of(agreement))
                .toList();
        return String.join(BETWEEN, all.subList(Math.max(0, all.size() - MOST), all.size()));
    }
}
