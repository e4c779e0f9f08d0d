package dev.portcullis.cli.imports;

import dev.portcullis.api.product.Lifecycle;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data product as a document tells of it, in words of ours.
 *
 * @param id there
 * @param team that owns it
 * @param expert who answers questions
 * @param limitations what everybody who uses it has to keep to
 * @param version of the product
 */
record ProductDraft(
        Fields fields,
        String id,
        String title,
        Optional<String> team,
        Optional<String> description,
        Optional<String> domain,
        Optional<String> expert,
        Optional<Lifecycle> lifecycle,
        Optional<String> limitations,
        Optional<String> version,
        List<String> tags,
        Map<String, String> links,
        List<PortDraft> ports) {}
