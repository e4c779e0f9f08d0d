package dev.portcullis.supply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The libraries of others that something which is shipped is made with. */
public record BillOfMaterials(List<Library> libraries) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OURS = "dev.portcullis";

    public BillOfMaterials {
        libraries = List.copyOf(libraries);
    }

    /**
     * Reads one in CycloneDX's JSON.
     *
     * @throws MissingData if there is none, or none that names a library
     */
    public static BillOfMaterials read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new MissingData(
                    "there is no bill of materials at " + file + "; mvn -Psbom -DskipTests package makes it", e);
        }
    }

    static BillOfMaterials parse(String json, String whence) {
        try {
            JsonNode document = JSON.readTree(json);
            if (!document.path("bomFormat").asText().equals("CycloneDX")) {
                throw new MissingData(whence + " is no bill of materials in CycloneDX's JSON");
            }
            List<Library> libraries = new ArrayList<>();
            for (JsonNode component : document.path("components")) {
                String group = component.path("group").asText();
                if (!group.equals(OURS)) {
                    libraries.add(new Library(
                            group,
                            component.path("name").asText(),
                            component.path("version").asText(),
                            licences(component)));
                }
            }
            if (libraries.isEmpty()) {
                throw new MissingData(whence + " names no library");
            }
            return new BillOfMaterials(libraries);
        } catch (JsonProcessingException e) {
            throw new MissingData(whence + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static List<String> licences(JsonNode component) {
        List<String> licences = new ArrayList<>();
        for (JsonNode one : component.path("licenses")) {
            JsonNode licence = one.path("license");
            String stated = licence.path("id")
                    .asText(licence.path("name").asText(one.path("expression").asText()));
            licences.add(Licences.identifier(stated));
        }
        return licences;
    }
}
