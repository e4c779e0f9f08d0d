package dev.portcullis.operator.grant;

import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.engine.claim.Wishes;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.review.Printable;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.Principal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the report for each agreement out of a comparison. */
final class ReportFactory {
    private final PlatformModule module;
    private final Owner owner;
    private final Comparison.Outcome outcome;
    private final References references;
    private final Waits waits;
    private final Map<Entitlement, Problem> refusals = new HashMap<>();
    private final Map<String, Set<Principal>> recordedByPort = new HashMap<>();
    private final Map<Waits.Place, List<Holding>> besides;

    /** By port: who was granted something that no status names, and that nobody holds back. */
    private final Map<String, Set<Principal>> unrecorded;

    private final Set<Entitlement> held;
    private final Set<Waits.Place> kept;
    private final Map<Waits.Place, List<Refused>> refused = new HashMap<>();
    private final Map<String, String> leftovers = new HashMap<>();

    /** What the platform refused, and in which turn: the first says why the others could not be done either. */
    private record Refused(int turn, Outcome.Refused why) {}

    /** What one agreement is told. */
    record Reported(Ask ask, GrantReport report) {}

    ReportFactory(PlatformModule module, Owner owner, Comparison.Outcome outcome) {
        this.module = module;
        this.owner = owner;
        this.outcome = outcome;
        this.references = new References(module, owner);
        this.waits = outcome.waits();
        Set<Holding> extra = outcome.after().besides(outcome.wanted());
        besides = extra.stream()
                .collect(Collectors.groupingBy(holding -> place(holding.port().uid(), holding.principal())));
        held = outcome.after().held(outcome.wanted());
        kept = outcome.held().stream()
                .map(holding -> place(holding.port().uid(), holding.principal()))
                .collect(Collectors.toSet());
        for (int turn = 0; turn < outcome.results().size(); turn++) {
            Change change = outcome.results().get(turn).change();
            if (outcome.results().get(turn).outcome() instanceof Outcome.Refused why) {
                refused.computeIfAbsent(
                                new Waits.Place(change.portUid(), change.principal()), place -> new ArrayList<>())
                        .add(new Refused(turn, why));
            }
        }
        outcome.remaining()
                .leftovers()
                .forEach(leftover -> leftovers.putIfAbsent(leftover.portUid(), Printable.line(leftover.message())));
        for (Ask ask : outcome.asks()) {
            recordedByPort
                    .computeIfAbsent(ask.portUid(), uid -> new HashSet<>())
                    .addAll(ask.recorded());
        }
        unrecorded = extra.stream()
                .filter(holding -> holding.granted()
                        && !outcome.held().contains(holding)
                        && !isRecorded(holding.port().uid(), holding.principal()))
                .collect(Collectors.groupingBy(
                        holding -> holding.port().uid(), Collectors.mapping(Holding::principal, Collectors.toSet())));
        for (Plan.Refusal refusal : outcome.remaining().refusals()) {
            refusals.putIfAbsent(
                    refusal.entitlement(), Problem.healing(refusal.reason().name(), refusal.message()));
        }
    }

    /** Of all that was asked. */
    List<Reported> reports() {
        return outcome.asks().stream()
                .map(ask -> new Reported(ask, report(ask)))
                .toList();
    }

    GrantReport report(Ask ask) {
        return ask.access() instanceof Access.Wanted wanted ? forWanted(wanted) : forNotWanted(ask);
    }

    private GrantReport forWanted(Access.Wanted wanted) {
        Set<Principal> holders = new HashSet<>();
        List<Problem> troubles = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        for (Access.Grantee grantee : wanted.grantees()) {
            Entitlement entitlement = new Entitlement(wanted.port(), wanted.profile(), grantee.principal());
            Problem shared = outcome.shared()
                    .get(new Wishes.Shared(entitlement, grantee.beneficiary().label()));
            if (shared != null) {
                troubles.add(shared);
                continue;
            }
            boolean isHeld = held.contains(entitlement);
            if (isHeld) {
                holders.add(entitlement.principal());
            }
            Problem refusal = refusals.get(entitlement);
            if (refusal != null) {
                troubles.add(refusal);
            } else if (!isHeld) {
                waits.message(entitlement.port().uid(), entitlement.principal())
                        .ifPresentOrElse(waiting::add, () -> troubles.add(whyNot(entitlement)));
            }
        }
        Optional<String> reference =
                holders.isEmpty() ? Optional.empty() : Optional.of(references.of(wanted.port(), wanted.profile()));
        List<Problem> notes = reference.isEmpty()
                ? List.of()
                : module.usage(owner, wanted.port(), wanted.profile()).stream()
                        .map(usage -> Problem.healing("Usage", usage))
                        .toList();
        return new GrantReport(wanted, holders, inOrder(troubles), reference, sorted(waiting), notes, Optional.empty());
    }

