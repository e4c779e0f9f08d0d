package dev.portcullis.cli.plan;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.MayLose;
import dev.portcullis.cli.report.Name;
import dev.portcullis.cli.report.Outcome;
import dev.portcullis.cli.report.PlanResult.AgreementChange;
import dev.portcullis.cli.report.PlanResult.Kind;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.engine.request.Requester;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what has become of agreements in two worlds. */
final class AgreementChanges {
    private final Settled before;
    private final Settled after;
    private final Outcomes outcomes;
    private final Optional<SupposedAccess> supposed;

    /** @param supposed what may have been approved of which no manifest says anything; empty: all is known that was decided before */
    AgreementChanges(Settled before, Settled after, Outcomes outcomes, Optional<SupposedAccess> supposed) {
        this.before = before;
        this.after = after;
        this.outcomes = outcomes;
        this.supposed = supposed;
    }

    List<AgreementChange> all() {
        Map<String, DataUsageAgreement> was = before.mesh().agreements();
        Map<String, DataUsageAgreement> is = after.mesh().agreements();
        SortedSet<String> keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        return keys.stream()
                .flatMap(key -> of(was.get(key), is.get(key)).stream())
                .toList();
    }

    private Optional<AgreementChange> of(@Nullable DataUsageAgreement was, @Nullable DataUsageAgreement is) {
        if (is == null) {
            DataUsageAgreement gone = Objects.requireNonNull(was);
            return Optional.of(
                    change(gone, Kind.Removed, phase(gone), new Outcome.Deleted(), all(mayBeApproved(gone))));
        }
        if (was == null) {
            return Optional.of(change(is, Kind.Added, null, outcomes.of(is), null));
        }
        @Nullable MayLose mayLose = loss(was, is);
        if (isSame(was.getStatus(), is.getStatus())) {
            return mayLose == null
                    ? Optional.empty()
                    : Optional.of(change(is, Kind.Changed, phase(was), new Outcome.Same(), mayLose));
        }
        return Optional.of(change(is, Kind.Changed, phase(was), outcomes.of(is), mayLose));
    }

    private @Nullable MayLose loss(DataUsageAgreement was, DataUsageAgreement is) {
        if (!mayBeApproved(was)) {
            return null;
        }
        return isLost(is)
                ? new MayLose.All()
                : supposed.flatMap(access -> access.loss(was, is)).orElse(null);
    }

    private static @Nullable MayLose all(boolean loses) {
        return loses ? new MayLose.All() : null;
    }

    /** Whether people may have approved it, of which no manifest says anything. */
    private boolean mayBeApproved(DataUsageAgreement agreement) {
        return supposed.isPresent()
                && isUndecided(agreement)
                && !Objects.requireNonNull(agreement.getStatus().phase()).isOver();
    }

    private static boolean isUndecided(DataUsageAgreement agreement) {
        return Objects.requireNonNull(agreement.getStatus().approval()).status() == ApprovalStatus.Requested;
    }

    /** Whether it would give nothing any more, had it been approved. */
    private static boolean isLost(DataUsageAgreement agreement) {
        Phase phase = Objects.requireNonNull(agreement.getStatus().phase());
        return phase.isOver() || phase == Phase.Invalid;
    }

    /** Whether people would see no difference. */
    private static boolean isSame(DataUsageAgreementStatus was, DataUsageAgreementStatus is) {
        Approval decided = Objects.requireNonNull(was.approval());
        Approval decides = Objects.requireNonNull(is.approval());
        return was.phase() == is.phase()
                && decided.status() == decides.status()
                && Objects.equals(decided.rule(), decides.rule())
                && decided.missing().equals(decides.missing())
                && decided.decisions().equals(decides.decisions());
    }

    private static AgreementChange change(
            DataUsageAgreement agreement,
            Kind kind,
            @Nullable Phase before,
            Outcome outcome,
            @Nullable MayLose mayLose) {
        var provider = agreement.getSpec().provider();
        return new AgreementChange(
                name(agreement),
                kind,
                new Name(provider.namespace(), provider.outputPort()),
                beneficiary(agreement),
                before == null ? null : before.name(),
                outcome,
                mayLose);
    }

    private static String beneficiary(DataUsageAgreement agreement) {
        String team = Optional.ofNullable(agreement.getStatus())
                .map(DataUsageAgreementStatus::snapshot)
                .map(snapshot -> snapshot.team())
                .or(() -> Optional.ofNullable(agreement.getSpec().consumer().team()))
                .orElse(agreement.getMetadata().getNamespace());
        Beneficiary beneficiary = Requester.beneficiary(agreement, team);
        return beneficiary.label();
    }

    private static Name name(DataUsageAgreement agreement) {
        return new Name(
                agreement.getMetadata().getNamespace(), agreement.getMetadata().getName());
    }

    private static @Nullable Phase phase(DataUsageAgreement agreement) {
        return agreement.getStatus() == null ? null : agreement.getStatus().phase();
    }
}
