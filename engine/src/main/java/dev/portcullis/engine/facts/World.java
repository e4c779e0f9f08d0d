package dev.portcullis.engine.facts;

import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import java.util.List;
import java.util.Optional;

/** All objects that a judgement may look at, as they are at one moment: an operator's caches, or a folder of manifests. */
public interface World {
    Optional<OutputPort> port(String namespace, String name);

    Optional<DataProduct> product(String namespace, String name);

    Optional<DataPlatform> platform(String name);

    Optional<Team> team(String name);

    /** The Teams that list the namespace, by name. */
    List<Team> teamsOf(String namespace);
}
