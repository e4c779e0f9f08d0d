package dev.portcullis.platform.postgresql.plan;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.api.FirstFew;
import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.ObjectFacts;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.view.Served;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether all objects of a profile are there and may be passed on. */
public final class ObjectJudge {
    /** How many things a message lists. */
    private static final int LISTED = 5;

    private final PostgresqlObserved seen;
    private final Views views;

    /** Of what is offered, which nothing is made for. */
    public ObjectJudge(PostgresqlObserved seen) {
        this(seen, new Views(seen, Unmanaged.Report, List.of()));
    }

    ObjectJudge(PostgresqlObserved seen, Views views) {
        this.seen = seen;
        this.views = views;
    }

    /** Whether the object is made in the same plan, so that nobody has anything on it. */
    boolean isNew(SqlObject object) {
        return views.isNew(object);
    }

    /** Whether a privilege can be granted now, or once its object is made. */
    boolean grantable(Privilege privilege) {
        if (Served.isView(privilege.object())) {
            return views.isServed(privilege.object());
        }
        return seen.facts(privilege.object()).filter(ObjectFacts::grantable).isPresent();
    }

    /** Whether its database can be connected to. */
    boolean reachable(PostgresqlProfile profile) {
        return seen.facts(new SqlObject.Database(profile.database())).isPresent()
                && !seen.refusedDatabases().containsKey(profile.database());
    }

    /**
     * Why the profile cannot be given whole; empty: it can.
     *
     * @param held what its role has already: that need not be granted again
     */
    Optional<Problem> problem(PostgresqlProfile profile, Set<Privilege> held) {
        return database(profile)
                .or(() -> noTable(profile))
                .or(() -> missing(profile))
                .or(() -> notGrantable(profile, held));
    }

    /** The same of a profile that nobody has yet, for whoever offers it. */
    public Optional<ObjectsFound.Fault> fault(PostgresqlProfile profile) {
        return problem(profile, Set.of()).map(problem -> new ObjectsFound.Fault(problem.reason(), problem.message()));
    }

    private Optional<Problem> database(PostgresqlProfile profile) {
        String database = quote(profile.database());
        String refusal = seen.refusedDatabases().get(profile.database());
        if (refusal != null) {
            return notFound("database " + database + " cannot be used: " + refusal);
        }
        if (!reachable(profile)) {
            return notFound("the server has no database " + database + " (yet)");
        }
        boolean schema = seen.facts(new SqlObject.Schema(profile.database(), profile.schema()))
                .isPresent();
        return schema
                ? Optional.empty()
                : notFound("database " + database + " has no schema " + quote(profile.schema())
                        + " (yet): create it, or name another one on the port");
    }

    /** A sequence, say, has a table's kind of name. */
    private Optional<Problem> noTable(PostgresqlProfile profile) {
        Set<String> others = new TreeSet<>();
        for (String table : profile.tables().keySet()) {
            String name = quote(profile.schema(), table);
            for (String kind : SqlObject.Other.NO_TABLES) {
                SqlObject other = new SqlObject.Other(Optional.of(profile.database()), kind, name);
                if (seen.facts(other).isPresent()) {
                    others.add(name + " is of kind " + kind);
                }
            }
        }
        return others.isEmpty()
                ? Optional.empty()
                : notFound(
                        "in database " + quote(profile.database()) + " " + Listed.of(others)
                                + ": only tables, views, materialized views and foreign tables can be offered; take it off the port");
    }

    private Optional<Problem> missing(PostgresqlProfile profile) {
        Set<String> missing = new LinkedHashSet<>();
        for (Privilege privilege : profile.privileges()) {
            SqlObject object = privilege.object();
            if (seen.facts(object).isEmpty()) {
                boolean column = object instanceof SqlObject.Columns columns
                        && seen.facts(columns.table()).isPresent();
                missing.add(
                        column
                                ? "column" + object.columnList() + " of " + object.target()
                                : tableOf(object).target());
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : notFound("database " + quote(profile.database()) + " has no " + FirstFew.of(LISTED, missing)
                        + " (yet): create it, or take it off the port");
    }

    private Optional<Problem> notGrantable(PostgresqlProfile profile, Set<Privilege> held) {
        List<Privilege> lacking = profile.privileges().stream()
                .filter(privilege -> !held.contains(privilege) && !grantable(privilege))
                .toList();
        if (lacking.isEmpty()) {
            return Optional.empty();
        }
        List<String> statements = new ArrayList<>();
        Set<String> owners = new LinkedHashSet<>();
        for (Privilege privilege : Privilege.merged(lacking)) {
            statements.add(privilege.grantTo(seen.operator().name()) + " WITH GRANT OPTION;");
        }
        lacking.forEach(
                privilege -> seen.facts(privilege.object()).ifPresent(facts -> owners.add(quote(facts.owner()))));
        return Optional.of(new Problem(
                Reason.GrantOptionMissing,
                "the operator may not pass this on; in database " + quote(profile.database()) + ", as "
                        + String.join(" and ", owners) + ", run: "
                        + FirstFew.of(LISTED, " ", statements)));
    }

    private static SqlObject tableOf(SqlObject object) {
        return object instanceof SqlObject.Columns columns ? columns.table() : object;
    }

    private static Optional<Problem> notFound(String message) {
        return Optional.of(new Problem(Reason.ObjectNotFound, message));
    }
}
