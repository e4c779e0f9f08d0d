package dev.portcullis.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.cli.document.DocumentWriter;
import dev.portcullis.cli.document.Format;
import dev.portcullis.cli.document.HostileNames;
import dev.portcullis.cli.manifests.SourceFile;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever documents call things: the API server takes what is written, and each id and table is there as it was, or its product or port is left out with a word. */
class ImportPropertyTest {
    private static final Given GIVEN = new Given(
            "shipping", Optional.of("warehouse"), Optional.of("streams"), Location.UNKNOWN, Optional.of("2026-01"));

    @Property
    void everyProductAndPortIsWrittenOrSaid(@ForAll("products") List<ObjectNode> products) {
        Import read =
                Import.of(List.of(new SourceFile("products.yaml", DocumentWriter.text(Format.YAML, products))), GIVEN);

        assertThat(read.faults()).isEmpty();
        int written = HostileNames.areTaken(DocumentWriter.text(Format.YAML, read.manifests()));
        long leftOut = read.warnings().stream()
                .filter(warning -> warning.message().contains("is left out")
                        && warning.message().contains("there is another"))
                .count();
        assertThat(read.leftOut()).isEqualTo(leftOut > 0);
        if (leftOut == 0) {
            assertThat(written)
                    .isEqualTo(products.stream()
                            .mapToInt(product -> 1 + product.path("outputPorts").size())
                            .sum());
            assertThat(ids(read.manifests(), "OutputPort"))
                    .isEqualTo(products.stream()
                            .flatMap(product -> product.path("outputPorts").findValuesAsText("id").stream())
                            .map(String::strip)
                            .toList());
        }
        for (JsonNode port : read.manifests()) {
            if (port.path("kind").asText().equals("OutputPort")) {
                assertThat(port.at("/spec/postgresql/tables/0/name").asText()).isNotBlank();
            }
        }
    }

    private static List<String> ids(List<ObjectNode> manifests, String kind) {
        return manifests.stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind))
                .map(manifest -> manifest.at("/metadata/annotations/standards.portcullis.dev~1id")
                        .asText(manifest.at("/metadata/name").asText()))
                .toList();
    }

    @Provide
    Arbitrary<List<ObjectNode>> products() {
        // an id of blanks is none
        Arbitrary<String> names = HostileNames.all().filter(name -> !name.isBlank());
        Arbitrary<ObjectNode> ports = Combinators.combine(names, names, names, names)
                .as((id, database, schema, table) -> {
                    ObjectNode port =
                            JsonNodeFactory.instance.objectNode().put("id", id).put("description", table);
                    port.putObject("server")
                            .put("database", database)
                            .put("schema", schema)
                            .put("table", table);
                    return port;
                });
        return Combinators.combine(
                        names, names, ports.list().ofMaxSize(3), names.list().ofMaxSize(3))
                .as((id, title, all, tags) -> {
                    ObjectNode product = JsonNodeFactory.instance
                            .objectNode()
                            .put("dataProductSpecification", "0.0.1")
                            .put("id", id);
                    product.putObject("info")
                            .put("title", title)
                            .put("owner", title)
                            .put("status", title);
                    ArrayNode array = product.putArray("outputPorts");
                    all.forEach(array::add);
                    tags.forEach(product.putArray("tags")::add);
                    ObjectNode links = product.putObject("links");
                    tags.forEach(tag -> links.put(tag, tag));
                    return product;
                })
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
    }
}
