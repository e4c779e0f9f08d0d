package dev.portcullis.platform.postgresql.plan;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.ObjectsFound.Notice;
import dev.portcullis.platform.Selection;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Beneath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether somebody who has a profile's SELECTs reads anything by them: views with security_invoker and row level security may want more. */
public final class ReadJudge {
    private final Map<SqlObject.Table, List<Beneath>> beneath;

    public ReadJudge(Map<SqlObject.Table, List<Beneath>> beneath) {
        this.beneath = beneath;
    }

    /** What stands in the way, and what to do; empty: nothing that can be seen. */
    public Optional<Notice> notice(PostgresqlProfile profile) {
        TreeMap<String, String> reasonByMessage = new TreeMap<>();
        for (String name : profile.tables().keySet()) {
            SqlObject.Table table = new SqlObject.Table(profile.database(), profile.schema(), name);
            for (Beneath relation : beneath.getOrDefault(table, List.of())) {
                privilege(profile, relation).ifPresent(message -> reasonByMessage.put(message, "SelectBeneathMissing"));
                rows(relation).ifPresent(message -> reasonByMessage.put(message, "RowSecurity"));
            }
        }
        return reasonByMessage.isEmpty()
                ? Optional.empty()
                : Optional.of(new Notice(
                        Notice.Type.MayNotRead,
                        reasonByMessage.firstEntry().getValue(),
                        Listed.of(reasonByMessage.keySet(), "; ")));
    }

    /** The right to read what is beneath a view. */
    private static Optional<String> privilege(PostgresqlProfile profile, Beneath relation) {
        if (relation.by().isEmpty()) {
            return Optional.empty();
        }
        Beneath.By by = relation.by().get();
        String view = by.view().target().replace("TABLE ", "view ");
        if (by.invoker()) {
            return relation.open() || has(profile, relation)
                    ? Optional.empty()
                    : Optional.of(view
                            + " is read by the rights of whoever reads it (security_invoker), who lack SELECT"
                            + columns(relation) + " on " + relation.relation().target()
                            + ": name that on the port too, or run as " + quote(by.owner()) + ": ALTER VIEW "
                            + quote(by.view().schema(), by.view().name()) + " SET (security_invoker = false);");
        }
        return by.ownerReads()
                ? Optional.empty()
                : Optional.of(view + " reads " + relation.relation().target() + " by the rights of its owner "
                        + quote(by.owner()) + ", who lacks SELECT; run as " + quote(relation.owner())
                        + ": GRANT SELECT ON " + relation.relation().target() + " TO " + quote(by.owner()) + ";");
    }

    private static boolean has(PostgresqlProfile profile, Beneath relation) {
        SqlObject.Table table = relation.relation();
        Selection selection =
                profile.schema().equals(table.schema()) ? profile.tables().get(table.name()) : null;
        return selection instanceof Selection.Whole
                || (selection instanceof Selection.Some some && some.parts().containsAll(relation.columns()));
    }

    private static String columns(Beneath relation) {
        return relation.columns().isEmpty()
                ? ""
                : " ("
                        + Listed.of(new TreeSet<>(relation.columns())
                                .stream().map(name -> quote(name)).toList()) + ")";
    }

    private static Optional<String> rows(Beneath relation) {
        Beneath.Rows rows = relation.rows();
        boolean policy = relation.asReader() ? rows.forEverybody() : rows.forOwner();
        if (!rows.enabled() || policy) {
            return Optional.empty();
        }
        String who = relation.asReader()
                ? "everybody"
                : quote(relation.by().orElseThrow().owner()) + ", by whose rights "
                        + relation.by().orElseThrow().view().target().replace("TABLE ", "view ") + " reads it";
        String only = rows.roles().isEmpty()
                ? "nobody"
                : "only members of "
                        + Listed.of(
                                rows.roles().stream().map(name -> quote(name)).toList());
        return Optional.of("row level security of " + relation.relation().target() + " has no policy for " + who + ": "
                + only + " may read a row; run as " + quote(relation.owner()) + ": CREATE POLICY <name> ON "
                + quote(relation.relation().schema(), relation.relation().name()) + " FOR SELECT TO "
                + (relation.asReader()
                        ? "PUBLIC"
                        : quote(relation.by().orElseThrow().owner()))
                + " USING (<which rows>);");
    }
}
