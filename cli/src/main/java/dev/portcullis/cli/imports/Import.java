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
                .flatMap(file -> documents(file, faults).stream())
                .filter(document -> !contracts.add(document, warnings))
                .toList();
        ManifestMaker maker = new ManifestMaker(given, contracts);
        for (YamlDocument document : products) {
            read(document, maker, faults, warnings);
        }
        contracts.sayUnused(warnings);
        check(maker.manifests(), faults);
        warnings.sort(Comparator.comparing(Fault::file).thenComparing(Fault::line));
        return new Import(maker.manifests(), faults, warnings, maker.hasLeftOut());
    }

    private static List<YamlDocument> documents(SourceFile file, List<Fault> faults) {
        int before = faults.size();
        List<YamlDocument> documents = YamlText.documents(file.name(), file.text(), faults);
        if (documents.isEmpty() && faults.size() == before) {
            faults.add(new Fault(file.name(), 1, "there is no document in this file: leave it out"));
        }
        return documents;
    }

    private static void read(YamlDocument document, ManifestMaker maker, List<Fault> faults, List<Fault> warnings) {
        if (!isOf(document.tree())) {
            faults.add(document.fault(
                    "",
                    "this is neither a Data Product Specification (dataProductSpecification: 0.0.1) nor a data"
                            + " product of the Open Data Product Standard v1 (kind: DataProduct, apiVersion: v1.0.0)"));
            return;
        }
        List<Fault> said = new ArrayList<>();
        Fields root = new Fields(document, "", said);
        Optional<ProductDraft> draft =
                document.tree().has("kind") ? ProductStandard.read(root) : ProductSpecification.read(root);
        draft.ifPresentOrElse(
                product -> {
                    maker.add(product);
                    root.sayTheRest();
                    warnings.addAll(said);
                },
                () -> {
                    // of what makes no product it does not matter what else has no place
                    root.sayTheMisspelt();
                    faults.addAll(said);
                });
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
