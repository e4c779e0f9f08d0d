package dev.portcullis.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.cli.document.DocumentWriter;
import dev.portcullis.cli.document.Format;
import dev.portcullis.cli.manifests.SourceFile;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.ManifestReader;
import dev.portcullis.engine.manifest.YamlDocument;
import dev.portcullis.engine.manifest.YamlText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What came of documents.
 *
 * @param manifests of data products, each with its output ports behind it
 * @param faults what is no document of a standard, or becomes no manifest that the API server would take
 * @param warnings what has no place in the manifests
 * @param leftOut whether a product or a port has no manifest
 */
record Import(List<ObjectNode> manifests, List<Fault> faults, List<Fault> warnings, boolean leftOut) {
    static Import of(List<SourceFile> files, Given given) {
        List<Fault> faults = new ArrayList<>();
        List<Fault> warnings = new ArrayList<>();
        DataContracts contracts = new DataContracts();
        List<YamlDocument> products = files.stream()
                .flatMap(file -> YamlText.documents(file.name(), file.text(), faults).stream())
                .filter(document -> !contracts.add(document))
                .toList();
        ManifestMaker maker = new ManifestMaker(given, contracts);
        for (YamlDocument document : products) {
            Fields root = new Fields(document, "", warnings);
            if (isOf(document.tree())) {
                int before = warnings.size();
                Optional<ProductDraft> draft =
                        document.tree().has("kind") ? ProductStandard.read(root) : ProductSpecification.read(root);
                draft.ifPresentOrElse(maker::add, () -> faults.addAll(warnings.subList(before, warnings.size())));
                root.sayTheRest();
            } else {
                faults.add(
                        document.fault(
                                "",
                                "this is neither a Data Product Specification (dataProductSpecification: 0.0.1) nor a data"
                                        + " product of the Open Data Product Standard v1 (kind: DataProduct, apiVersion: v1.0.0)"));
            }
        }
        check(maker.manifests(), faults);
        warnings.sort(Comparator.comparing(Fault::file).thenComparing(Fault::line));
        return new Import(maker.manifests(), faults, warnings, maker.hasLeftOut());
    }

    private static boolean isOf(JsonNode tree) {
        return tree.path("dataProductSpecification").asText().equals("0.0.1")
                || (tree.path("kind").asText().equals("DataProduct")
                        && tree.path("apiVersion").asText().matches("v1\\.[0-9]+\\.[0-9]+"));
    }

    /** As whoever applies them would read them. */
    private static void check(List<ObjectNode> manifests, List<Fault> faults) {
        String text = DocumentWriter.text(Format.YAML, manifests);
        YamlText.documents("manifests", text, faults)
                .forEach(document -> ManifestReader.OF_REPOSITORIES.read(document, "", faults));
    }
}
