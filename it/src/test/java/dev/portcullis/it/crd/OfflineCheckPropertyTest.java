package dev.portcullis.it.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.cli.schema.Refusal;
import dev.portcullis.cli.schema.ResourceCheck;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is wrong with a resource, the API server and {@link ResourceCheck} say the same of it. Nothing is written: the API server is asked by dry runs. */
class OfflineCheckPropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceCheck CHECK = new ResourceCheck();
    private static final int UNPROCESSABLE = 422;
    private static final int LONGEST = 20_000;
    private static final int LONGEST_MESSAGE = 150;

    /** That it looked no further, and what it has said of the field already. */
    private static final String NO_FIELD = "<nil>";

    /** What is in the cluster, by kind. */
    private static final Map<String, List<GenericKubernetesResource>> STORED = new LinkedHashMap<>();

    /** The same as it was written. */
    private static final Map<String, List<ObjectNode>> WRITTEN = new LinkedHashMap<>();

    private static final Map<String, String> PLURALS = CrdCluster.get().types().stream()
            .map(type -> type.getSpec().getNames())
            .collect(Collectors.toMap(names -> names.getKind(), names -> names.getPlural()));

    @BeforeContainer
    static void store() {
        SchemaCase.all("valid")
                .filter(one -> one.documents().toString().length() < LONGEST)
                .forEach(one -> {
                    GenericKubernetesResource resource =
                            one.documents().get(one.documents().size() - 1);
                    String kind = resource.getKind();
                    resource.getMetadata()
                            .setName("offline-"
                                    + STORED.getOrDefault(kind, List.of()).size());
                    WRITTEN.computeIfAbsent(kind, key -> new ArrayList<>()).add(JSON.valueToTree(resource));
                    STORED.computeIfAbsent(kind, key -> new ArrayList<>())
                            .add(CrdCluster.get().client().resource(resource).create());
                });
    }

    @AfterContainer
    static void remove() {
        STORED.values()
                .forEach(all -> all.forEach(
                        one -> CrdCluster.get().client().resource(one).delete()));
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void saysWhatTheApiServerSays(@ForAll Random random) throws JsonProcessingException {
        List<String> kinds = List.copyOf(WRITTEN.keySet());
        String kind = kinds.get(random.nextInt(kinds.size()));
        int which = random.nextInt(WRITTEN.get(kind).size());
        ObjectNode before = WRITTEN.get(kind).get(which);
        ObjectNode after = before.deepCopy();
        new Mutation(random, WRITTEN.get(kind)).apply(after);
        boolean update = random.nextInt(3) > 0;

        Answer answer = update ? update(STORED.get(kind).get(which), after) : create(after);

        List<Refusal> refusals = CHECK.check(update ? before : null, after);
        String what = (update ? "update of " + before : "create") + "\nto " + after + "\nis answered by " + answer
                + "\nand here by " + refusals;
        assertThat(refusals.isEmpty()).as(what).isEqualTo(answer.taken());
        if (answer.code() == UNPROCESSABLE) {
            Set<Said> said = refusals.stream()
                    .map(refusal -> new Said(refusal.field(), refusal.message()))
                    .collect(Collectors.toSet());
            assertThat(comparable(said, answer.said())).as(what).isEqualTo(comparable(answer.said(), said));
        }
    }

    /**
     * What the API server says.
     *
     * @param code of HTTP
     * @param said what it does not take, and why
     */
    private record Answer(int code, Set<Said> said, String message) {
        boolean taken() {
            return code == HttpURLConnection.HTTP_OK;
        }
    }

    /** Of one field. */
    private record Said(String field, String message) {}

    private static Answer create(ObjectNode resource) throws JsonProcessingException {
        ObjectNode another = resource.deepCopy();
        ((ObjectNode) another.get("metadata")).put("name", "another");
        return ask("POST", collection(resource), another);
    }

    private static Answer update(GenericKubernetesResource stored, ObjectNode resource) throws JsonProcessingException {
        ObjectNode next = resource.deepCopy();
        ((ObjectNode) next.get("metadata"))
                .put("resourceVersion", stored.getMetadata().getResourceVersion());
        return ask("PUT", collection(resource) + "/" + stored.getMetadata().getName(), next);
    }

    private static Answer ask(String method, String path, ObjectNode resource) throws JsonProcessingException {
        try {
            CrdCluster.get()
                    .client()
                    .raw(path + "?dryRun=All&fieldValidation=Strict", method, JSON.writeValueAsString(resource));
            return new Answer(HttpURLConnection.HTTP_OK, Set.of(), "");
        } catch (KubernetesClientException refusal) {
            assertThat(refusal.getCode())
                    .as(refusal.getMessage())
                    .isIn(HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE);
            Set<Said> said = Optional.ofNullable(refusal.getStatus().getDetails())
                    .map(StatusDetails::getCauses)
                    .orElse(List.of())
                    .stream()
                    .filter(cause -> !cause.getField().equals(NO_FIELD))
                    .map(cause -> new Said(cause.getField(), cause.getMessage()))
                    .collect(Collectors.toSet());
            return new Answer(refusal.getCode(), said, String.valueOf(refusal.getMessage()));
        }
    }

    /** Where a value is long it is cut here, and the forms of metadata have words of their own: then the fields count. */
    private static Set<Said> comparable(Set<Said> one, Set<Said> other) {
        Set<String> otherwise = Stream.concat(one.stream(), other.stream())
                .filter(said ->
                        said.field().startsWith("metadata") || said.message().length() > LONGEST_MESSAGE)
                .map(Said::field)
                .collect(Collectors.toSet());
        return one.stream()
                .map(said -> otherwise.contains(said.field()) ? new Said(said.field(), "") : said)
                .collect(Collectors.toSet());
    }

    private static String collection(ObjectNode resource) {
        String namespace = resource.path("metadata").path("namespace").asText();
        String kind = resource.path("kind").asText();
        return "/apis/portcullis.dev/v1alpha1/" + (namespace.isEmpty() ? "" : "namespaces/" + namespace + "/")
                + PLURALS.get(kind);
    }
}
