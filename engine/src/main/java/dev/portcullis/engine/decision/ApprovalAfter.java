package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an approval is once a ruling has been given. */
public final class ApprovalAfter {
    private ApprovalAfter() {}

    public static Approval of(DataUsageAgreement agreement, Approval before, Ruling ruling, Records records) {
        // where no written decision is refused any more: should the same be written once more, it is looked at anew
        @Nullable
        String refused = ruling.notTaken()
                .map(NotTaken::decision)
                .map(WrittenDecision::name)
                .orElse(null);
        if (ruling instanceof Ruling.Taken taken) {
            List<DecisionRecord> decisions = records.joined(agreement, before.decisions(), taken.decisions());
            return new Approval(
                    statusAfter(before, decisions), taken.workflow(), taken.rule(), decisions, List.of(), refused);
        }
        if (ruling instanceof Ruling.Awaited awaited) {
            return new Approval(
                    before.status(),
                    awaited.workflow(),
                    awaited.rule(),
                    records.joined(agreement, before.decisions(), awaited.votes()),
                    awaited.missing(),
                    refused);
        }
        return new Approval(
                before.status(), before.workflow(), before.rule(), before.decisions(), before.missing(), refused);
    }

    private static ApprovalStatus statusAfter(Approval before, List<DecisionRecord> decisions) {
        return switch (decisions.get(decisions.size() - 1).decision()) {
            case approved -> ApprovalStatus.Approved;
            case rejected -> ApprovalStatus.Rejected;
            case revoked, recertified, suspended, resumed -> before.status();
        };
    }
}
