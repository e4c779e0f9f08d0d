package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.platform.postgresql.change.Acting;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.ObservedView;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.view.Served;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** As whom the operator grants and revokes: on a view of ours as the role that owns it, on all else as itself. */
final class Actors {
    private final PostgresqlObserved seen;
    private final Set<String> owners;

    Actors(PostgresqlObserved seen) {
        this.seen = seen;
        this.owners = seen.views().owners().stream().map(ObservedRole::name).collect(Collectors.toSet());
    }

    /** @param mark of the role that is granted to: where there is no such view yet, its port's owner of views makes it first */
    Optional<Acting> on(SqlObject object, Mark mark) {
        Optional<SqlObject.Table> table = object instanceof SqlObject.Columns columns
                ? Optional.of(columns.table())
                : Optional.of(object).filter(SqlObject.Table.class::isInstance).map(SqlObject.Table.class::cast);
        return table.flatMap(view -> owner(view, mark)).map(this::as);
    }

    Acting as(String owner) {
        return new Acting(owner, seen.operator().name());
    }

    private Optional<String> owner(SqlObject.Table table, Mark mark) {
        ObservedView view = seen.views().views().get(table);
        if (view != null) {
            return Optional.of(view.owner()).filter(owners::contains);
        }
        return Served.isView(table) ? Optional.of(RoleName.views(mark.owner(), mark.port())) : Optional.empty();
    }
}
