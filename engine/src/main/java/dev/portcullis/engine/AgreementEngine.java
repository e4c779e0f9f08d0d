package dev.portcullis.engine;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.AccessJudge;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.decision.FourEyes;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.decision.Ruling;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.lifecycle.Standing;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.policy.PolicyExpressions;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.engine.status.AgreementStatusFactory;
import dev.portcullis.engine.status.Judgement;
import dev.portcullis.engine.status.Timing;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.engine.time.Dates;
import dev.portcullis.engine.time.Warnings;
import dev.portcullis.platform.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges agreements: what status one should have, and what access it asks for. Both are functions of their arguments alone.
 *
 * <p>Access follows from the status that is <em>written</em>, never from one that is only about to be: the decision is on record before
 * anything is granted.
 */
public final class AgreementEngine {
    private static final Duration AGAIN = Duration.ofMinutes(1);
    /** Who hears of what was not heard yet tells sooner. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AgreementJudge judge;
    private final AccessJudge accesses;
    private final Warnings warnings;

    /** With the usual warnings. */
    public AgreementEngine(
            World world, PlatformModules modules, PrincipalMapper principals, PolicyExpressions expressions) {
        this(world, modules, principals, expressions, Warnings.STANDARD);
    }

    /** @param warnings when people are warned before something ends */
    public AgreementEngine(
            World world,
            PlatformModules modules,
            PrincipalMapper principals,
            PolicyExpressions expressions,
            Warnings warnings) {
        this.judge = new AgreementJudge(world, new OfferLookup(world, modules), new FourEyes(principals), expressions);
        this.accesses = new AccessJudge(world, principals);
        this.warnings = warnings;
    }

    /** The status an agreement should have. */
    public Assessment assess(DataUsageAgreement agreement, Guard guard, Optional<GrantReport> report, Clocks clocks) {
        Dates dates = Dates.of(agreement);
        Judgement judgement = judge.judge(agreement, dates, guard.seenAt(clocks.later()), clocks.earlier());
        Timing timing = timing(judgement, dates, clocks);
        return new Assessment(
                status(agreement, judgement, timing, report),
                judgement.ruling() instanceof Ruling.PutOff later && later.until() == Ruling.PutOff.Until.HEARD
                        ? Optional.of(clocks.operator().plus(SOON))
                        : timing.wakeAt(judgement.standing()),
                judgement.texts());
    }

    /** The status of a request while what it names cannot be kept: nothing of it is frozen, and nobody can decide. */
    public Assessment withhold(
            DataUsageAgreement agreement, Problem why, Guard guard, Optional<GrantReport> report, Clocks clocks) {
        Judgement judgement = judge.withhold(agreement, why, guard, clocks.earlier());
        return new Assessment(
                status(agreement, judgement, timing(judgement, Dates.of(agreement), clocks), report),
                Optional.of(clocks.operator().plus(AGAIN)),
                List.of());
    }

    private Timing timing(Judgement judgement, Dates dates, Clocks clocks) {
        return new Timing(dates.of(judgement.approval(), judgement.snapshot()), clocks, warnings);
    }

    private DataUsageAgreementStatus status(
            DataUsageAgreement agreement, Judgement judgement, Timing timing, Optional<GrantReport> report) {
        Access access = access(agreement, judgement.snapshot(), judgement.standing());
        return AgreementStatusFactory.status(agreement, judgement, timing, access, report);
    }

    /** The access an agreement asks for, by its written status. */
    public Access access(DataUsageAgreement agreement, Clocks clocks) {
        @Nullable DataUsageAgreementStatus written = agreement.getStatus();
        if (written == null || written.approval() == null || written.snapshot() == null) {
            return new Access.NotWanted(isBeingDeleted(agreement), isBeingDeleted(agreement));
        }
        Standing standing = judge.standing(
                agreement, written.approval(), written.snapshot(), Dates.of(agreement), clocks.earlier());
        return access(agreement, written.snapshot(), standing);
    }

    /** Those whom the agreement would give the access now, whatever became of it: who may have had it, where its status does not say so. */
    public Set<Principal> concerned(DataUsageAgreement agreement) {
        @Nullable DataUsageAgreementStatus written = agreement.getStatus();
        return written == null || written.snapshot() == null
                ? Set.of()
                : accesses.principals(agreement, written.snapshot());
    }

    private Access access(DataUsageAgreement agreement, @Nullable Snapshot snapshot, Standing standing) {
        boolean deleted = isBeingDeleted(agreement);
        if (!deleted && snapshot != null && standing instanceof Standing.Current current) {
            return accesses.access(agreement, snapshot, current);
        }
        boolean aroundIt = standing instanceof Standing.Invalid || standing instanceof Standing.LeftTeam;
        return new Access.NotWanted(deleted, deleted || !aroundIt);
    }

    static boolean isBeingDeleted(DataUsageAgreement agreement) {
        return agreement.getMetadata().getDeletionTimestamp() != null;
    }
}
