package dev.portcullis.engine.lifecycle;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.team.Team;
import dev.portcullis.engine.decision.Rule;
import dev.portcullis.engine.decision.SameTeam;
import dev.portcullis.engine.facts.DecisionsOnRecord;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.policy.StayingJudge;
import dev.portcullis.engine.team.ActingTeam;
import dev.portcullis.engine.time.Period;
import dev.portcullis.engine.time.Schedule;
import java.time.Instant;
import java.util.Optional;

/** Says what an agreement with a decision is now: the first that applies, in the order of the phases. */
public final class StandingJudge {
    private final World world;
    private final OfferLookup offers;
    private final StayingJudge staying;

    public StandingJudge(World world, OfferLookup offers, StayingJudge staying) {
        this.world = world;
        this.offers = offers;
        this.staying = staying;
    }

    /** What holds whether decided or not: ended by decision, by the consumer, or by the clock. */
    public static Optional<Standing> ended(
            DataUsageAgreement agreement, Optional<Approval> approval, Optional<Schedule> schedule, Instant now) {
        Optional<DecisionsOnRecord> decisions = approval.map(DecisionsOnRecord::of);
        Optional<DecisionRecord> revocation = decisions.flatMap(DecisionsOnRecord::revocation);
        if (revocation.isPresent()) {
            return Optional.of(new Standing.Revoked(revocation.get()));
        }
        Optional<DecisionRecord> rejection = decisions.flatMap(DecisionsOnRecord::rejection);
        if (rejection.isPresent()) {
            return Optional.of(new Standing.Rejected(rejection.get()));
        }
        if (agreement.getSpec().cancelled()) {
            return Optional.of(new Standing.Cancelled());
        }
        return schedule.filter(times -> times.isOver(now))
                .flatMap(Schedule::end)
                .map(Standing.Expired::new);
    }

    /**
     * What an approved agreement is that has not ended.
     *
     * @param provisioning what its status says that the platform holds
     */
    public Standing ofApproved(
            DataUsageAgreement agreement,
            Approval approval,
            Snapshot snapshot,
            Optional<Provisioning> provisioning,
            Schedule schedule,
            Instant now) {
        Period period = schedule.period();
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
            return new Standing.Invalid(
                    Problem.healing(
                            "PortRetired",
                            "OutputPort " + port
                                    + " or its data product is Retired: its access is withdrawn; ask the provider what takes its place"));
        }
        Optional<Share> share = Share.of(agreement, approval, snapshot, offer);
        if (share.isEmpty()) {
            return new Standing.Invalid(Problem.healing(
                    "NothingLeft",
                    "OutputPort " + port
                            + " offers nothing any more of what was asked for and approved: the provider puts it back, or request another"
                            + " agreement for what the port offers now"));
        }
        Optional<Standing.Suspended> pause = Pauses.of(agreement, approval, offer, schedule, now);
        if (pause.isPresent()) {
            return pause.get();
        }
        StayingJudge.Terms terms = staying.terms(agreement, snapshot, offer, period, now);
        Optional<Problem> left = leaver(agreement, approval, snapshot, provisioning)
                .or(
                        () -> terms.breach(agreement)
                                .map(
                                        why -> Problem.healing(
                                                "PolicyNotMet",
                                                why
                                                        + ": the access comes back when the Team says so again, or request another agreement")));
        if (left.isPresent()) {
            return new Standing.LeftTeam(left.get());
        }
        return period.isUpcoming(now)
                ? new Standing.Upcoming(period.start().orElseThrow())
                : new Standing.Current(offer, share.get().profile(), share.get().narrowed(), terms.leftOut(agreement));
    }

    /**
     * Who had to be a member and is not. While the Team is gone nobody can tell: who has the access keeps it, and nobody gets it (back), since that may be
     * somebody who left.
     */
    private Optional<Problem> leaver(
            DataUsageAgreement agreement, Approval approval, Snapshot snapshot, Optional<Provisioning> provisioning) {
        boolean asMember = Boolean.TRUE.equals(snapshot.memberOfTeam());
        boolean sameTeam = Rule.SAME_TEAM.isOnRecord(approval);
        Optional<Team> object = world.team(snapshot.team());
        if (object.isEmpty()) {
            boolean had = provisioning
                    .filter(before -> before.status().isTowardsAccess())
                    .isPresent();
            return asMember && !had
                    ? Optional.of(Problem.healing(
                            "TeamUnknown",
                            "Team " + snapshot.team()
                                    + " is gone, so nobody can tell who belongs to it: the access comes"
                                    + " back when the platform team restores it"))
                    : Optional.empty();
        }
        ActingTeam team = new ActingTeam(snapshot.team(), object);
        Optional<String> user =
                Optional.ofNullable(agreement.getSpec().consumer().user());
        Optional<String> left =
                asMember && user.filter(name -> !team.hasMember(name)).isPresent()
                        ? user
                        : sameTeam ? SameTeam.outsider(agreement, team) : Optional.empty();
        return left.map(name -> Problem.healing(
                "LeftTeam",
                name + " is not a member of team " + snapshot.team()
                        + " any more: the access comes back when the platform team lists the person again"));
    }
}
