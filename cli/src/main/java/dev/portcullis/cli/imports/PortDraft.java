package dev.portcullis.cli.imports;

import dev.portcullis.api.product.Lifecycle;
import java.util.Optional;

/**
 * An output port as a document tells of it.
 *
 * @param id there
 * @param type of its platform, as the document calls it
 * @param contract the id of its data contract
 * @param object its name where no tables are, as a topic's
 */
record PortDraft(
        Fields fields,
        String id,
        Optional<String> description,
        Optional<String> type,
        Optional<Lifecycle> lifecycle,
        boolean containsPii,
        boolean autoApprove,
        Optional<String> contract,
        Location location,
        Optional<String> object) {}
