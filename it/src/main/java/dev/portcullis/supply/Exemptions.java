package dev.portcullis.supply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Faults that somebody has looked at and lives with for a time. */
record Exemptions(List<Exemption> all) {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> FIELDS = Set.of("id", "library", "reason", "until");

    static final Exemptions NONE = new Exemptions(List.of());

    Exemptions {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param id a name of the advisory, its own or an alias
     * @param until the last day on which it holds, in UTC
     */
    record Exemption(String id, String library, String reason, LocalDate until) {
        boolean isAbout(Fault fault) {
            return fault.names().contains(id) && library.equals(fault.library().coordinates());
        }
    }

    /**
     * Reads a list of them, each with id, library, reason and until.
     *
     * @throws MissingData if one of them leaves something out: without a reason and a day it is none
     */
    static Exemptions read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new MissingData(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Exemptions parse(String yaml, String whence) {
        try {
            List<Exemption> all = new ArrayList<>();
            for (JsonNode one : YAML.readTree(yaml)) {
                all.add(exemption(one, whence));
            }
            return new Exemptions(all);
        } catch (IOException e) {
            throw new MissingData(whence + " is no list in YAML: " + e.getMessage(), e);
        }
    }

    private static Exemption exemption(JsonNode one, String whence) {
        Set<String> unknown = new HashSet<>();
        one.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(FIELDS);
        boolean whole =
                FIELDS.stream().noneMatch(field -> one.path(field).asText().isBlank());
        if (!whole || !unknown.isEmpty()) {
            throw new MissingData(
                    whence + ": an exemption has id, library, reason and until, and nothing else: " + one);
        }
        try {
            return new Exemption(
                    one.path("id").asText(),
                    one.path("library").asText(),
                    one.path("reason").asText(),
                    LocalDate.parse(one.path("until").asText()));
        } catch (DateTimeException e) {
            throw new MissingData(whence + ": until is a day such as 2027-01-31: " + one, e);
        }
    }

    Optional<Exemption> on(Fault fault) {
        return all.stream().filter(one -> one.isAbout(fault)).findFirst();
    }
}
