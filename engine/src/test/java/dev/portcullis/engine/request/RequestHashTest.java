package dev.portcullis.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a decision is about has one name, and nothing else has it. */
class RequestHashTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String AGREEMENT = """
            metadata: {namespace: marketing, name: churn-orders, uid: one, annotations: {portcullis.dev/requested-by: taylor@example.com}}
            spec:
              purpose: Train the monthly churn model.
              provider: {namespace: checkout, outputPort: orders-v1}
              consumer: {user: taylor@example.com, team: marketing}
              start: 2026-12-01
              end: 2027-03-31
              duration: P90D
              answers: {retention: 30 days, where: in the cloud}
              acceptedTerms: "2026-01"
              policyTerms: {pii: "3", export: "1"}
              select: {tables: [{name: orders, columns: [id]}], rowFilter: eu-only}
            """;

    private static final String SNAPSHOT = """
            portUid: port-1
            objects: {postgresql: {database: shop, schema: sales, tables: [{name: orders, columns: [id]}], rowFilters: [{name: eu-only, where: "a = 1"}]}}
            workflow: Manual
            team: marketing
            providerTeam: checkout
            terms: [{of: product, revision: "2026-01", sha256: "sha256:1"}]
            questions: [{id: retention, sha256: "sha256:1"}]
            changes: Follow
            """;

    /** A pointer into agreement or snapshot, and another value for it. */
    static Stream<List<String>> changes() {
        return Stream.of(
                        "/metadata/namespace|sales",
                        "/metadata/name|churn-order",
                        "/metadata/annotations/portcullis.dev~1requested-by|quinn@example.com",
                        "/spec/purpose|Train the monthly churn models.",
                        "/spec/provider/namespace|stock",
                        "/spec/provider/outputPort|orders-v2",
                        "/spec/consumer/user|quinn@example.com",
                        "/spec/consumer/team|sales",
                        "/spec/consumer/dataProduct|churn",
                        "/spec/start|2026-12-02",
                        "/spec/end|2027-03-30",
                        "/spec/duration|P91D",
                        "/spec/answers/retention|31 days",
                        "/spec/answers/more|yes",
                        "/spec/acceptedTerms|2026-02",
                        "/spec/policyTerms/pii|4",
                        "/spec/policyTerms/more|1",
                        "/spec/select/rowFilter|us-only",
                        "/spec/select/tables/0/name|items",
                        "/spec/select/tables/0/columns/0|sku",
                        "/snapshot/objects/postgresql/schema|stock",
                        "/snapshot/objects/postgresql/tables/0/name|items",
                        "/snapshot/objects/postgresql/tables/0/columns/0|sku",
                        "/snapshot/objects/postgresql/rowFilters/0/where|a = 2",
                        "/snapshot/terms/0/of|policy/pii/pii",
                        "/snapshot/terms/0/revision|2026-02",
                        "/snapshot/terms/0/sha256|sha256:2",
                        "/snapshot/questions/0/id|where",
                        "/snapshot/questions/0/sha256|sha256:2",
                        "/snapshot/changes|Snapshot")
                .map(change -> List.of(change.split("\\|")));
    }

    @Test
    void isASha256() {
        assertThat(hash(given())).matches("sha256:[0-9a-f]{64}");
    }

    /** Kept in Git and in tickets: another version of the program must find the same. */
    @Test
    void isTheSameInEveryVersion() {
        assertThat(hash(given())).isEqualTo("sha256:ecd7c087476b908dab1a72dc9aa9aa9d29ea16324844f41aff5e752c4c0dcb45");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changesWithEachPartOfTheRequest(List<String> change) {
        assertThat(hash(changed(change.get(0), change.get(1)))).isNotEqualTo(hash(given()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "end", "duration", "answers", "acceptedTerms", "policyTerms", "select"})
    void changesWhereAFieldIsLeftOut(String field) {
        ObjectNode given = given();
        ((ObjectNode) given.get("spec")).remove(field);

        assertThat(hash(given)).isNotEqualTo(hash(given()));
    }

    @Test
    void theChangesTriedCoverAllOfTheSpecThatIsFixed() {
        Set<String> fields = Stream.of(DataUsageAgreementSpec.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(HashSet::new));
        fields.removeAll(RequestHash.MUTABLE);

        assertThat(changes()
                        .map(change -> change.get(0).split("/"))
                        .filter(steps -> steps[1].equals("spec"))
                        .map(steps -> steps[2]))
                .containsAll(fields);
    }

    @Test
    void whatMayChangeLaterAndWhatARestoreChangesIsNoPartOfIt() {
        assertThat(Stream.of(
                                "/metadata/uid|two",
                                "/metadata/annotations/portcullis.dev~1decision|approved",
                                "/spec/suspend|true",
                                "/spec/cancelled|true",
                                "/spec/links/a|https://example.com",
                                "/snapshot/portUid|port-2",
                                "/snapshot/workflow|External",
                                "/snapshot/team|sales")
                        .map(change -> change.split("\\|"))
                        .map(change -> hash(changed(change[0], change[1]))))
                .containsOnly(hash(given()));
    }

    @Test
    void theOrderOfKeysDoesNotMatter() {
        ObjectNode turned = given();
        ObjectNode spec = (ObjectNode) turned.get("spec");
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        answers.put("where", spec.at("/answers/where"));
        answers.put("retention", spec.at("/answers/retention"));
        spec.putObject("answers").setAll(answers);

        assertThat(hash(turned)).isEqualTo(hash(given()));
    }

    @Test
    void isFrozenWhenTheRequestIsValidAndStandsInItsDecisions() {
        Mesh mesh = Mesh.standard();
        var agreement = mesh.request().look();
        String asked = agreement.status().snapshot().request();

        mesh.port().tables("orders");
        agreement.decided("approved", People.OLGA).look();
        mesh.port().tables("orders", "customers");
        agreement.decided("revoked", People.OTTO).look();

        assertThat(asked).matches("sha256:[0-9a-f]{64}");
        assertThat(agreement.approval().decisions())
                .extracting(decision -> decision.request())
                .containsExactly(asked, asked);
    }

    @Test
    void standsInTheDecisionsOfRulesToo() {
        Mesh mesh = Mesh.standard();
        mesh.port().autoApprove(true);
        var agreement = mesh.request().look();
        mesh.withoutPort();
        agreement.look();

        assertThat(agreement.decisions())
                .containsExactly("approved by rule/auto-approve", "revoked by rule/port-deleted");
        assertThat(agreement.approval().decisions())
                .extracting(decision -> decision.request())
                .containsOnly(agreement.status().snapshot().request());
    }

    @Test
    void isTheSameAfterARestoreWithoutStatus() {
        Mesh mesh = Mesh.standard();
        String before = mesh.request().look().status().snapshot().request();
        mesh.port().uid("port-after-the-restore");

        assertThat(mesh.request().look().status().snapshot().request()).isEqualTo(before);
    }

    @Provide
    Arbitrary<JsonNode> values() {
        Arbitrary<JsonNode> texts =
                Arbitraries.of("", "a", "1:a", "s1:a", "[1:", "k", "{0:").map(JSON.getNodeFactory()::textNode);
        return Arbitraries.lazyOf(
                () -> texts,
                () -> values().list()
                        .ofMaxSize(2)
                        .map(list -> JSON.createArrayNode().addAll(list)),
                () -> Arbitraries.maps(Arbitraries.of("", "a", "1:a", "ab"), values())
                        .ofMaxSize(2)
                        .map(map -> JSON.createObjectNode().setAll(map)));
    }

    @Property
    void noTwoValuesReadTheSame(@ForAll("values") JsonNode one, @ForAll("values") JsonNode other) {
        assertThat(CanonicalText.of(one).equals(CanonicalText.of(other))).isEqualTo(one.equals(other));
    }

    private static ObjectNode given() {
        ObjectNode given = yaml(AGREEMENT);
        given.set("snapshot", yaml(SNAPSHOT));
        return given;
    }

    private static ObjectNode yaml(String text) {
        return JSON.convertValue(Serialization.unmarshal("---\n" + text, Map.class), ObjectNode.class);
    }

    private static JsonNode changed(String pointer, String value) {
        ObjectNode given = given();
        int last = pointer.lastIndexOf('/');
        String field = pointer.substring(last + 1).replace("~1", "/");
        if (given.at(pointer.substring(0, last)) instanceof ArrayNode items) {
            items.set(Integer.parseInt(field), JSON.getNodeFactory().textNode(value));
        } else {
            given.withObject(pointer.substring(0, last)).put(field, value);
        }
        return given;
    }

    private static String hash(JsonNode given) {
        DataUsageAgreement agreement = new DataUsageAgreement();
        agreement.setMetadata(JSON.convertValue(given.get("metadata"), ObjectMeta.class));
        agreement.setSpec(JSON.convertValue(given.get("spec"), DataUsageAgreementSpec.class));
        return RequestHash.of(agreement, JSON.convertValue(given.get("snapshot"), Snapshot.class));
    }
}