    private GrantReport forNotWanted(Ask ask) {
        Set<Principal> still = new HashSet<>();
        ask.recorded().stream()
                .filter(principal -> !besides(ask, principal).isEmpty())
                .forEach(still::add);
        ask.concerned().stream()
                .filter(principal -> besides(ask, principal).stream().anyMatch(Holding::granted))
                .forEach(still::add);
        if (ask.mayHold()) {
            // granted, and then nobody was there to record it: that may be this one's
            still.addAll(unrecorded.getOrDefault(ask.portUid(), Set.of()));
        }
        List<Problem> troubles = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        for (Principal principal : still) {
            Optional<String> wait =
                    isKept(ask.portUid(), principal) ? Optional.empty() : waits.message(ask.portUid(), principal);
            wait.ifPresentOrElse(waiting::add, () -> troubles.add(stillHeld(ask.portUid(), principal)));
        }
        return new GrantReport(
                ask.access(),
                still,
                inOrder(troubles),
                Optional.empty(),
                sorted(waiting),
                inOrder(sessions(ask)),
                Optional.empty());
    }

    private List<Holding> besides(Ask ask, Principal principal) {
        return besides.getOrDefault(place(ask.portUid(), principal), List.of());
    }

    /** The access is gone; what is still open may not be. That holds nothing up. */
    private List<Problem> sessions(Ask ask) {
        return Stream.concat(ask.recorded().stream(), ask.concerned().stream())
                .distinct()
                .flatMap(principal -> refused.getOrDefault(place(ask.portUid(), principal), List.of()).stream())
                .map(Refused::why)
                .filter(ReportFactory::isOfSessions)
                .map(no -> Problem.healing(no.reason().name(), no.message()))
                .toList();
    }

    private static Waits.Place place(String portUid, Principal principal) {
        return new Waits.Place(portUid, Optional.of(principal));
    }

    private static boolean isOfSessions(Outcome.Refused refused) {
        return refused.reason() == Plan.Reason.SessionsMayRemain;
    }

    private boolean isRecorded(String portUid, Principal principal) {
        return recordedByPort.getOrDefault(portUid, Set.of()).contains(principal);
    }

    /** Whether the brake keeps it. */
    private boolean isKept(String portUid, Principal principal) {
        return kept.contains(place(portUid, principal));
    }

    private Problem stillHeld(String portUid, Principal principal) {
        if (isKept(portUid, principal)) {
            return Problem.healing(
                    "RemovalHeld",
                    principal.name()
                            + " still has the access: more would go at once than spec.drift.maxRemovals of DataPlatform "
                            + owner.platform() + " lets through; see its condition RemovalHeld");
        }
        String why = Optional.ofNullable(leftovers.get(portUid))
                .or(() -> refusedChange(portUid, principal).map(Outcome.Refused::message))
                .orElse(
                        "the platform did not say why; it is tried again. If this stays, the operator's log at that time and the conditions of the DataPlatform tell more");
        return Problem.healing("NotRevoked", principal.name() + " still has the access: " + why);
    }

    private Problem whyNot(Entitlement entitlement) {
        return refusedChange(entitlement.port().uid(), entitlement.principal())
                .map(refused -> Problem.healing(refused.reason().name(), refused.message()))
                .orElseGet(
                        () -> Problem.healing(
                                Plan.Reason.NotApplied.name(),
                                "the platform did not keep the grant to "
                                        + entitlement.principal().name()
                                        + ", though it refused nothing; it is tried again. If this stays, something else takes it away: ask whoever runs the platform"));
    }

    private Optional<Outcome.Refused> refusedChange(String portUid, Principal principal) {
        return Stream.of(place(portUid, principal), new Waits.Place(portUid, Optional.empty()))
                .flatMap(place -> refused.getOrDefault(place, List.of()).stream())
                .filter(no -> !isOfSessions(no.why()))
                .min(Comparator.comparingInt(Refused::turn))
                .map(Refused::why);
    }

    private static List<String> sorted(List<String> sentences) {
        return sentences.stream().distinct().sorted().toList();
    }

    /** The same troubles in the same order make the same status. */
    private static List<Problem> inOrder(List<Problem> troubles) {
        return troubles.stream()
                .distinct()
                .sorted((one, other) -> (one.reason() + one.message()).compareTo(other.reason() + other.message()))
                .toList();
    }
}
