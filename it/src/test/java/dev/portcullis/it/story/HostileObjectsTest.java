package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.HttpURLConnection;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Objects that the API server takes and a JSON parser or writer with limits of its own does not: whoever writes one on what is theirs harms nobody, and does
 * not escape a revocation either.
 */
class HostileObjectsTest {
    private static final String API = "/apis/portcullis.dev/v1alpha1/";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    /** Levels: several times what a parser with limits takes. The API server takes 9,000, and needs ten seconds for each write of them. */
    private static final int DEEPEST = 4000;

    /** Characters that still leave room for an object in etcd. */
    private static final int LONGEST = 1_569_600;

    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();
    private final String agreements = API + "namespaces/" + story.marketing + "/datausageagreements/";
    private final String products = API + "namespaces/" + story.checkout + "/dataproducts/";
    private LogFromNowOn log;

    @BeforeEach
    void taylorReadsOrders() {
        log = new LogFromNowOn(installation);
        story.offer("orders", "[{name: orders}]", "");
        story.offer("items", "[{name: order_items}]", "autoApprove: true");
        story.request("mine", "orders", story.taylor, "");
        story.awaitPhase("mine", Phase.Requested);
        story.decide(story.olga, "mine", "approved");
        story.awaitPhase("mine", Phase.Active);
    }

    /** Also the clients of other tests could not read what is left here. */
    @AfterEach
    void leaveNothingBehind() {
        RawRequests.send(installation.admin(), "DELETE", agreements + "mine", MERGE_PATCH, "");
        RawRequests.send(installation.admin(), "DELETE", products + "hostile", MERGE_PATCH, "");
        Installation.await("mine gone", () -> installation.admin().raw(agreements + "mine") == null);
    }

    @ParameterizedTest
    @CsvSource({"997, {", DEEPEST + ", {", "3000, ["})
    void managedFieldsOfAnyDepth(int depth, String kind) {
        String nested = kind.equals("{") ? "{\"f:a\":".repeat(depth) + "{}" + "}".repeat(depth) : keyOfLists(depth);
        merge(story.taylor, agreements + "mine", managedFields("{\"f:spec\":" + nested + "}"));
        assertThat(installation.admin().raw(agreements + "mine")).contains(nested);

        othersAreServed();
        theRevocationActs();
        if (depth == DEEPEST) {
            theOperatorStartsAnew();
        }
    }

    @Test
    void managedFieldsWithAKeyOfAnyLength() {
        story.olgaProvides();
        story.applyAsAdmin("""
                apiVersion: portcullis.dev/v1alpha1
                kind: DataProduct
                metadata: {name: hostile, namespace: $checkout}
                spec: {title: Hostile}
                """);
        String key = "f:" + "k".repeat(60_000);
        merge(story.olga, products + "hostile", managedFields("{\"f:spec\":{\"" + key + "\":{}}}"));
        assertThat(installation.admin().raw(products + "hostile")).contains(key);

        othersAreServed();
        theRevocationActs();
        theOperatorStartsAnew();
    }

    /** Up to what etcd stores: where no room is left for what the operator writes down, the API server drops them. */
    @ParameterizedTest
    @ValueSource(ints = {1_000_000, LONGEST})
    void managedFieldsOfMegabytes(int length) {
        merge(story.taylor, agreements + "mine", managedFields("{\"f:spec\":{\"f:" + "k".repeat(length) + "\":{}}}"));
        assertThat(installation.admin().raw(agreements + "mine")).hasSizeGreaterThan(length);

        othersAreServed();
        theRevocationActsByDecision();
        if (length == LONGEST) {
            theOperatorStartsAnew();
        }
        assertThat(story.reads(story.taylor, "orders")).isFalse();
    }

