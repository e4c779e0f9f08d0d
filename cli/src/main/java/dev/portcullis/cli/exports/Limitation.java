package dev.portcullis.cli.exports;

import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.port.Table;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Less than a port offers, in words. */
final class Limitation {
    private Limitation() {}

    /** @param selections all of which hold, as what was asked for and what an approver allowed of it */
    static Optional<String> of(Stream<SelectedObjects> selections) {
        String sentences = selections.map(Limitation::sentence).distinct().collect(Collectors.joining(" "));
        return sentences.isEmpty() ? Optional.empty() : Optional.of(sentences);
    }

    private static String sentence(SelectedObjects select) {
        String tables = select.tables().isEmpty()
                ? ""
                : "Only " + select.tables().stream().map(Limitation::words).collect(Collectors.joining("; ")) + ".";
        String rows = select.rowFilter() == null ? "" : "Only the rows of row filter " + select.rowFilter() + ".";
        return tables.isEmpty() || rows.isEmpty() ? tables + rows : tables + " " + rows;
    }

    private static String words(Table table) {
        return table.columns().isEmpty()
                ? "table " + table.name()
                : "of table " + table.name() + " the columns " + String.join(", ", table.columns());
    }
}
