package dev.portcullis.platform.external.state;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The AccessGrants of one platform at one moment. Whatever is not known to be gone may be held. */
public final class ExternalObserved implements Observed {
    private final List<SeenGrant> grants;
    /** Those that may be held. */
    private final Map<Seat, List<SeenGrant>> bySeat;

    public ExternalObserved(List<SeenGrant> grants) {
        this.grants = grants.stream()
                .sorted(Comparator.comparing(SeenGrant::namespace).thenComparing(SeenGrant::name))
                .toList();
        this.bySeat = mayBeHeld()
                .collect(Collectors.groupingBy(grant -> new Seat(grant.port().uid(), grant.principal())));
    }

    /** All of them, sorted by namespace and name. */
    public List<SeenGrant> grants() {
        return grants;
    }

    @Override
    public Optional<PlatformUnavailableException> outage() {
        return Optional.empty();
    }

    @Override
    public Map<String, Integer> entitlementsByPort() {
        return mayBeHeld()
                .collect(Collectors.toUnmodifiableMap(grant -> grant.port().uid(), grant -> 1, Integer::sum));
    }

    @Override
    public Set<Entitlement> held(Set<Entitlement> asked) {
        return asked.stream().filter(this::isHeld).collect(Collectors.toUnmodifiableSet());
    }

    private boolean isHeld(Entitlement entitlement) {
        return bySeat.getOrDefault(Seat.of(entitlement), List.of()).stream()
                .anyMatch(grant -> grant.isGranted() && grant.says(entitlement));
    }

    @Override
    public Map<String, Set<Principal>> holders() {
        return mayBeHeld()
                .collect(Collectors.groupingBy(
                        grant -> grant.port().uid(),
                        Collectors.mapping(SeenGrant::principal, Collectors.toUnmodifiableSet())));
    }

    @Override
    public Set<Holding> besides(Set<Entitlement> wanted) {
        Map<Seat, List<Entitlement>> wantedBySeat = wanted.stream().collect(Collectors.groupingBy(Seat::of));
        return mayBeHeld()
                .filter(grant ->
                        wantedBySeat.getOrDefault(new Seat(grant.port().uid(), grant.principal()), List.of()).stream()
                                .noneMatch(grant::says))
                .map(SeenGrant::holding)
                .collect(Collectors.toSet());
    }

    private Stream<SeenGrant> mayBeHeld() {
        return grants.stream().filter(grant -> !grant.isGone());
    }

    private record Seat(String portUid, Principal principal) {
        static Seat of(Entitlement entitlement) {
            return new Seat(entitlement.port().uid(), entitlement.principal());
        }
    }
}
