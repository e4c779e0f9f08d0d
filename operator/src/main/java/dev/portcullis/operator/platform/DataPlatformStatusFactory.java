package dev.portcullis.operator.platform;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.Condition;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.DataPlatformStatus;
import dev.portcullis.api.platform.DataPlatformStatus.Repaired;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.Sentences;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.readiness.PlatformReadiness;
import dev.portcullis.engine.readiness.Readiness;
import dev.portcullis.engine.review.Printable;
import dev.portcullis.engine.status.ClocksApartCondition;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.engine.time.Times;
import dev.portcullis.operator.grant.GrantLoops;
import dev.portcullis.operator.grant.Held;
import dev.portcullis.operator.grant.PlatformState;
import dev.portcullis.operator.world.Caches;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the status of a platform of what its grant loop knows. */
public final class DataPlatformStatusFactory {
    /** How old the time of the last full comparison may get in the status while nothing else changes: a write for each would be noise. */
    private static final Duration TIME_KEPT = Duration.ofMinutes(10);

    /** What every try to reach the platform says anew. */
    private static final Set<String> OF_REACHING =
            Set.of("Ready", "Reachable", Reason.ServerChanged.name(), ClocksApartCondition.TYPE);

    private final Caches caches;
    private final GrantLoops loops;
    private final PlatformReadiness readiness;
    private final Supplier<Clocks> clocks;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    public DataPlatformStatusFactory(
            Caches caches, GrantLoops loops, PrincipalExpressions expressions, Supplier<Clocks> clocks) {
        this.caches = caches;
        this.loops = loops;
        this.readiness = new PlatformReadiness(expressions);
        this.clocks = clocks;
    }

    void forget(String uid) {
        tallies.remove(uid);
    }

    DataPlatformStatus status(DataPlatform platform) {
        @Nullable DataPlatformStatus before = platform.getStatus();
        String name = platform.getMetadata().getName();
        Optional<PlatformState> state = loops.state(name);
        Optional<PlatformState> compared = state.filter(PlatformState::isCompared);
        Long generation = platform.getMetadata().getGeneration();
        List<Condition> said = before == null ? List.of() : before.conditions();
        Clocks time = clocks.get();
        Conditions conditions = new Conditions(said, generation, time.operator());
        addConditions(conditions, platform, state, before);
        ClocksApartCondition.addToPlatform(conditions, said, time);
        if (compared.isEmpty() && before != null) {
            addFoundBefore(conditions, before.conditions());
        }
        return new DataPlatformStatus(
                generation,
                state.map(PlatformState::version)
                        .filter(version -> !version.isEmpty())
                        .orElse(before == null ? null : before.version()),
                loops.server(name).orElse(before == null ? null : before.server()),
                lastFullComparison(before, compared),
                (int) caches.portsOn(name).count(),
                compared.map(PlatformState::entitlements).orElse(before == null ? null : before.entitlements()),
                repaired(platform, compared),
                conditions.build());
    }

