package dev.portcullis.cli.plan;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.Name;
import dev.portcullis.cli.report.PlanResult.AgreementChange;
import dev.portcullis.cli.report.PlanResult.Grant;
import dev.portcullis.cli.report.PlanResult.PlatformChange;
import dev.portcullis.cli.report.PlanResult.Warning;
import dev.portcullis.engine.offer.PlatformModules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What somebody should look at before merging. */
final class Warnings {
    private final Settled before;
    private final Settled after;
    private final PlatformModules modules;
    private final StuckRequests stuck;

    Warnings(Settled before, Settled after, PlatformModules modules, StuckRequests stuck) {
        this.before = before;
        this.after = after;
        this.modules = modules;
        this.stuck = stuck;
    }

    List<Warning> all(List<AgreementChange> agreements, List<PlatformChange> platforms) {
        List<Warning> warnings = new ArrayList<>();
        warnings.addAll(new PortWarnings(before.mesh(), after.mesh(), modules).all());
        warnings.addAll(new PlatformWarnings(before.mesh(), after.mesh()).all());
        warnings.addAll(new PolicyWarnings(before.mesh(), after.mesh()).all());
        warnings.addAll(new DeciderWarnings(before.rights(), after.rights()).all());
        openEnds(warnings);
        warnings.addAll(stuck.all(agreements));
        BrakeEstimate brake = new BrakeEstimate(before, after);
        for (PlatformChange platform : platforms) {
            withoutRequest(platform, warnings);
            brake.of(platform.platform()).ifPresent(warnings::add);
        }
        return warnings;
    }

    private void openEnds(List<Warning> warnings) {
        after.mesh().agreements().forEach((key, agreement) -> {
            if (!before.mesh().agreements().containsKey(key)
                    && !isLimited(agreement)
                    && !Objects.requireNonNull(agreement.getStatus().phase()).isOver()) {
                warnings.add(new Warning(
                        "NoEnd",
                        "DataUsageAgreement " + key,
                        "it has no end: say spec.end or spec.duration, or let a policy limit it with maxDuration"));
            }
        });
    }

    /** By itself, or by what a policy says; a duration counts from the approval. */
    private static boolean isLimited(DataUsageAgreement agreement) {
        DataUsageAgreementSpec spec = agreement.getSpec();
        Snapshot snapshot = Objects.requireNonNull(agreement.getStatus()).snapshot();
        return agreement.getStatus().ends() != null
                || spec.end() != null
                || spec.duration() != null
                || (snapshot != null
                        && snapshot.policies() != null
                        && snapshot.policies().rules().stream().anyMatch(rule -> rule.maxDuration() != null));
    }

    /** Access that comes by an agreement which was approved before: by a Team, a rule of the platform, or a port that offers again. */
    private void withoutRequest(PlatformChange platform, List<Warning> warnings) {
        for (Grant grant : platform.added()) {
            List<Name> old =
                    grant.agreements().stream().filter(this::wasApproved).toList();
            if (!old.isEmpty() && old.size() == grant.agreements().size()) {
                warnings.add(new Warning(
                        "AccessWithoutRequest",
                        "OutputPort " + grant.port(),
                        grant.principal() + " gets access on " + platform.platform()
                                + " by an agreement that was approved before: "
                                + old.stream().map(Name::toString).collect(Collectors.joining(", "))
                                + "; nobody decides on that once more"));
            }
        }
    }

    private boolean wasApproved(Name name) {
        DataUsageAgreement was = before.mesh().agreements().get(name.toString());
        return was != null && Objects.requireNonNull(was.getStatus().approval()).status() == ApprovalStatus.Approved;
    }
}
