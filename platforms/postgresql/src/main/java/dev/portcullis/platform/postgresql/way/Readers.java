package dev.portcullis.platform.postgresql.way;

import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who can read the tables of one database, as far as anybody concerned can act as them. */
final class Readers {
    private final Map<SqlObject.Table, List<Reader>> byTable;
    private final Map<PostgresqlProfile, List<Reader>> byProfile = new HashMap<>();

    Readers(Collection<Reader> readers, RoleGraph graph) {
        this.byTable = readers.stream()
                .filter(reader -> reader.isPublic() || graph.knows(reader.role()))
                .collect(Collectors.groupingBy(Reader::table));
    }

    /** Of all tables of a profile. */
    List<Reader> of(PostgresqlProfile profile) {
        return byProfile.computeIfAbsent(
                profile,
                key -> key.tables().keySet().stream()
                        .flatMap(
                                name -> byTable
                                        .getOrDefault(
                                                new SqlObject.Table(key.database(), key.schema(), name), List.of())
                                        .stream())
                        .toList());
    }
}