    private void addConditions(
            Conditions conditions,
            DataPlatform platform,
            Optional<PlatformState> state,
            @Nullable DataPlatformStatus before) {
        Readiness said = readiness.of(platform.getSpec());
        Optional<Problem> outage = !loops.serves(platform.getSpec())
                ? Optional.of(
                        Problem.healing(
                                "PlatformNotServed",
                                "this operator has no module for this kind of platform: it knows spec.postgresql and spec.external: name one of them"))
                : state.flatMap(PlatformState::outage);
        boolean notLookedYet = outage.filter(problem -> problem.reason().equals("NotReachedYet"))
                .isPresent();
        Optional<Condition> reached =
                Optional.ofNullable(before).flatMap(status -> Conditions.find(status.conditions(), "Reachable"));
        if (notLookedYet && reached.isPresent()) {
            // a restart says nothing about the platform: what was said stands until it was tried
            outage = reached.get().status() == Condition.Status.True
                    ? Optional.empty()
                    : Optional.of(Problem.healing(
                            reached.get().reason(), reached.get().message()));
        }
        if (!said.isReady()) {
            conditions.add("Ready", false, said.reason(), said.message());
        } else if (outage.isPresent()) {
            conditions.add("Ready", false, outage.get().reason(), outage.get().message());
        } else {
            conditions.add(
                    "Ready", true, "Comparing", "the platform is compared with what the agreements say, and made so");
        }
        if (outage.isPresent()) {
            conditions.add(
                    "Reachable", false, outage.get().reason(), outage.get().message());
        } else {
            conditions.add(
                    "Reachable",
                    true,
                    "Reached",
                    platform.getSpec().external() == null
                            ? "the platform answers"
                            : "AccessGrants are written and read; whether the grant controller answers is said by agreements that wait for it");
        }
        outage.filter(problem -> problem.reason().equals(Reason.ServerChanged.name()))
                .ifPresent(problem -> conditions.add("ServerChanged", true, problem.reason(), problem.message()));
        Optional<Held> held = state.map(PlatformState::held).filter(what -> !what.isNothing());
        if (held.isPresent()) {
            conditions.add(
                    "RemovalHeld",
                    true,
                    "TooManyRemovals",
                    held.get().holdings().size()
                            + " entitlements would be taken away that no agreement ended, more than spec.drift.maxRemovals ("
                            + platform.getSpec().drift().maxRemovals() + ") within "
                            + platform.getSpec().drift().interval()
                            + ", so they stay: " + held.get().list()
                            + ". Restore what explains them, or have them taken away: kubectl annotate --overwrite dataplatform "
                            + platform.getMetadata().getName() + " " + Annotations.CONFIRM_REMOVAL + "="
                            + held.get().code());
        }
        OtherInstallations others = new OtherInstallations(
                loops.installation(), other -> caches.platform(other).isPresent());
        state.flatMap(known -> others.of(known.others()))
                .ifPresent(told -> conditions.add(OtherInstallations.CONDITION, true, told.reason(), told.message()));
        state.map(PlatformState::warnings)
                .orElse(List.of())
                .forEach(warning -> conditions.add(
                        warning.reason().name(), true, warning.reason().name(), warning.message()));
        List<Plan.Leftover> leftovers = state.map(PlatformState::leftovers).orElse(List.of());
        if (!leftovers.isEmpty()) {
            conditions.add(
                    "ForeignGrant",
                    true,
                    leftovers.get(0).reason().name(),
                    Sentences.joined(leftovers.stream()
                            .map(Plan.Leftover::message)
                            .map(Printable::line)
                            .distinct()
                            .sorted()
                            .toList()));
        }
    }

    /** A restart says nothing about what comparisons found: it stands until everything was compared. */
    private static void addFoundBefore(Conditions conditions, List<Condition> said) {
        said.stream()
                .filter(condition -> !OF_REACHING.contains(condition.type()))
                .filter(condition ->
                        Conditions.find(conditions.build(), condition.type()).isEmpty())
                .forEach(condition ->
                        conditions.add(condition.type(), condition.status(), condition.reason(), condition.message()));
    }

    private static @Nullable String lastFullComparison(
            @Nullable DataPlatformStatus before, Optional<PlatformState> compared) {
        Optional<Instant> now = compared.flatMap(PlatformState::lastFullComparison);
        String said = before == null ? null : before.lastFullComparison();
        if (now.isEmpty() || said == null) {
            return now.map(Times::text).orElse(said);
        }
        boolean old = Times.moment(said).plus(TIME_KEPT).isBefore(now.get());
        return old ? Times.text(now.get()) : said;
    }

    /**
     * What was repaired before the operator started, as its status said then, and since; a loop that begins anew counts from nothing. Never less than the status says:
     * another operator, which runs beside this one by mistake, would write its own again, and so for ever.
     */
    private Repaired repaired(DataPlatform platform, Optional<PlatformState> compared) {
        String uid = platform.getMetadata().getUid();
        int missing = compared.map(PlatformState::repairedMissing).orElse(0);
        int extra = compared.map(PlatformState::repairedExtra).orElse(0);
        Tally tally = tallies.compute(uid, (key, before) -> {
            Tally known = before == null ? Tally.of(platform) : before;
            return known.next(missing, extra).atLeast(Tally.of(platform));
        });
        return new Repaired(tally.missingBefore() + missing, tally.extraBefore() + extra);
    }

    /** What earlier loops have counted, and how far the present one was when it was last asked. */
    private record Tally(int missingBefore, int extraBefore, int missing, int extra) {
        static Tally of(DataPlatform platform) {
            Repaired said = Optional.ofNullable(platform.getStatus())
                    .map(DataPlatformStatus::repaired)
                    .orElse(new Repaired(0, 0));
            return new Tally(count(said.missing()), count(said.extra()), 0, 0);
        }

        Tally atLeast(Tally said) {
            return new Tally(
                    Math.max(missingBefore, said.missingBefore() - missing),
                    Math.max(extraBefore, said.extraBefore() - extra),
                    missing,
                    extra);
        }

        Tally next(int missingNow, int extraNow) {
            boolean anew = missingNow < missing || extraNow < extra;
            return anew
                    ? new Tally(missingBefore + missing, extraBefore + extra, missingNow, extraNow)
                    : new Tally(missingBefore, extraBefore, missingNow, extraNow);
        }
    }

    private static int count(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
