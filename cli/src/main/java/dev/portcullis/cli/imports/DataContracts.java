package dev.portcullis.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.YamlDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** Data contracts (Open Data Contract Standard v3) that were given beside the products: they know the tables that ports promise. */
final class DataContracts {
    private final Map<String, YamlDocument> byId = new TreeMap<>();
    private final Set<String> used = new HashSet<>();

    /**
     * Whether it is one, which is then known.
     *
     * @param said what has to be said is added
     */
    boolean add(YamlDocument document, List<Fault> said) {
        JsonNode tree = document.tree();
        boolean contract = tree.path("kind").asText().equals("DataContract") && tree.hasNonNull("id");
        if (contract) {
            String id = tree.path("id").asText();
            Optional.ofNullable(byId.putIfAbsent(id, document))
                    .ifPresent(first -> said.add(document.fault(
                            "/id",
                            "there is another data contract with the id " + id + " in " + first.file() + ", line "
                                    + first.line("/id") + ": this one is left out")));
        }
        return contract;
    }

    /** Says which no port names. */
    void sayUnused(List<Fault> said) {
        byId.forEach((id, document) -> {
            if (!used.contains(id)) {
                said.add(document.fault(
                        "/id", "no output port here names data contract " + id + ": nothing of it is used"));
            }
        });
    }

    private Optional<JsonNode> find(String id) {
        used.add(id);
        return Optional.ofNullable(byId.get(id)).map(YamlDocument::tree);
    }

    Optional<String> version(String id) {
        return find(id).map(contract -> contract.path("version").asText()).filter(version -> !version.isBlank());
    }

    /** Where its tables are. Several servers that say different things say nothing. */
    Location location(String id) {
        return find(id).map(DataContracts::location).orElse(Location.UNKNOWN);
    }

    private static Location location(JsonNode contract) {
        Set<Location> servers = new LinkedHashSet<>();
        contract.path("servers").forEach(server -> {
            if (ProductSpecification.isPostgresql(text(server, "type"))) {
                servers.add(new Location(text(server, "database"), text(server, "schema"), List.of()));
            }
        });
        Location server = servers.size() == 1 ? servers.iterator().next() : Location.UNKNOWN;
        List<String> tables = new ArrayList<>();
        StreamSupport.stream(contract.path("schema").spliterator(), false)
                .flatMap(object -> text(object, "physicalName").or(() -> text(object, "name")).stream())
                .map(name -> unqualified(name, server.schema()))
                .forEach(tables::add);
        return server.or(new Location(Optional.empty(), Optional.empty(), tables));
    }

    /** A physical name may say the schema as well. */
    private static String unqualified(String name, Optional<String> schema) {
        return schema.filter(given -> name.startsWith(given + "."))
                .map(given -> name.substring(given.length() + 1))
                .orElse(name);
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.path(field).textValue()).filter(text -> !text.isBlank());
    }
}
