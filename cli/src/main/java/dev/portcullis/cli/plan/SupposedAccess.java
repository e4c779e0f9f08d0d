package dev.portcullis.cli.plan;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.MayLose;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.review.ObjectLines;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.engine.time.Times;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What requests that wait would give if they had been approved as they are asked, and what of that a change takes away. */
final class SupposedAccess {
    private static final String SOMEBODY = "somebody";

    private final EngineParts parts;
    private final Settled before;
    private final AgreementEngine was;
    private final AgreementEngine is;
    private final Instant now;

    SupposedAccess(Settled before, Settled after, EngineParts parts, Instant now) {
        this.parts = parts;
        this.before = before;
        this.was = engine(before, parts);
        this.is = engine(after, parts);
        this.now = now;
    }

    private static AgreementEngine engine(Settled world, EngineParts parts) {
        return new AgreementEngine(world.mesh(), parts.modules(), parts.principals(), parts.expressions());
    }

    /** What goes; empty: nothing, or there was nothing. */
    Optional<MayLose> loss(DataUsageAgreement earlier, DataUsageAgreement later) {
        if (!(access(was, earlier) instanceof Access.Wanted had)) {
            return Optional.empty();
        }
        if (!(access(is, later) instanceof Access.Wanted has)) {
            return Optional.of(new MayLose.All());
        }
        SortedSet<String> leave = principals(had);
        leave.removeAll(principals(has));
        boolean keepsAll = module(had)
                .flatMap(module -> module.intersect(had.profile(), has.profile()))
                .equals(Optional.of(had.profile()));
        return leave.isEmpty() && keepsAll
                ? Optional.empty()
                : Optional.of(new MayLose.Some(
                        List.copyOf(leave),
                        keepsAll ? List.of() : lines(had.profile()),
                        keepsAll ? List.of() : lines(has.profile())));
    }

    private Access access(AgreementEngine engine, DataUsageAgreement agreement) {
        DataUsageAgreement approved = new DataUsageAgreement();
        approved.setMetadata(agreement.getMetadata());
        approved.setSpec(agreement.getSpec());
        approved.setStatus(approved(agreement.getStatus()));
        return engine.access(approved, Clocks.inSync(now));
    }

    private DataUsageAgreementStatus approved(DataUsageAgreementStatus status) {
        Approval asked = Objects.requireNonNull(status.approval());
        @Nullable String nothing = null;
        DecisionRecord approval = new DecisionRecord(
                DecisionRecord.Verdict.approved,
                SOMEBODY,
                SOMEBODY,
                Times.text(now),
                nothing,
                nothing,
                null,
                DecisionRecord.Via.Annotation,
                nothing,
                nothing,
                null,
                null,
                List.of());
        return new DataUsageAgreementStatus(
                status.observedGeneration(),
                status.phase(),
                status.consumer(),
                new Approval(
                        ApprovalStatus.Approved, asked.workflow(), asked.rule(), List.of(approval), List.of(), nothing),
                status.active(),
                status.provisioning(),
                status.snapshot(),
                status.history(),
                status.conditions(),
                status.ends(),
                status.recertifyBy());
    }

    private Optional<PlatformModule> module(Access.Wanted access) {
        return before.mesh()
                .platform(access.platform())
                .map(DataPlatform::getSpec)
                .flatMap(parts.modules()::serving);
    }

    private static SortedSet<String> principals(Access.Wanted access) {
        SortedSet<String> names = new TreeSet<>();
        access.grantees().forEach(grantee -> names.add(grantee.principal().name()));
        return names;
    }

    private static List<String> lines(Profile profile) {
        return ObjectLines.of(profile.toSnapshot());
    }
}
