package dev.portcullis.engine.status;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.decision.Ruling;
import dev.portcullis.engine.lifecycle.Standing;
import dev.portcullis.engine.request.KeptText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything found about an agreement, before it is put into a status.
 *
 * @param snapshot absent as long as the request was never valid
 * @param texts those that the snapshot names and the one before it did not
 */
public record Judgement(
        Approval approval, @Nullable Snapshot snapshot, Standing standing, Ruling ruling, List<KeptText> texts) {

    public Judgement(Approval approval, @Nullable Snapshot snapshot, Standing standing, Ruling ruling) {
        this(approval, snapshot, standing, ruling, List.of());
    }

    /** The same, naming texts for the first time. */
    public Judgement naming(List<KeptText> named) {
        return new Judgement(approval, snapshot, standing, ruling, named);
    }
}
