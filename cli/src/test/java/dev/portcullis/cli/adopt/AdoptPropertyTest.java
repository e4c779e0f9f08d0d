package dev.portcullis.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.cli.document.DocumentWriter;
import dev.portcullis.cli.document.Format;
import dev.portcullis.cli.document.HostileNames;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.platform.postgresql.session.ReadSurvey;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.way.Read;
import dev.portcullis.platform.postgresql.way.Reads;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a server calls its roles, schemas, tables and columns: the API server takes what is written, and it gives each login what it could read. */
class AdoptPropertyTest {
    private static final String DATABASE = "my \"shop\"";
    private static final PrincipalMapper MAPPER = new PrincipalMapper(new PrincipalExpressions());
    private static final AdoptRules RULES =
            new AdoptRules("warehouse", Optional.empty(), Optional.empty(), Map.of(), "adopted", "portcullis");

    @Property
    void everythingThatWasFoundIsWrittenOrSaid(@ForAll("reads") Set<Read> reads) {
        Adoption adoption = Adoption.of(
                Map.of(DATABASE, new ReadSurvey.Found(new Reads(reads, Map.of()), Map.of(), Set.of())), RULES, MAPPER);

        int written = HostileNames.areTaken(DocumentWriter.text(Format.YAML, adoption.manifests()));

        assertThat(written).isEqualTo(adoption.manifests().size());
        assertThat(given(adoption.manifests())).isEqualTo(asked(reads, adoption.unexplained()));
    }

    /** LOGIN reads TABLE of SCHEMA, for what was found. */
    private static Set<String> asked(Set<Read> reads, List<String> unexplained) {
        return reads.stream()
                .filter(read -> unexplained.stream()
                        .noneMatch(line -> line.startsWith("login " + read.login() + " is adopted by nobody")))
                .map(read -> read.login() + " reads " + read.table().schema() + "|"
                        + read.table().name())
                .collect(Collectors.toSet());
    }

    /** The same, for what is written. */
    private static Set<String> given(List<? extends JsonNode> manifests) {
        Set<String> given = new HashSet<>();
        for (JsonNode agreement : of("DataUsageAgreement", manifests)) {
            JsonNode port = of("OutputPort", manifests).stream()
                    .filter(one -> one.at("/metadata/name").equals(agreement.at("/spec/provider/outputPort"))
                            && one.at("/metadata/namespace").equals(agreement.at("/spec/provider/namespace")))
                    .findFirst()
                    .orElseThrow();
            JsonNode tables = agreement.at("/spec/select/tables").isMissingNode()
                    ? port.at("/spec/postgresql/tables")
                    : agreement.at("/spec/select/tables");
            for (String user : users(agreement, manifests)) {
                tables.forEach(table -> given.add(
                        user + " reads " + port.at("/spec/postgresql/schema").asText() + "|"
                                + table.path("name").asText()));
            }
        }
        return given;
    }

    private static List<String> users(JsonNode agreement, List<? extends JsonNode> manifests) {
        JsonNode user = agreement.at("/spec/consumer/user");
        if (!user.isMissingNode()) {
            return List.of(user.asText());
        }
        return of("Team", manifests).stream()
                .filter(team -> team.at("/metadata/name").equals(agreement.at("/spec/consumer/team")))
                .flatMap(team -> team.at("/spec/members").findValuesAsText("user").stream())
                .toList();
    }

    private static List<? extends JsonNode> of(String kind, List<? extends JsonNode> manifests) {
        return manifests.stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind))
                .toList();
    }

    @Provide
    Arbitrary<Set<Read>> reads() {
        Arbitrary<String> names = HostileNames.all();
        return Combinators.combine(names, names, names, names.optional(), names.optional())
                .as((login, schema, table, column, role) -> new Read(
                        login, new SqlObject.Table(DATABASE, schema, table), column, Read.By.GRANT, role.orElse(login)))
                .set()
                .ofMaxSize(6)
                .map(AdoptPropertyTest::whole);
    }

    /** As a server tells it: whoever acts by a role reads all that was granted to it. */
    private static Set<Read> whole(Set<Read> reads) {
        return reads.stream()
                .flatMap(read -> reads.stream()
                        .filter(other -> other.role().equals(read.role()) && isOwn(other) == isOwn(read))
                        .map(other -> new Read(read.login(), other.table(), other.column(), other.by(), other.role())))
                .collect(Collectors.toSet());
    }

    private static boolean isOwn(Read read) {
        return read.role().equals(read.login());
    }
}
