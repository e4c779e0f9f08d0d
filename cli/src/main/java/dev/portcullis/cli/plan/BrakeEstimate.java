package dev.portcullis.cli.plan;

import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.cli.rehearsal.Mesh;
import dev.portcullis.cli.rehearsal.PlatformGrants;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.PlanResult.Warning;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the operator would hold removals back, as its brake does: those that no agreement's end explains, where there are more than the platform lets through at once, or
 * on the ports of one namespace within an interval. What it has let through shortly before is not known.
 */
final class BrakeEstimate {
    private final Settled before;
    private final Settled after;

    BrakeEstimate(Settled before, Settled after) {
        this.before = before;
        this.after = after;
    }

    private record Seat(PortId port, Principal principal) {
        static Seat of(Entitlement entitlement) {
            return new Seat(entitlement.port(), entitlement.principal());
        }
    }

    Optional<Warning> of(String platform) {
        PlatformGrants held = before.grants().get(platform);
        Optional<Integer> most = after.mesh()
                .platform(platform)
                .map(DataPlatform::getSpec)
                .map(spec -> spec.drift().maxRemovals());
        if (held == null || most.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> unexplained =
                unexplained(held, Optional.ofNullable(after.grants().get(platform)));
        long all = unexplained.values().stream().mapToLong(Long::longValue).sum();
        if (all <= most.get()) {
            return Optional.empty();
        }
        boolean isCertain = unexplained.values().stream().anyMatch(count -> count > most.get());
        return Optional.of(new Warning(
                "RemovalHeld",
                "DataPlatform " + platform,
                all + " entitlements would be taken away that no agreement ended, more than spec.drift.maxRemovals ("
                        + most.get() + "): the operator "
                        + (isCertain
                                ? "holds them back"
                                : "holds them back where it compares them at once, and not where it comes to them namespace by namespace,")
                        + " until the platform team confirms it (condition RemovalHeld)"));
    }

    /** How many, by the namespace of their ports. Who keeps another part of a port only moves. */
    private Map<String, Long> unexplained(PlatformGrants held, Optional<PlatformGrants> wanted) {
        Set<Seat> staying = wanted.map(grants -> grants.wishes().entitlements()).orElse(Set.of()).stream()
                .map(Seat::of)
                .collect(Collectors.toSet());
        Set<String> ended = wanted.map(PlatformGrants::asks).orElse(List.of()).stream()
                .filter(ask -> ask.access() instanceof Access.NotWanted notWanted && notWanted.ended())
                .map(Ask::agreement)
                .map(agreement -> Mesh.key(
                        agreement.getMetadata().getNamespace(),
                        agreement.getMetadata().getName()))
                .collect(Collectors.toSet());
        return held.wishes().agreements().entrySet().stream()
                .filter(entry -> !staying.contains(Seat.of(entry.getKey())))
                .filter(entry -> !entry.getValue().stream()
                        .map(agreement -> Mesh.key(agreement.namespace(), agreement.name()))
                        .allMatch(key -> ended.contains(key)
                                || !after.mesh().agreements().containsKey(key)))
                .collect(Collectors.groupingBy(entry -> entry.getKey().port().namespace(), Collectors.counting()));
    }
}
