package dev.portcullis.cli.manifests;

import dev.portcullis.engine.manifest.Fault;
import java.util.List;

/**
 * Looks for what the API server would refuse, beyond the form that every reader checks: what the schema bounds, and what must not change.
 */
@FunctionalInterface
public interface ManifestCheck {
    /**
     * What would be refused.
     *
     * @param before what is there
     * @param after what is to be applied; a fault names its place there
     */
    List<Fault> check(Manifests before, Manifests after);
}
