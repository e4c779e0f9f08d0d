package dev.portcullis.platform.postgresql.state;

import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A relation that is read when a table or view of a profile is: the table itself, or what is beneath a view.
 *
 * @param relation what is read
 * @param owner its owner
 * @param by the view through which it is read; empty: it is the profile's own
 * @param columns what the view needs of it; empty: anything, or of a great many columns
 * @param open whether PUBLIC has SELECT on all of it
 * @param rows who row level security lets read
 */
public record Beneath(
        SqlObject.Table relation, String owner, Optional<By> by, Set<String> columns, boolean open, Rows rows) {
    public Beneath {
        columns = Set.copyOf(columns);
    }

    /**
     * A view.
     *
     * @param view which
     * @param invoker whether what is beneath is read by the rights of whoever reads the view (security_invoker, since 15), and not by its owner's
     * @param owner its owner
     * @param ownerReads whether the owner has SELECT on the relation, or on some of its columns
     */
    public record By(SqlObject.Table view, boolean invoker, String owner, boolean ownerReads) {}

    /**
     * Row level security of a relation.
     *
     * @param enabled whether it is on, and holds for whom the relation is read as
     * @param forEverybody whether a permissive policy for SELECT is TO PUBLIC
     * @param forOwner whether one is for the owner of the view through which it is read
     * @param roles those the other permissive policies for SELECT are for, by name
     */
    public record Rows(boolean enabled, boolean forEverybody, boolean forOwner, List<String> roles) {
        public Rows {
            roles = List.copyOf(roles);
        }
    }

    /** Whether it is read by the rights of whoever reads the profile. */
    public boolean asReader() {
        return by.map(By::invoker).orElse(true);
    }
}
