package dev.portcullis.platform.postgresql.plan;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.ObjectsFound.Notice;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Exposed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What else USAGE on a profile's schema opens, which every grant gives along. */
public final class ExposureJudge {
    private final Map<SqlObject.Schema, Exposed> exposed;

    public ExposureJudge(Map<SqlObject.Schema, Exposed> exposed) {
        this.exposed = exposed;
    }

    /** What PUBLIC may do there besides, with the statements that end it; empty: nothing. */
    public Optional<Notice> notice(PostgresqlProfile profile) {
        Exposed here =
                exposed.getOrDefault(new SqlObject.Schema(profile.database(), profile.schema()), Exposed.NOTHING);
        List<String> relations = here.relations().stream()
                .filter(name -> !profile.tables().containsKey(name))
                .map(name -> quote(profile.schema(), name))
                .toList();
        List<String> parts = new ArrayList<>();
        if (!here.routines().isEmpty()) {
            parts.add("functions that run as their owner and that PUBLIC may execute: "
                    + Listed.of(here.routines().stream()
                            .map(routine -> routine.signature() + " as " + quote(routine.owner()))
                            .toList())
                    + "; to end that, as the owner: "
                    + Listed.of(
                            here.routines().stream()
                                    .map(routine ->
                                            "REVOKE EXECUTE ON ROUTINE " + routine.signature() + " FROM PUBLIC;")
                                    .toList(),
                            " "));
        }
        if (!relations.isEmpty()) {
            parts.add("tables that are not on the port and that PUBLIC may SELECT from: " + Listed.of(relations)
                    + "; to end that, as the owner: "
                    + Listed.of(
                            relations.stream()
                                    .map(name -> "REVOKE SELECT ON " + name + " FROM PUBLIC;")
                                    .toList(),
                            " "));
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Notice(
                        Notice.Type.SchemaExposed,
                        here.routines().isEmpty() ? "TablesOfPublic" : "FunctionsOfPublic",
                        "every grant opens schema " + quote(profile.schema()) + " of database "
                                + quote(profile.database()) + " and with it "
                                + String.join(" And with it ", parts)));
    }
}
