package dev.portcullis.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.engine.manifest.YamlDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Data contracts (Open Data Contract Standard v3) that were given beside the products: they know the tables that ports promise. */
final class DataContracts {
    private final Map<String, JsonNode> byId = new HashMap<>();

    /** Whether it is one, which is then known. */
    boolean add(YamlDocument document) {
        JsonNode tree = document.tree();
        boolean contract = tree.path("kind").asText().equals("DataContract") && tree.hasNonNull("id");
        if (contract) {
            byId.put(tree.path("id").asText(), tree);
        }
        return contract;
    }

    Optional<String> version(String id) {
        return Optional.ofNullable(byId.get(id))
                .map(contract -> contract.path("version").asText())
                .filter(version -> !version.isBlank());
    }

    /** Where its tables are. Several servers that say different things say nothing. */
    Location location(String id) {
        return Optional.ofNullable(byId.get(id)).map(DataContracts::location).orElse(Location.UNKNOWN);
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