    @Test
    void anythingElseThatTheSchemaLetsThrough() {
        Map<String, String> specs = Map.of(
                "Team", """
                {"namespaces": [], "grantAs": null, "members": [{"user": "a", "attributes": {"a": null}}], "unheardOf": [[]]}""", "DataPlatform", """
                {"postgresql": {"host": "127.0.0.1", "port": 1e0, "role": "r", "credentials": {"namespace": "none", "name": "none"}},
                 "approval": {"workflows": null}, "drift": {"interval": null}}""", "DataProduct", """
                {"title": "a", "lifecycle": null, "suspend": null, "links": {"a": null, "b": "\\u0000\\ud800"}}""", "OutputPort", """
                {"dataProduct": "odd", "platform": "odd", "workflow": null,
                 "postgresql": {"database": "d", "schema": "s", "tables": [{"name": "a", "columns": null}]}}""", "DataUsageAgreement", """
                {"purpose": "Find out what customers want\\u0000\\u007f", "provider": {"namespace": "none", "outputPort": "none"},
                 "consumer": {"user": "taylor\\u0000\\u007f\\u0085"}, "suspend": null, "tags": null}""");
        specs.forEach((kind, spec) -> {
            HttpResponse<String> answer =
                    RawRequests.send(installation.admin(), "POST", collection(kind), "application/json", """
                    {"apiVersion": "portcullis.dev/v1alpha1", "kind": "%s",
                     "metadata": {"name": "%s", "labels": {"a": null}, "finalizers": null, "managedFields": [null], "unheardOf": [{}],
                      "creationTimestamp": "0000-01-01T00:00:00+23:00", "deletionGracePeriodSeconds": 9223372036854775807,
                      "annotations": {%s"a": null, "b": "\\u0000\\ud800"}},
                     "spec": %s}""".formatted(
                            kind,
                            story.checkout,
                            kind.equals("DataUsageAgreement") ? "\"portcullis.dev/requested-by\": \"admin\", " : "",
                            spec));
            assertThat(answer.code()).as(kind + ": " + answer.body()).isEqualTo(HttpURLConnection.HTTP_CREATED);
        });

        story.awaitPhase(story.checkout, Phase.Invalid);
        othersAreServed();
        theOperatorStartsAnew();
        specs.keySet()
                .forEach(kind -> RawRequests.send(
                        installation.admin(), "DELETE", collection(kind) + "/" + story.checkout, MERGE_PATCH, ""));
    }

    /** Whoever may change the agreement says of a part of the decision that is not there that it was written long after the operator is gone. */
    @Test
    void managedFieldsOfATimeToCome() {
        merge(
                story.taylor,
                agreements + "mine",
                managedFields("{\"f:metadata\":{\"f:annotations\":{\"f:portcullis.dev/decision-metadata\":{}}}}")
                        .replace("2026-11-22", "9998-12-31"));
        assertThat(installation.admin().raw(agreements + "mine")).contains("9998-12-31");

        story.decide(story.olga, "mine", "revoked");

        story.awaitPhase("mine", Phase.Revoked);
        story.awaitReads(story.taylor, "orders", false);
    }

    @ParameterizedTest
    @CsvSource({"995 levels, DecisionTooLong", "a long key, DecisionTooLong", "half a character, DecisionIncomplete"})
    void metadataThatNoStatusHolds(String what, String reason) {
        String metadata = switch (what) {
            case "995 levels" -> "{\"a\":" + "[".repeat(994) + "]".repeat(994) + "}";
            case "a long key" -> "{\"" + "k".repeat(1023) + "\":1}";
            default -> "{\"a\":\"\\ud83d\"}";
        };
        merge(story.olga, agreements + "mine", decision("revoked", "at first", metadata));

        DataUsageAgreement refused = story.awaitAgreement(
                "mine", "refused", agreement -> agreement.getStatus().approval().refusedDecision() != null);
        assertThat(refused.getStatus().conditions()).anySatisfy(condition -> {
            assertThat(condition.type()).isEqualTo("Approved");
            assertThat(condition.reason()).isEqualTo(reason);
        });

        theRevocationActs();
    }

