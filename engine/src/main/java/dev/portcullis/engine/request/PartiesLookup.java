package dev.portcullis.engine.request;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.team.ActingTeam;
import java.util.Optional;

/** Finds the two sides of an agreement that was valid once, as its snapshot names them, whether or not its port takes requests now. */
public final class PartiesLookup {
    private final World world;

    public PartiesLookup(World world) {
        this.world = world;
    }

    /** Empty while the port, its platform, or a Team that said who belongs to it is gone: then nobody can tell who must not decide. */
    public Optional<Parties> find(DataUsageAgreement agreement, Snapshot snapshot) {
        var provider = agreement.getSpec().provider();
        ActingTeam consumer = team(snapshot.team());
        if (snapshot.memberOfTeam() != null && consumer.object().isEmpty()) {
            return Optional.empty();
        }
        return world.port(provider.namespace(), provider.outputPort())
                .flatMap(port -> world.platform(port.getSpec().platform()))
                .map(platform -> new Parties(consumer, team(snapshot.providerTeam()), platform));
    }

    private ActingTeam team(String name) {
        return new ActingTeam(name, world.team(name));
    }
}
