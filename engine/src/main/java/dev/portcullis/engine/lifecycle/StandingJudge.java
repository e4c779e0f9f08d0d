package dev.portcullis.engine.lifecycle;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.decision.Rule;
import dev.portcullis.engine.decision.SameTeam;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.team.ActingTeam;
import dev.portcullis.engine.time.Period;
import dev.portcullis.platform.Profile;
import java.time.Instant;
import java.util.Optional;

/** Says what an agreement with a decision is now: the first that applies, in the order of the phases. */
public final class StandingJudge {
    private final World world;
    private final OfferLookup offers;
    private final PlatformModules modules;

    public StandingJudge(World world, OfferLookup offers, PlatformModules modules) {
        this.world = world;
        this.offers = offers;
        this.modules = modules;
    }

    /** What holds whether decided or not: ended by decision, by the consumer, or by the clock. */
    public static Optional<Standing> ended(
            DataUsageAgreement agreement, Optional<Approval> approval, Optional<Period> period, Instant now) {
        Optional<DecisionRecord> last = approval.map(Approval::decisions)
                .filter(decisions -> !decisions.isEmpty())
                .map(decisions -> decisions.get(decisions.size() - 1));
        if (last.isPresent() && last.get().decision() == DecisionRecord.Verdict.revoked) {
            return Optional.of(new Standing.Revoked(last.get()));
        }
        if (last.isPresent() && approval.get().status() == ApprovalStatus.Rejected) {
            return Optional.of(new Standing.Rejected(last.get()));
        }
        if (agreement.getSpec().cancelled()) {
            return Optional.of(new Standing.Cancelled());
        }
        return period.filter(dates -> dates.isOver(now)).flatMap(Period::end).map(Standing.Expired::new);
    }

    /** What an approved agreement is that has not ended. */
    public Standing ofApproved(
            DataUsageAgreement agreement, Approval approval, Snapshot snapshot, Period period, Instant now) {
        OfferLookup.Result found = offers.find(agreement.getSpec().provider());
        if (found instanceof OfferLookup.Result.NoPort noPort) {
            return new Standing.Invalid(noPort.problem());
        }
        if (found instanceof OfferLookup.Result.NoOffer noOffer) {
            return new Standing.Invalid(noOffer.problem());
        }
        Offer offer = ((OfferLookup.Result.Found) found).offer();
        String port = offer.port().getMetadata().getName();
        if (!snapshot.portUid().equals(offer.port().getMetadata().getUid())) {
            return new Standing.Invalid(Problem.lasting(
                    "PortReplaced", "OutputPort " + port + " was created anew: request another agreement"));
        }
        if (offer.isRetired()) {
            return new Standing.Invalid(Problem.healing(
                    "PortRetired", "OutputPort " + port + " or its data product is Retired: its access is withdrawn"));
        }
        Optional<Profile> profile = modules.fromSnapshot(snapshot.objects())
                .flatMap(asked -> offer.module().intersect(asked, offer.profile()));
        if (profile.isEmpty()) {
            return new Standing.Invalid(Problem.healing(
                    "NothingLeft", "OutputPort " + port + " offers nothing any more of what was asked for"));
        }
        Optional<Problem> pause = pause(agreement, approval, snapshot, offer);
        if (pause.isPresent()) {
            return new Standing.Suspended(pause.get());
        }
        return period.isUpcoming(now)
                ? new Standing.Upcoming(period.start().orElseThrow())
                : new Standing.Current(offer, profile.get());
    }

    private Optional<Problem> pause(DataUsageAgreement agreement, Approval approval, Snapshot snapshot, Offer offer) {
        if (offer.port().getSpec().suspend() || offer.product().getSpec().suspend()) {
            return Optional.of(Problem.healing(
                    "SuspendedByProvider", "the provider has suspended the port or its data product: ask there"));
        }
        if (agreement.getSpec().suspend()) {
            return Optional.of(Problem.healing(
                    "SuspendedByConsumer", "spec.suspend is true: set it to false to get the access back"));
        }
        return leaver(agreement, approval, snapshot)
                .map(user -> Problem.healing(
                        "LeftTeam",
                        user + " is not a member of team " + snapshot.team()
                                + " any more: the access comes back when the platform team lists the person again"));
    }

    /** Who had to be a member and is not; a Team that is gone changes nothing. */
    private Optional<String> leaver(DataUsageAgreement agreement, Approval approval, Snapshot snapshot) {
        return world.team(snapshot.team())
                .map(team -> new ActingTeam(snapshot.team(), Optional.of(team)))
                .flatMap(team -> {
                    Optional<String> user =
                            Optional.ofNullable(agreement.getSpec().consumer().user());
                    if (Boolean.TRUE.equals(snapshot.memberOfTeam())
                            && user.filter(name -> !team.hasMember(name)).isPresent()) {
                        return user;
                    }
                    return Rule.SAME_TEAM.id().equals(approval.rule())
                            ? SameTeam.outsider(agreement, team)
                            : Optional.empty();
                });
    }
}
