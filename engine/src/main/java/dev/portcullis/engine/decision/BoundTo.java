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
 */
record BoundTo(List<String> uids) {
    private static final String BETWEEN = ",";

    /** An annotation has to end somewhere; whoever restores knows one of the latest. */
    private static final int MOST = 16;

    /** What the annotation says, else the status: a backup may have either. */
    static BoundTo of(Decision decision) {
        return new BoundTo(Optional.ofNullable(decision.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Annotations.AGREEMENT_UID))
                .or(() -> Optional.ofNullable(decision.getStatus()).map(DecisionStatus::agreementUid))
                .map(text -> List.of(text.split(BETWEEN)))
                .orElse(List.of()));
    }

    boolean isNobodys() {
        return uids.isEmpty();
    }

    boolean names(String agreement) {
        return uids.contains(agreement);
    }

    /** Whether it was about an earlier one than this. */
    boolean beganBefore(String agreement) {
        return !uids.isEmpty() && !uids.get(0).equals(agreement);
    }

    Optional<String> latest() {
        return uids.isEmpty() ? Optional.empty() : Optional.of(uids.get(uids.size() - 1));
    }

    /** As the annotation has it once it is about this one, too. */
    String with(String agreement) {
        List<String> all = Stream.concat(uids.stream(), Stream.of(agreement)).toList();
        return String.join(BETWEEN, all.subList(Math.max(0, all.size() - MOST), all.size()));
    }
}
