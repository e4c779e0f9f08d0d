package dev.portcullis.cli.imports;

import java.util.List;
import java.util.Optional;

/** Where tables are, as far as somebody says it. */
record Location(Optional<String> database, Optional<String> schema, List<String> tables) {
    static final Location UNKNOWN = new Location(Optional.empty(), Optional.empty(), List.of());

    /** What this one does not say, another does. */
    Location or(Location other) {
        return new Location(
                database.or(other::database), schema.or(other::schema), tables.isEmpty() ? other.tables : tables);
    }

    boolean isWhole() {
        return database.isPresent() && schema.isPresent() && !tables.isEmpty();
    }
}
