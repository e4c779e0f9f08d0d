package dev.portcullis.engine.status;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.decision.Ruling;
import dev.portcullis.engine.lifecycle.Standing;
import org.jspecify.annotations.Nullable;

/**
 * Everything found about an agreement, before it is put into a status.
 *
 * @param snapshot absent as long as the request was never valid
 */
public record Judgement(Approval approval, @Nullable Snapshot snapshot, Standing standing, Ruling ruling) {}
