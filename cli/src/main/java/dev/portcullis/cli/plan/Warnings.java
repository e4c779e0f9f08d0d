package dev.portcullis.cli.plan;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
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
        warnings.addAll(new RequestWarnings(before.mesh(), after.mesh()).all());
        warnings.addAll(stuck.all(agreements));
        BrakeEstimate brake = new BrakeEstimate(before, after);
        for (PlatformChange platform : platforms) {
            withoutRequest(platform, warnings);
            brake.of(platform.platform()).ifPresent(warnings::add);
        }
        return warnings;
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
