package dev.portcullis.platform.postgresql.view;

import dev.portcullis.platform.postgresql.filter.ColumnType;
import java.util.Optional;

/**
 * What is known of a table that a filter is to be applied to.
 *
 * @param number its OID: another one when it was made anew under its name
 * @param foreign whether its rows are on another server
 * @param invoker whether it is a view that is read by the rights of whoever reads it
 * @param rowSecurity whether it has row level security
 * @param columns all of them
 */
public record TableFacts(long number, boolean foreign, boolean invoker, boolean rowSecurity, TableColumns columns) {
    /**
     * A column.
     *
     * @param name its name
     * @param number counted by the server: another one when it was made anew under its name
     * @param shown its type and collation, as people and comparisons of two views read them
     * @param type what filters may take it for; empty: they may not look at it
     * @param grantable whether the operator may pass on reading it
     */
    public record Column(String name, int number, String shown, Optional<ColumnType> type, boolean grantable) {}
}
