package dev.portcullis.operator.grant;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.engine.status.WayConditions;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an agreement gave that gives nothing any more, as long as it is of interest whether it can be read otherwise: until it is known to be taken away, and then as
 * long as its status says that others let it be read. Agreements that ended long ago cost nothing.
 */
final class Endings {
    private Endings() {}

    /** @param unanswered whether it could not be looked when it ended */
    static Set<Entitlement> of(Ask ask, PlatformModule module, boolean unanswered) {
        if (!(ask.access() instanceof Access.NotWanted) || !(ask.mayHold() || unanswered || isToldOf(ask))) {
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

    private static boolean isToldOf(Ask ask) {
        return Optional.ofNullable(ask.agreement().getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), WayConditions.REMAINS))
                .filter(said -> said.status() == Condition.Status.True)
                .isPresent();
    }
}
