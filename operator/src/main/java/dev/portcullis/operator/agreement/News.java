package dev.portcullis.operator.agreement;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.operator.report.AuditLog;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.operator.world.Consequences;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tells of a status that is on record now: the audit log, people, and whatever says something of it. */
final class News {
    private final Consequences consequences;
    private final EventRecorder events;

    /** What was said of the end of those which are not gone yet, by UID. */
    private final Map<String, String> ended = new ConcurrentHashMap<>();

    News(Consequences consequences, EventRecorder events) {
        this.consequences = consequences;
        this.events = events;
    }

    void tell(
            DataUsageAgreement agreement, @Nullable DataUsageAgreementStatus before, DataUsageAgreementStatus status) {
        AuditLog.written(agreement, before, status);
        events.written(agreement, before, status);
        if (decisionsDiffer(before, status)) {
            consequences.onDecisions(agreement);
        }
        if (countsDiffer(before, status)) {
            consequences.ofAgreementCounts(agreement);
        }
    }

    /** It was read back that an agreement gives nothing any more; see {@link #end}. */
    void released(DataUsageAgreement agreement, List<Problem> notes, Instant at) {
        end(agreement, "released" + Problem.sentences(notes), () -> AuditLog.released(agreement, notes, at));
    }

    /** Nobody looks any more what an agreement gives; see {@link #end}. */
    void orphaned(DataUsageAgreement agreement, Instant at) {
        end(agreement, "orphaned", () -> AuditLog.orphaned(agreement, at));
    }

    /**
     * Before it is let go: afterwards there would be nothing by which a process that ended in between could be made good. The same once, however often it takes to let it go.
     */
    private void end(DataUsageAgreement agreement, String what, Runnable line) {
        if (!what.equals(ended.put(agreement.getMetadata().getUid(), what))) {
            line.run();
        }
    }

    void forget(DataUsageAgreement gone) {
        ended.remove(gone.getMetadata().getUid());
    }

    /** Whether anything that says what became of a Decision is another: what is on record, what it is judged by, or whether it can be decided. */
    private static boolean decisionsDiffer(@Nullable DataUsageAgreementStatus before, DataUsageAgreementStatus after) {
        return before == null
                || before.phase() != after.phase()
                || !Objects.equals(before.approval(), after.approval())
                || !Objects.equals(before.snapshot(), after.snapshot());
    }

    private static boolean countsDiffer(@Nullable DataUsageAgreementStatus before, DataUsageAgreementStatus after) {
        return before == null || before.phase() != after.phase() || !Objects.equals(before.active(), after.active());
    }
}
