package dev.portcullis.operator.grant;

import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.engine.claim.Wishes;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.review.Printable;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.Principal;
import java.util.ArrayList;
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
    private final Map<String, List<Holding>> besides;
    private final Set<Entitlement> held;
    private final Set<Waits.Place> kept;
    private final Map<Waits.Place, List<Outcome.Refused>> refused;
    private final Map<String, String> leftovers = new HashMap<>();

    /** What one agreement is told. */
    record Reported(Ask ask, GrantReport report) {}

    ReportFactory(PlatformModule module, Owner owner, Comparison.Outcome outcome) {
        this.module = module;
        this.owner = owner;
        this.outcome = outcome;
        this.references = new References(module, owner);
        this.waits = outcome.waits();
        besides = outcome.after().besides(outcome.wanted()).stream()
                .collect(Collectors.groupingBy(holding -> holding.port().uid()));
        held = outcome.after().held(outcome.wanted());
        kept = outcome.held().stream()
                .map(holding -> place(holding.port().uid(), holding.principal()))
                .collect(Collectors.toSet());
        refused = outcome.results().stream()
                .filter(result -> result.outcome() instanceof Outcome.Refused)
                .collect(Collectors.groupingBy(
                        result -> new Waits.Place(
                                result.change().portUid(), result.change().principal()),
                        Collectors.mapping(result -> (Outcome.Refused) result.outcome(), Collectors.toList())));
        outcome.remaining()
                .leftovers()
                .forEach(leftover -> leftovers.putIfAbsent(leftover.portUid(), Printable.line(leftover.message())));
        for (Ask ask : outcome.asks()) {
            recordedByPort
                    .computeIfAbsent(ask.portUid(), uid -> new HashSet<>())
                    .addAll(ask.recorded());
        }
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
        Set<Principal> still = besides.getOrDefault(ask.portUid(), List.of()).stream()
                .filter(holding -> ask.recorded().contains(holding.principal())
                        || (ask.concerned().contains(holding.principal()) && holding.granted())
                        // granted, and then nobody was there to record it: that may be this one's
                        || (ask.mayHold()
                                && holding.granted()
                                && !outcome.held().contains(holding)
                                && !isRecorded(ask.portUid(), holding.principal())))
                .map(Holding::principal)
                .collect(Collectors.toSet());
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

    /** The access is gone; what is still open may not be. That holds nothing up. */
    private List<Problem> sessions(Ask ask) {
        return Stream.concat(ask.recorded().stream(), ask.concerned().stream())
                .distinct()
                .flatMap(principal -> refused.getOrDefault(place(ask.portUid(), principal), List.of()).stream())
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
                .filter(no -> !isOfSessions(no))
                .findFirst();
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