    @Test
    void charactersThatYamlDoesNotTake() {
        String odd = "\u0000\u0007\u007f\u0080\u0085\u2028\ufeff\ufffe\uffff😀";
        String metadata = "{\"" + "\\u0000".repeat(128) + "\":[" + "[".repeat(14) + "\"" + odd.substring(2) + "\""
                + "]".repeat(14) + "]}";

        merge(story.olga, agreements + "mine", decision("revoked", "odd " + odd + " indeed", metadata));

        DecisionRecord revoked = story.awaitPhase("mine", Phase.Revoked)
                .getStatus()
                .approval()
                .decisions()
                .get(1);
        assertThat(revoked.reason()).isEqualTo("odd " + odd + " indeed");
        assertThat(revoked.metadata()).containsOnlyKeys("\u0000".repeat(128));
        assertThat(revoked.metadata().toString()).contains(odd.substring(2));
        story.awaitReads(story.taylor, "orders", false);
        nothingWentWrong();
    }

    private void othersAreServed() {
        story.request("other", "items", story.quinn, "");
        story.awaitPhase("other", Phase.Active);
        story.awaitReads(story.quinn, "order_items", true);
        story.delete("other");
        story.awaitReads(story.quinn, "order_items", false);
        nothingWentWrong();
    }

    private void theRevocationActs() {
        assertThat(story.reads(story.taylor, "orders")).isTrue();
        merge(story.olga, agreements + "mine", decision("revoked", "enough", "{}"));
        story.awaitReads(story.taylor, "orders", false);
        mineIsRevoked();
    }

    /** No client of Java reads all that can be there. */
    private void mineIsRevoked() {
        Installation.await(
                "mine revoked",
                () -> installation.admin().raw(agreements + "mine").contains("\"phase\":\"Revoked\""));
    }

    /** For which nothing has to be written to the agreement itself. */
    private void theRevocationActsByDecision() {
        story.olgaProvides();
        assertThat(story.reads(story.taylor, "orders")).isTrue();
        story.apply(installation.as(story.olga), """
                apiVersion: portcullis.dev/v1alpha1
                kind: Decision
                metadata: {name: enough, namespace: $checkout}
                spec: {outputPort: orders, agreement: {namespace: $marketing, name: mine}, decision: revoked, reason: Enough.}
                """);
        story.awaitReads(story.taylor, "orders", false);
        mineIsRevoked();
    }

    private void theOperatorStartsAnew() {
        installation.operator().stop();
        installation.restartOperator();
        nothingWentWrong();
    }

    private void nothingWentWrong() {
        assertThat(installation.operator().isLive()).isTrue();
        // a watch that the API server ends begins anew in a moment
        Installation.await("operator ready", installation.operator()::isReady);
        assertThat(log.faults()).isEmpty();
    }

    private String collection(String kind) {
        boolean ofCluster = kind.equals("Team") || kind.equals("DataPlatform");
        return API + (ofCluster ? "" : "namespaces/" + story.marketing + "/") + kind.toLowerCase(Locale.ROOT) + "s";
    }

    private static String managedFields(String fields) {
        return "{\"metadata\":{\"managedFields\":[{\"manager\":\"hostile\",\"operation\":\"Update\",\"apiVersion\":\"portcullis.dev/v1alpha1\","
                + "\"time\":\"2026-11-22T12:00:00Z\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":" + fields + "}]}}";
    }

    private static String keyOfLists(int depth) {
        return "{\"v:" + "[".repeat(depth) + "]".repeat(depth) + "\":{}}";
    }

    private static String decision(String word, String reason, String metadata) {
        return "{\"metadata\":{\"annotations\":{\"portcullis.dev/decision\":" + json(word)
                + ",\"portcullis.dev/decision-reason\":" + json(reason) + ",\"portcullis.dev/decision-metadata\":"
                + json(metadata) + "}}}";
    }

    /** All of ASCII that JSON does not take as it is, escaped. */
    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars()
                .forEach(c -> json.append(
                        c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return json.append('"').toString();
    }

    private void merge(String person, String path, String patch) {
        HttpResponse<String> answer = patch(person, path, patch);
        assertThat(answer.code()).as(answer.body()).isEqualTo(HttpURLConnection.HTTP_OK);
    }

    private HttpResponse<String> patch(String person, String path, String patch) {
        return RawRequests.send(installation.as(person), "PATCH", path, MERGE_PATCH, patch);
    }
}
