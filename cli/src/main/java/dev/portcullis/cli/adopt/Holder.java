package dev.portcullis.cli.adopt;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A role that was granted tables, and the users who have them by it.
 *
 * @param role its name on the server
 * @param single whether it is a login that was granted to itself: then the one user is its own
 * @param users who have it, of those an agreement can be for
 * @param tables with their columns; no columns: the whole table
 */
record Holder(
        String role, boolean single, SortedSet<String> users, SortedMap<SqlObject.Table, SortedSet<String>> tables) {}
