package dev.portcullis.engine.facts;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Snapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a status is this agreement's own. A backup may bring objects back as new ones, and their statuses as they were: those are about an agreement that is
 * not there any more, and name a port that is not. Nobody has the access by them, and nothing is revoked for good.
 */
public final class WhoseStatus {
    private WhoseStatus() {}

    /** Whose it is, where it is another's; empty where it is its own, or nobody can tell. */
    public static Optional<String> another(DataUsageAgreement agreement, @Nullable Snapshot snapshot) {
        return Optional.ofNullable(snapshot)
                .map(Snapshot::agreementUid)
                .filter(uid -> !uid.equals(agreement.getMetadata().getUid()));
    }

    /** Whether somebody who may say so has said that this agreement is what came back of the other: then it is judged anew. */
    public static boolean isConfirmed(DataUsageAgreement agreement, String another) {
        return Optional.ofNullable(agreement.getMetadata().getAnnotations())
                .filter(annotations -> another.equals(annotations.get(Annotations.RESTORED_UID)))
                .isPresent();
    }

    /** Why nothing follows from it. */
    public static Problem problem(String another) {
        return Problem.healing(
                "RestoredStatus",
                "its status came back from a backup and is about an earlier agreement (UID " + another
                        + "), so it gives nothing: who holds the verb release annotates the agreement "
                        + Annotations.RESTORED_UID + "=" + another
                        + ", and it is decided anew, with the Decisions on the earlier one");
    }
}
