package dev.portcullis.engine.review;

import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.port.ExternalObject;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import java.util.List;
import java.util.stream.Stream;

/** Objects in words, a line for each. */
public final class ObjectLines {
    private ObjectLines() {}

    public static List<String> of(SnapshotObjects objects) {
        return Stream.concat(
                        objects.postgresql() == null ? Stream.empty() : tables(objects.postgresql()),
                        objects.external() == null
                                ? Stream.empty()
                                : objects.external().objects().stream().map(ObjectLines::line))
                .toList();
    }

    private static Stream<String> tables(PostgresqlObjects objects) {
        String schema = objects.database() + "." + objects.schema() + ".";
        return Stream.concat(
                objects.tables().stream().map(table -> schema + line(table)),
                objects.rowFilters().stream().map(filter -> "rows " + filter.name() + ": " + filter.where()));
    }

    private static String line(Table table) {
        return line(table.name(), table.columns());
    }

    private static String line(ExternalObject object) {
        return line(object.name(), object.parts());
    }

    private static String line(String name, List<String> parts) {
        return parts.isEmpty() ? name : name + " (" + String.join(", ", parts) + ")";
    }
}
