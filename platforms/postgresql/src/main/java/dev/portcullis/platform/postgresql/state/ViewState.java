package dev.portcullis.platform.postgresql.state;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.view.TableFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was observed of the views that serve row filters.
 *
 * @param views what is in their schemas, by name
 * @param tables what filters are to be applied to
 * @param schemas where the operator may let roles make views and use them
 * @param owners roles that own views, with the owner's mark in the scope
 * @param usable names of those whose privileges the operator has, and that it can become
 */
public record ViewState(
        Map<SqlObject.Table, ObservedView> views,
        Map<SqlObject.Table, TableFacts> tables,
        Set<SqlObject.Schema> schemas,
        List<ObservedRole> owners,
        Set<String> usable) {
    /** Nothing. */
    public static final ViewState NONE = new ViewState(Map.of(), Map.of(), Set.of(), List.of(), Set.of());

    public ViewState {
        views = Map.copyOf(views);
        tables = Map.copyOf(tables);
        schemas = Set.copyOf(schemas);
        owners = List.copyOf(owners);
        usable = Set.copyOf(usable);
    }
}
