package dev.portcullis.operator.grant;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.engine.status.WayConditions;
import dev.portcullis.engine.time.Times;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an agreement gave that gives nothing any more, as long as it is of interest whether it can be read otherwise: until it is known to be taken away, and then as
 * long as its status says that others let it be read. Agreements that ended long ago cost nothing.
 */
final class Endings {
    private static final Duration NOT_LONG = Duration.ofDays(1);
    private static final int MOST = 1000;

    private Endings() {}

    /** @param owed whether it has no answer since it ended */
    static Set<Entitlement> of(Ask ask, PlatformModule module, boolean owed) {
        if (!(ask.access() instanceof Access.NotWanted) || !(ask.mayHold() || owed || isToldOf(ask))) {
            return Set.of();
        }
        Optional<Snapshot> snapshot =
                Optional.ofNullable(ask.agreement().getStatus().snapshot());
        Optional<Profile> profile =
                snapshot.flatMap(frozen -> Optional.ofNullable(frozen.objects()).flatMap(module::fromSnapshot));
        if (profile.isEmpty()) {
            return Set.of();
        }
        var provider = ask.agreement().getSpec().provider();
        PortId port = new PortId(ask.portUid(), provider.namespace(), provider.outputPort());
        return Stream.concat(ask.recorded().stream(), ask.concerned().stream())
                .map(principal -> new Entitlement(port, profile.get(), principal))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Agreements whose end is on record since less than a day, and nothing besides: an earlier process may have ended before it had the answer. By UID; the
     * last of them, where there are very many.
     */
    static Set<String> notLongAgo(List<Ask> asks, Instant now) {
        return asks.stream()
                .filter(ask -> endOnRecord(ask)
                        .filter(end -> end.plus(NOT_LONG).isAfter(now))
                        .isPresent())
                .sorted(Comparator.comparing((Ask ask) -> endOnRecord(ask).orElse(Instant.EPOCH))
                        .reversed())
                .limit(MOST)
                .map(Ask::uid)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Instant> endOnRecord(Ask ask) {
        return Optional.ofNullable(ask.agreement().getStatus().provisioning())
                .filter(provisioning -> provisioning.status() == ProvisioningStatus.Deprovisioned)
                .flatMap(provisioning -> Times.of(provisioning.at()));
    }

    private static boolean isToldOf(Ask ask) {
        return Optional.ofNullable(ask.agreement().getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), WayConditions.REMAINS))
                .filter(said -> said.status() == Condition.Status.True)
                .isPresent();
    }
}
