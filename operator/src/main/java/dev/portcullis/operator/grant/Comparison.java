package dev.portcullis.operator.grant;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.engine.claim.PrincipalClaims;
import dev.portcullis.engine.claim.Wishes;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Result;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Sessions;
import dev.portcullis.platform.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares what the agreements ask with what a platform holds, applies the difference, and reads back what came of it. */
final class Comparison {
    private final PlatformModule module;
    private final Owner owner;
    private final PrincipalClaims claims = new PrincipalClaims();

    private final Brake brake;
    private final Departures departures;

    /** What there was before changes of which nobody could read what came of them: what they mended is told once that is known. */
    private @Nullable Observed unread;

    Comparison(PlatformModule module, Owner owner, Brake brake) {
        this.module = module;
        this.owner = owner;
        this.brake = brake;
        this.departures = new Departures(module);
    }

    /**
     * One comparison.
     *
     * @param scope what was compared
     * @param held what is held besides, and was not taken away since it is much and nothing explains it
     * @param before what was there; where nobody could read what an earlier comparison came to, before that one
     * @param after what is there now, as read back
     * @param shared entitlements not given because another beneficiary has the principal
     */
    record Outcome(
            Scope scope,
            List<Ask> asks,
            Set<Entitlement> wanted,
            Map<Wishes.Shared, Problem> shared,
            Set<Holding> held,
            Observed before,
            Observed after,
            Plan plan,
            List<Result> results,
            Plan remaining) {
        /** What the platform has not answered yet. */
        Waits waits() {
            return Waits.of(results, remaining);
        }

        boolean isFull() {
            return scope instanceof Scope.Everything;
        }

        /** How many were granted something. */
        long granted() {
            return results.stream()
                    .filter(result -> result.outcome() instanceof dev.portcullis.platform.Outcome.Applied)
                    .filter(result -> result.change().effect() == Change.Effect.GRANT)
                    .filter(result -> result.change().principal().isPresent())
                    .count();
        }

        /** The ports that are not as they should be, and for other reasons than that the platform has not answered yet; by UID. */
        Set<String> troubledPorts() {
            Waits waits = waits();
            Stream<String> refused = remaining.refusals().stream()
                    .map(refusal -> refusal.entitlement().port().uid());
            Stream<String> undone = remaining.changes().stream()
                    .filter(change -> !waits.concern(change))
                    .map(change -> change.portUid());
            Stream<String> notGiven =
                    shared.keySet().stream().map(one -> one.entitlement().port().uid());
            return Stream.of(refused, undone, notGiven).flatMap(uids -> uids).collect(Collectors.toSet());
        }
    }

    /**
     * @param confirmed the code of the removals that somebody has confirmed; empty: none
     */
    Outcome run(
            PlatformSession session,
            DataPlatformSpec platform,
            Scope scope,
            List<Ask> asks,
            String confirmed,
            Instant now)
            throws PlatformUnavailableException {
        claims.note(scope, asks);
        Wishes wishes = Wishes.of(asks, claims, owner.platform());
        Set<Entitlement> entitlements = wishes.entitlements();
        Map<Wishes.Shared, Problem> shared = wishes.shared();
        Observed before = session.observe(scope, entitlements);
        References references = new References(module, owner);
        Set<Holding> held =
                brake.hold(scope, asks, entitlements, before.besides(entitlements), references, confirmed, now);
        Set<Holding> departed = departures.open(scope, asks, before, references);
        Wanted wanted = new Wanted(
                owner,
                scope,
                entitlements,
                held,
                platform.drift().unmanaged(),
                wishes.agreements(),
                new Sessions(platform.revoke().terminateSessions(), departed));
        Plan plan = module.plan(wanted, before);
        if (before.outage().isPresent()) {
            departures.settleWhileLost(departed, revokeWhileLost(session, plan));
            throw before.outage().get();
        }
        boolean isFull = scope instanceof Scope.Everything;
        Observed untold = isFull && unread != null ? unread : before;
        if (plan.changes().isEmpty()) {
            unread = isFull ? null : unread;
            return settled(
                    departed,
                    new Outcome(scope, asks, entitlements, shared, held, untold, before, plan, List.of(), plan));
        }
        unread = isFull ? untold : unread;
        List<Result> results = session.execute(plan.changes());
        Observed after = session.observe(scope, entitlements);
        if (after.outage().isPresent()) {
            throw after.outage().get();
        }
        unread = isFull ? null : unread;
        Plan remaining = module.plan(wanted.carriedOut(), after);
        return settled(
                departed,
                new Outcome(scope, asks, entitlements, shared, held, untold, after, plan, results, remaining));
    }

    private Outcome settled(Set<Holding> departed, Outcome outcome) {
        departures.settle(departed, outcome);
        return outcome;
    }

    /**
     * Who may not keep the access loses it first, as far as that can be seen: else whoever uses up the connections of one database would put off the end of
     * their own. Who only moves to something else of a port gets that as well. Nothing is reported, since what was lost may be held or not.
     */
    private static List<Result> revokeWhileLost(PlatformSession session, Plan plan)
            throws PlatformUnavailableException {
        Set<Waits.Place> given = plan.changes().stream()
                .filter(change -> change.effect() == Change.Effect.GRANT)
                .map(Waits.Step::of)
                .map(Waits.Step::place)
                .collect(Collectors.toSet());
        // what makes a role ready comes along
        Set<String> moving = plan.changes().stream()
                .filter(change ->
                        isRevoke(change) && given.contains(Waits.Step.of(change).place()))
                .map(Change::portUid)
                .collect(Collectors.toSet());
        List<Change> changes = plan.changes().stream()
                .filter(change -> isRevoke(change) || moving.contains(change.portUid()))
                .toList();
        return changes.isEmpty() ? List.of() : session.execute(changes);
    }

    private static boolean isRevoke(Change change) {
        return change.effect() == Change.Effect.REVOKE && change.principal().isPresent();
    }
}
