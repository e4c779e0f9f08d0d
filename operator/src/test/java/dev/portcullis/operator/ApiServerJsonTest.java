package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.engine.decision.WrittenDecision;
import dev.portcullis.operator.given.Samples;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the API server lets a tenant store can be read, kept and cloned; whatever is written it takes. */
class ApiServerJsonTest {
    /** Go's decoder takes no more. */
    private static final int DEEPEST = 10_000;

    private static final int LONGEST = 3 << 20;

    private final KubernetesSerialization json = ApiServerJson.serialization();

    static Stream<Arguments> everythingOnEveryKind() {
        Map<String, CustomResource<?, ?>> kinds = new LinkedHashMap<>();
        kinds.put("Team", Samples.team("marketing", "marketing"));
        kinds.put("DataPlatform", Samples.platform("warehouse"));
        kinds.put("DataProduct", Samples.product("orders"));
        kinds.put("OutputPort", Samples.port("orders-v1", "port-1"));
        kinds.put("DataUsageAgreement", Samples.provisioned("churn", "taylor", "taylor"));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("nested 997 deep", nested("f:a", 997));
        fields.put("nested as deep as Go reads", nested("f:a", DEEPEST));
        fields.put(
                "nested inside what is read",
                "{\"f:metadata\":{\"f:annotations\":" + nested("f:portcullis.dev/decision", 9000) + "}}");
        fields.put("lists in lists", "{\"f:a\":" + "[".repeat(DEEPEST) + "]".repeat(DEEPEST) + "}");
        fields.put("a long name", "{\"f:" + "k".repeat(LONGEST) + "\":{}}");
        fields.put(
                "a long name among the annotations",
                "{\"f:metadata\":{\"f:annotations\":{\"f:" + "k".repeat(60_000) + "\":{}}}}");
        fields.put("a long text", "{\"f:a\":\"" + "x".repeat(LONGEST) + "\"}");
        fields.put("a long number", "{\"f:a\":" + "9".repeat(5_000) + ",\"f:b\":-1." + "9".repeat(5_000) + "e99999}");
        fields.put("other things than objects", "{\"f:metadata\":[{\"f:annotations\":1}]}");
        fields.put("other things than annotations", "{\"f:metadata\":{\"f:annotations\":\"all\"}}");
        fields.put("a text", "\"all\"");
        fields.put("a list", "[[],{}]");
        fields.put("null", "null");
        return kinds.entrySet().stream()
                .flatMap(kind -> fields.entrySet().stream()
                        .map(field -> Arguments.of(kind.getKey(), field.getKey(), kind.getValue(), field.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everythingOnEveryKind")
    void managedFieldsCanHoldAnything(String kind, String what, CustomResource<?, ?> object, String fields) {
        String text = withManagedFields(object, fields);

        CustomResource<?, ?> read = json.unmarshal(text, object.getClass());

        assertThat(read.getMetadata().getName()).isEqualTo(object.getMetadata().getName());
        assertThat(read.getSpec()).isEqualTo(object.getSpec());
        assertThat(read.getStatus()).isEqualTo(object.getStatus());
        assertThat(json.asJson(read)).as("nothing of it is kept").hasSizeLessThan(5_000);
        CustomResource<?, ?> clone = json.clone(read);
        assertThat(clone.getMetadata()).isEqualTo(read.getMetadata());
        assertThat(clone.getSpec()).isEqualTo(object.getSpec());
        assertThat(clone.getStatus()).isEqualTo(object.getStatus());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everythingOnEveryKind")
    void soCanThoseThatAreListedAndWatched(String kind, String what, CustomResource<?, ?> object, String fields) {
        json.registerKubernetesResource(object.getClass());
        String text = withManagedFields(object, fields);

        WatchEvent event = json.unmarshal("{\"type\":\"MODIFIED\",\"object\":" + text + "}", WatchEvent.class);
        DefaultKubernetesResourceList<?> list = json.unmarshal(
                new ByteArrayInputStream(
                        ("{\"kind\":\"" + kind + "List\",\"items\":[" + text + "]}").getBytes(StandardCharsets.UTF_8)),
                new TypeReference<DefaultKubernetesResourceList<?>>() {
                    @Override
                    public Type getType() {
                        return json.constructParametricType(DefaultKubernetesResourceList.class, object.getClass());
                    }
                });

        assertThat(event.getObject()).isInstanceOf(object.getClass());
        assertThat(((List<?>) list.getItems())).singleElement().isInstanceOf(object.getClass());
    }

    @Test
    void whoWroteOurAnnotationsIsReadAndCloned() {
        DataUsageAgreement agreement = Samples.approved("churn", "taylor");
        agreement.getMetadata().setAnnotations(Map.of(Annotations.DECISION, "revoked"));
        String text = withManagedFields(agreement, """
                {"f:a": {"f:metadata": {}}, "f:metadata": {"f:labels": {"f:portcullis.dev/label": {}},
                 "f:annotations": {".": {}, "f:example.com/a": {}, "f:portcullis.dev/decision": {}, "f:portcullis.dev/decision-reason": {"f:a": 1}},
                 "f:portcullis.dev/other": {}}, "f:spec": {"f:annotations": {"f:portcullis.dev/spec": {}}}}""");

        DataUsageAgreement read = json.clone(json.unmarshal(text, DataUsageAgreement.class));

        ManagedFieldsEntry entry = read.getMetadata().getManagedFields().get(0);
        assertThat(entry.getManager()).isEqualTo("kubectl-annotate");
        assertThat(entry.getFieldsV1().getAdditionalProperties())
                .isEqualTo(Map.of(
                        "f:metadata",
                        Map.of(
                                "f:annotations",
                                Map.of(
                                        "f:portcullis.dev/decision",
                                        Map.of(),
                                        "f:portcullis.dev/decision-reason",
                                        Map.of()))));
        assertThat(WrittenDecision.in(read.getMetadata()).orElseThrow().writtenAt())
                .containsExactly(Instant.parse("2026-11-22T12:00:00Z"));
    }

    /** Only the operator writes it; an earlier one wrote whatever Jackson wrote, a thousand levels deep. */
    @Test
    void theMetadataOfARecordedDecisionCanHoldAnything() {
        String status =
                "{\"approval\":{\"status\":\"Approved\",\"decisions\":[{\"decision\":\"approved\",\"by\":\"olga\",\"at\":\"2026-11-22T12:00:00Z\",\"via\":\"Annotation\",\"metadata\":%s}]}}";

        for (String metadata : List.of(
                nested("a", 9_990),
                "{\"a\":" + "[".repeat(9_990) + "]".repeat(9_990) + "}",
                "[1]",
                "\"text\"",
                "{\"" + "k".repeat(60_000) + "\":1}",
                "{\"a\":" + "9".repeat(5_000) + ",\"b\":1e400}",
                "{\"a\":null}")) {
            DataUsageAgreement read = json.unmarshal(
                    "{\"apiVersion\":\"portcullis.dev/v1alpha1\",\"kind\":\"DataUsageAgreement\",\"metadata\":{\"name\":\"churn\"},\"status\":"
                            + status.formatted(metadata) + "}",
                    DataUsageAgreement.class);

            assertThat(json.clone(read).getStatus().approval().decisions()).hasSize(1);
        }
    }

    @Test
    void theMetadataOfARecordedDecisionIsReadAsItWasWritten() {
        DataUsageAgreement read = json.unmarshal("""
                {"apiVersion": "portcullis.dev/v1alpha1", "kind": "DataUsageAgreement", "metadata": {"name": "churn"},
                 "status": {"approval": {"status": "Approved", "decisions": [{"decision": "approved", "by": "olga", "at": "2026-11-22T12:00:00Z",
                  "via": "Annotation", "metadata": {"ticket": "DATA-7", "votes": {"dpo": true, "cto": null}, "days": [30, 2.5, {"more": []}]}}]}}}""", DataUsageAgreement.class);

        Map<String, Object> votes = new LinkedHashMap<>();
        votes.put("dpo", true);
        votes.put("cto", null);
        assertThat(read.getStatus().approval().decisions().get(0).metadata())
                .isEqualTo(Map.of(
                        "ticket", "DATA-7", "votes", votes, "days", List.of(30, 2.5, Map.of("more", List.of()))));
    }

    @Test
    void equalTextsAreKeptOnce() {
        String text = json.asJson(Samples.provisioned("churn", "taylor", "taylor"));

        DataUsageAgreement first = json.unmarshal(text, DataUsageAgreement.class);
        DataUsageAgreement second = json.unmarshal(text, DataUsageAgreement.class);

        assertThat(second.getMetadata().getUid()).isSameAs(first.getMetadata().getUid());
        assertThat(second.getSpec().purpose()).isSameAs(first.getSpec().purpose());
        assertThat(second.getStatus().snapshot().team())
                .isSameAs(first.getStatus().snapshot().team());
        assertThat(second.getStatus().provisioning().principals().get(0))
                .isSameAs(first.getStatus().provisioning().principals().get(0));
    }

    @Test
    void longTextsAreNotRemembered() {
        DataUsageAgreement agreement = Samples.request("churn", "taylor");
        agreement.getMetadata().setAnnotations(Map.of("example.com/long", "x".repeat(257)));
        String text = json.asJson(agreement);

        DataUsageAgreement first = json.unmarshal(text, DataUsageAgreement.class);
        DataUsageAgreement second = json.unmarshal(text, DataUsageAgreement.class);

        assertThat(second.getMetadata().getAnnotations())
                .isEqualTo(first.getMetadata().getAnnotations());
        assertThat(second.getMetadata().getAnnotations().get("example.com/long"))
                .isNotSameAs(first.getMetadata().getAnnotations().get("example.com/long"));
        assertThat(second.getMetadata().getAnnotations().keySet().iterator().next())
                .isSameAs(
                        first.getMetadata().getAnnotations().keySet().iterator().next());
    }

    @Test
    void ofWritersWithoutAnnotationsOfOursNothingIsKept() {
        DataUsageAgreement read = json.unmarshal(
                withManagedFields(
                        Samples.request("churn", "taylor"),
                        "{\"f:metadata\":{\"f:annotations\":{\"f:example.com/a\":{}}}}"),
                DataUsageAgreement.class);

        assertThat(read.getMetadata().getManagedFields())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getFieldsV1().getAdditionalProperties())
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {Team.class, DataPlatform.class, DataProduct.class, OutputPort.class, DataUsageAgreement.class})
    void metadataMayBeAsOddAsTheApiServerAllows(Class<? extends HasMetadata> kind) {
        HasMetadata read = json.unmarshal("""
                {"metadata": {"name": "a", "generation": 9223372036854775807, "deletionGracePeriodSeconds": 9223372036854775807,
                 "labels": null, "annotations": {"a": null, "b": "\\u0000\\ud800"}, "finalizers": null, "ownerReferences": null, "selfLink": "x",
                 "managedFields": [{"manager": "\\u0000", "operation": "Update", "time": null, "fieldsV1": null, "subresource": ""}, null],
                 "unheardOf": [[{}]]}, "spec": null, "status": null}""", kind);

        assertThat(json.asJson(json.<HasMetadata>clone(read))).isEqualTo(json.asJson(read));
    }

    /** What is applied is read as YAML. */
    @Test
    void whatYamlDoesNotTakeIsEscaped() {
        String text = "\u0000\u001f\u007f\u0080\u0085\u009f\u2028\u2029\ufffe\uffff";

        assertThat(json.asJson(text))
                .isEqualTo("\"\\u0000\\u001F\\u007F\\u0080\\u0085\\u009f\\u2028\\u2029\\ufffe\\uffff\"");
        assertThat(json.<String>clone(text)).isEqualTo(text);
        assertThat(json.asJson(Map.of(text, 1))).isASCII();
    }

    @Test
    void allElseIsWrittenAsItIs() {
        String text = " ~äß漢\u00a0\ud7ff\ue000\ufeff\ufffd😀\ud83d";

        assertThat(json.asJson(text)).isEqualTo('"' + text + '"');
        assertThat(json.asJson("\"\\\n\t/")).isEqualTo("\"\\\"\\\\\\n\\t/\"");
    }

    private String withManagedFields(CustomResource<?, ?> object, String fields) {
        String text = json.asJson(object);
        String entries =
                "\"managedFields\":[{\"manager\":\"kubectl-annotate\",\"operation\":\"Update\",\"apiVersion\":\"portcullis.dev/v1alpha1\","
                        + "\"time\":\"2026-11-22T12:00:00Z\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":" + fields
                        + "}],";
        int metadata = text.indexOf("\"metadata\":{") + "\"metadata\":{".length();
        return text.substring(0, metadata) + entries + text.substring(metadata);
    }

    private static String nested(String name, int depth) {
        return ("{\"" + name + "\":").repeat(depth) + "{}" + "}".repeat(depth);
    }
}
