package dev.portcullis.engine.status;

import dev.portcullis.api.Bounds;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.Transition;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.facts.Shortened;
import dev.portcullis.engine.lifecycle.Standing;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.engine.request.Requester;
import dev.portcullis.engine.time.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a judgement into a status. Equal judgements of equal statuses give equal statuses: nothing is written for having looked. */
public final class AgreementStatusFactory {
    /** How many transitions a status has at most, the latest. */
    public static final int TRANSITIONS_KEPT = 20;

    private static final int LONGEST_CONSUMER = 400;
    /** Of an agreement nobody has looked at. */
    public static final DataUsageAgreementStatus NONE =
            new DataUsageAgreementStatus(null, null, null, null, null, null, null, List.of(), List.of(), null, null);

    /** The reason of Ready and Granted while the platform has been asked and has neither done nor refused it: nothing is wrong. */
    public static final String WAITING = GrantedCondition.WAITING;

    private AgreementStatusFactory() {}

    public static DataUsageAgreementStatus status(
            DataUsageAgreement agreement,
            Judgement judgement,
            Timing timing,
            Access access,
            Optional<GrantReport> report) {
        Instant now = timing.now();
        DataUsageAgreementStatus before = agreement.getStatus() == null ? NONE : agreement.getStatus();
        @Nullable Provisioning provisioning = provisioning(before, judgement, access, report, now);
        PhaseView view = PhaseView.of(judgement.standing(), agreement, judgement.approval(), provisioning);
        Conditions conditions =
                new Conditions(before.conditions(), agreement.getMetadata().getGeneration(), now);
        AgreementConditions.addTo(conditions, before, view, judgement, provisioning, PlatformAnswer.of(access, report));
        WayConditions.addTo(conditions, before.conditions(), access, report);
        ExpiringCondition.addTo(conditions, agreement, judgement, timing);
        ClocksApartCondition.addTo(conditions, before.conditions(), judgement, timing);
        return new DataUsageAgreementStatus(
                agreement.getMetadata().getGeneration(),
                view.phase(),
                consumer(agreement, judgement),
                judgement.approval(),
                judgement.standing() instanceof Standing.Current,
                provisioning,
                judgement.snapshot(),
                history(before, view, agreement, judgement, now),
                conditions.build(),
                timing.ends(judgement.standing()),
                timing.recertifyBy(judgement.standing()));
    }

    private static @Nullable Provisioning provisioning(
            DataUsageAgreementStatus before,
            Judgement judgement,
            Access access,
            Optional<GrantReport> report,
            Instant now) {
        boolean everApproved = judgement.approval().status() == ApprovalStatus.Approved;
        return everApproved
                ? ProvisioningFactory.next(before.provisioning(), access, report, now)
                : before.provisioning();
    }

    private static String consumer(DataUsageAgreement agreement, Judgement judgement) {
        String team = judgement.snapshot() == null
                ? Optional.ofNullable(agreement.getSpec().consumer().team())
                        .orElse(agreement.getMetadata().getNamespace())
                : judgement.snapshot().team();
        Beneficiary beneficiary = Requester.beneficiary(agreement, team);
        String text =
                beneficiary instanceof Beneficiary.User user ? user.name() + " (" + team + ")" : beneficiary.label();
        return Shortened.to(LONGEST_CONSUMER, text);
    }

    private static List<Transition> history(
            DataUsageAgreementStatus before,
            PhaseView view,
            DataUsageAgreement agreement,
            Judgement judgement,
            Instant now) {
        if (before.phase() == view.phase()) {
            return before.history();
        }
        List<Transition> history = new ArrayList<>(before.history());
        history.add(new Transition(
                Times.text(now),
                view.phase(),
                by(view, before, agreement, judgement),
                Shortened.to(Bounds.TEXT, view.message())));
        return history.subList(Math.max(0, history.size() - TRANSITIONS_KEPT), history.size());
    }

    private static @Nullable String by(
            PhaseView view, DataUsageAgreementStatus before, DataUsageAgreement agreement, Judgement judgement) {
        if (view.phase() == Phase.Requested) {
            return Requester.requestedBy(agreement)
                    .map(name -> Shortened.to(Bounds.USER, name))
                    .orElse(null);
        }
        List<DecisionRecord> decisions = judgement.approval().decisions();
        int known =
                before.approval() == null ? 0 : before.approval().decisions().size();
        return decisions.size() > known ? decisions.get(decisions.size() - 1).by() : view.by();
    }
}
