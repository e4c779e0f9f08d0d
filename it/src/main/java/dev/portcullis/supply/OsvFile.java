package dev.portcullis.supply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A file in the format of OSV (ossf.github.io/osv-schema), as far as it is about libraries of Maven. */
final class OsvFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ECOSYSTEM = "Maven";
    private static final String PURL = "pkg:maven/";

    private OsvFile() {}

    /**
     * What it says of Maven's libraries; empty when it says nothing of them, or has been withdrawn.
     *
     * @throws MissingData if it is no such file
     */
    static Optional<Advisory> parse(String json, String whence) {
        JsonNode file;
        try {
            file = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new MissingData(whence + " cannot be read: " + e.getOriginalMessage(), e);
        }
        String id = file.path("id").asText();
        if (id.isEmpty()) {
            throw new MissingData(whence + " is no advisory in OSV's format: it has no id");
        }
        List<Advisory.Affected> affected = new ArrayList<>();
        file.path("affected")
                .forEach(one ->
                        coordinates(one.path("package")).ifPresent(library -> affected.add(affected(library, one))));
        if (affected.isEmpty() || !file.path("withdrawn").asText().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Advisory(
                id,
                texts(file.path("aliases")),
                file.path("summary").asText(),
                file.path("modified").asText(),
                affected));
    }

    /** An ecosystem may have the address of a repository behind a colon; the coordinates mean the same library. */
    private static Optional<String> coordinates(JsonNode of) {
        String ecosystem = of.path("ecosystem").asText();
        if (ecosystem.equals(ECOSYSTEM) || ecosystem.startsWith(ECOSYSTEM + ":")) {
            return Optional.of(of.path("name").asText());
        }
        String purl = of.path("purl").asText();
        return purl.startsWith(PURL)
                ? Optional.of(purl.substring(PURL.length())
                        .replaceFirst("[@?#].*", "")
                        .replace('/', ':'))
                : Optional.empty();
    }

    private static Advisory.Affected affected(String coordinates, JsonNode one) {
        List<VersionRange> ranges = new ArrayList<>();
        for (JsonNode range : one.path("ranges")) {
            switch (range.path("type").asText()) {
                case "ECOSYSTEM" -> ranges.add(new VersionRange(VersionOrder.MAVEN, events(range)));
                case "SEMVER" -> ranges.add(new VersionRange(VersionOrder.SEMANTIC, events(range)));
                default -> {
                    // GIT: commits, which no library's version tells
                }
            }
        }
        Set<String> versions = new HashSet<>(texts(one.path("versions")));
        return new Advisory.Affected(coordinates, versions, ranges);
    }

    private static List<VersionRange.Event> events(JsonNode range) {
        List<VersionRange.Event> events = new ArrayList<>();
        for (JsonNode event : range.path("events")) {
            for (VersionRange.Kind kind : VersionRange.Kind.values()) {
                JsonNode version = event.path(kind.name().toLowerCase(Locale.ROOT));
                if (version.isTextual()) {
                    events.add(new VersionRange.Event(kind, version.asText()));
                }
            }
        }
        return events;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
