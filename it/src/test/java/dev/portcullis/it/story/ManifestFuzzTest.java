package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.it.fuzz.HostileManifests;
import dev.portcullis.local.Await;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * People write whatever they can into what is theirs, of every kind. What is refused is so in a sentence; what is taken gets a status that a person can use; nobody has
 * access whom nobody approved; and who comes next is served as if nothing had been.
 */
class ManifestFuzzTest {
    /** At once, before all is looked at. */
    private static final int BATCH = 30;

    /** 600 manifests with -Pfull, a tenth otherwise. */
    private static final int BATCHES = Math.max(1, Integer.getInteger("portcullis.random.tries", 100) / 50);

    private static final String API = "/apis/portcullis.dev/v1alpha1/";
    private static final String ADMIN = "";
    /** The API server cuts the connection of whoever sends three megabytes. */
    private static final int LONGEST_BODY = 2_000_000;

    /** More than this the API server does not read of whom it refuses, and Java's client waits for a minute that it does. */
    private static final int LONGEST_PATCH = 250_000;

    private static final int LONGEST_SENTENCE = 1000;
    private static final int LONGEST_MESSAGE = 4000;
    /** What shows a mistake in an expression of ours, and not in the manifest. */
    /** What the API server answers to server-side apply with 500: that there is no such field, that a resourceVersion is no number. */
    private static final List<String> OF_SERVER_SIDE_APPLY =
            List.of("failed to create typed patch object", "strconv.ParseUint: parsing");

    private static final Pattern MISTAKE = Pattern.compile(
            "resulted in error|no such key|no such overload|cost (limit|budget)|Exception|\\bnull\\b.*denied|expression '");

    private final Installation installation = Installation.get();
    private final Story bystanders = installation.newStory();
    private final Story story = installation.newStory();
    private final List<String> told = new ArrayList<>();
    private final List<Written> written = new ArrayList<>();
    private final HostileManifests hostile;
    private final Random random;
    private int count;
    private int taken;
    private int refused;

    ManifestFuzzTest() {
        long seed =
                Optional.ofNullable(Long.getLong("portcullis.random.seed")).orElseGet(() -> new Random().nextLong());
        told.add("-Dportcullis.random.seed=" + seed);
        System.out.println("hostile manifests: " + told.get(0));
        random = new Random(seed);
        hostile = new HostileManifests(random, templates());
    }

    /**
     * One that the API server has taken.
     *
     * @param person who wrote it
     * @param path its address
     */
    private record Written(String kind, String person, String path) {}

    @Test
    void harmNobody() {
        bystanders.offer("open", "[{name: order_items}]", "autoApprove: true");
        story.offer("open", "[{name: order_items}]", "autoApprove: true");
        story.offer("closed", "[{name: customers}]", "");
        story.olgaProvides();
        LogFromNowOn log = new LogFromNowOn(installation);
        List<Long> served = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int i = 0; i < BATCH; i++) {
                write();
            }
            written.forEach(this::change);
            written.forEach(this::awaitStatus);
            // what a policy about everybody says is what it is for
            remove("approvalpolicies");
            served.add(millisToServe("canary-" + batch));
            nobodyHasWhatNobodyApproved();
            for (String kind : List.of(
                    "decisions",
                    "datausageagreements",
                    "accessgrants",
                    "outputports",
                    "dataproducts",
                    "dataplatforms",
                    "teams")) {
                remove(kind);
            }
            assertThat(installation.operator().isLive()).as(told()).isTrue();
            Installation.await("operator ready\n" + told(), installation.operator()::isReady);
            assertThat(log.faults()).as(told()).isEmpty();
        }
        System.out.println("hostile manifests: " + taken + " taken, " + refused
                + " refused; who came after them was served in ms: " + served);
        assertThat(taken).as("what is no more than odd is taken").isGreaterThan(BATCH * BATCHES / 10);
    }

    private void write() {
        ObjectNode manifest = hostile.next();
        String kind = manifest.path("kind").asText();
        JsonNode metadata = manifest.path("metadata");
        if (random.nextInt(20) > 0 && metadata.isObject()) {
            ((ObjectNode) metadata).put("name", "fuzz-" + count++);
        }
        String person = author(kind);
        String collection = API
                + (metadata.path("namespace").isTextual()
                        ? "namespaces/" + segment(metadata.path("namespace").textValue()) + "/"
                        : "")
                + plural(kind);
        boolean apply = random.nextBoolean() && metadata.path("name").isTextual();
        String body = hostile.json(manifest);
        if (body.length() > LONGEST_BODY) {
            return;
        }
        HttpResponse<String> answer = apply
                ? send(
                        person,
                        "PATCH",
                        collection + "/" + segment(metadata.path("name").textValue()) + "?fieldManager=fuzz&force=true",
                        "application/apply-patch+yaml",
                        body)
                : send(person, "POST", collection, "application/json", body);
        check(answer);
        if (answer.code() == HttpURLConnection.HTTP_CREATED || answer.code() == HttpURLConnection.HTTP_OK) {
            String name = read(answer.body()).at("/metadata/name").textValue();
            written.add(new Written(plural(kind), person, collection + "/" + name));
        }
    }

    /** Somebody annotates it, or tries to change what is not to be changed. */
    private void change(Written one) {
        if (random.nextInt(3) > 0) {
            String person = List.of(one.person(), story.taylor, story.olga).get(random.nextInt(3));
            String patch = hostile.json(hostile.patch());
            if (patch.length() < LONGEST_PATCH) {
                check(send(person, "PATCH", one.path(), "application/merge-patch+json", patch));
            }
        }
    }

    private void check(HttpResponse<String> answer) {
        if (answer.code() < HttpURLConnection.HTTP_BAD_REQUEST) {
            taken++;
            return;
        }
        refused++;
        if (answer.code() == HttpURLConnection.HTTP_NOT_FOUND) {
            return;
        }
        String message = read(answer.body()).path("message").asText();
        if (OF_SERVER_SIDE_APPLY.stream().noneMatch(message::contains)) {
            assertThat(answer.code()).as(() -> told() + "\n" + head(message)).isBetween(400, 499);
        }
        assertThat(message).as(() -> told() + "\n" + head(message)).isNotBlank();
        int ours = message.indexOf("denied request: ");
        if (ours >= 0) {
            String sentence = message.substring(ours + "denied request: ".length());
            assertThat(MISTAKE.matcher(sentence).find())
                    .as(told() + "\n" + head(message))
                    .isFalse();
            assertThat(sentence.length()).as(told() + "\n" + head(message)).isLessThan(LONGEST_SENTENCE);
            assertThat(sentence).as(told()).doesNotContain("\n");
        }
    }

    private void awaitStatus(Written one) {
        if (one.kind().equals("accessgrants")) {
            return;
        }
        Await.until(
                Installation.SOON,
                () -> told() + "\n" + one + "\nhas the status "
                        + get(one).map(tree -> head(tree.path("status").toString())),
                () -> {
                    Optional<JsonNode> tree = get(one);
                    return tree.isEmpty()
                            || tree.get().at("/status/outcome").isTextual()
                            || tree.get().at("/metadata/generation").asLong()
                                    == tree.get()
                                            .at("/status/observedGeneration")
                                            .asLong();
                });
        get(one).ifPresent(tree -> tree.at("/status/conditions").forEach(condition -> {
            String message = condition.path("message").asText();
            assertThat(message)
                    .as(told() + "\n" + one + " " + condition)
                    .isNotBlank()
                    .doesNotContain("Exception");
            assertThat(message.length())
                    .as(told() + "\n" + one + " " + head(message))
                    .isLessThan(LONGEST_MESSAGE);
        }));
    }

    private long millisToServe(String name) {
        long start = System.nanoTime();
        bystanders.request(name, "open", bystanders.quinn, "");
        bystanders.awaitPhase(name, Phase.Active);
        bystanders.awaitReads(bystanders.quinn, "order_items", true);
        long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
        bystanders.delete(name);
        bystanders.awaitReads(bystanders.quinn, "order_items", false);
        return took;
    }

    /** Taylor asks and annotates, and Olga does not decide by hand here: nothing is approved but by a port that says so of itself. */
    private void nobodyHasWhatNobodyApproved() {
        assertThat(story.holders(story.portUid("closed"))).as(told()).isEmpty();
        assertThat(story.reads(story.taylor, "customers")).as(told()).isFalse();
        assertThat(story.reads(story.quinn, "customers")).as(told()).isFalse();
    }

    private void remove(String kind) {
        List<Written> gone =
                written.stream().filter(one -> one.kind().equals(kind)).toList();
        for (Written one : gone) {
            if (kind.equals("outputports")) {
                RawRequests.send(
                        installation.admin(),
                        "PATCH",
                        one.path(),
                        "application/merge-patch+json",
                        "{\"metadata\":{\"annotations\":{\"portcullis.dev/allow-delete\":\"true\"}}}");
            }
            Await.until(
                    Installation.SOON,
                    () -> told() + "\n" + one + " does not go: " + get(one).map(tree -> head(tree.toString())),
                    () -> {
                        keepOnlyOurFinalizer(one);
                        RawRequests.send(installation.admin(), "DELETE", one.path(), "application/json", "");
                        return get(one).isEmpty();
                    });
        }
        written.removeAll(gone);
    }

    /** Somebody else's stays for ever, as whoever wrote it wished. */
    private void keepOnlyOurFinalizer(Written one) {
        get(one).map(tree -> tree.at("/metadata/finalizers"))
                .filter(finalizers -> !finalizers.isMissingNode())
                .ifPresent(finalizers -> {
                    boolean ours = finalizers.toString().contains("\"portcullis.dev/revoke\"")
                            && one.kind().equals("datausageagreements");
                    RawRequests.send(
                            installation.admin(),
                            "PATCH",
                            one.path(),
                            "application/merge-patch+json",
                            "{\"metadata\":{\"finalizers\":[" + (ours ? "\"portcullis.dev/revoke\"" : "") + "]}}");
                });
    }

    private Optional<JsonNode> get(Written one) {
        HttpResponse<String> answer = RawRequests.send(installation.admin(), "GET", one.path(), "application/json", "");
        return answer.code() == HttpURLConnection.HTTP_OK ? Optional.of(read(answer.body())) : Optional.empty();
    }

    private HttpResponse<String> send(String person, String method, String path, String type, String body) {
        HttpResponse<String> answer = RawRequests.send(client(person), method, path, type, body);
        told.add(method + " " + path + " by " + person + " -> " + answer.code() + ": "
                + (body.length() > 700 ? body.substring(0, 700) + "..." : body));
        return answer;
    }

    private KubernetesClient client(String person) {
        return person.equals(ADMIN) ? installation.admin() : installation.as(person);
    }

    private String author(String kind) {
        return switch (kind) {
            case "DataUsageAgreement" -> story.taylor;
            case "OutputPort", "DataProduct", "Decision" -> story.olga;
            default -> ADMIN;
        };
    }

    private static String plural(String kind) {
        return switch (kind) {
            case "ApprovalPolicy" -> "approvalpolicies";
            default -> segment(kind.toLowerCase(Locale.ROOT) + "s");
        };
    }

    private static String segment(String text) {
        StringBuilder path = new StringBuilder();
        for (byte b : text.substring(0, Math.min(text.length(), 1000)).getBytes(StandardCharsets.UTF_8)) {
            path.append(
                    b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '-'
                            ? String.valueOf((char) b)
                            : String.format("%%%02X", b));
        }
        return path.isEmpty() ? "%20" : path.toString();
    }

    private String told() {
        return told.get(0) + "\n" + String.join("\n", told.subList(Math.max(1, told.size() - 3 * BATCH), told.size()));
    }

    private static String head(String text) {
        return text.substring(0, Math.min(text.length(), 1500));
    }

    private static JsonNode read(String json) {
        try {
            return HostileManifests.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(head(json), e);
        }
    }

    private List<ObjectNode> templates() {
        return PortcullisManifests.parse(story.filled(TEMPLATES)).stream()
                .map(resource -> (ObjectNode) HostileManifests.MAPPER.valueToTree(resource))
                .toList();
    }

    private static final String TEMPLATES = """
            apiVersion: portcullis.dev/v1alpha1
            kind: DataUsageAgreement
            metadata: {name: a, namespace: $marketing}
            spec: {purpose: Find out what customers want., provider: {namespace: $checkout, outputPort: closed}, consumer: {user: $taylor}}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataUsageAgreement
            metadata: {name: b, namespace: $marketing}
            spec:
              purpose: Find out what customers want.
              provider: {namespace: $checkout, outputPort: closed}
              consumer: {team: team-$marketing}
              start: 2026-01-01
              end: 2099-12-31
              answers: {retention: 30 days}
              acceptedTerms: "2026-01"
              tags: [ml]
              links: {ticket: https://tickets.example.com/7}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataUsageAgreement
            metadata: {name: c, namespace: $marketing}
            spec:
              purpose: Find out what customers want.
              provider: {namespace: $checkout, outputPort: closed}
              consumer: {dataProduct: churn}
              duration: P90D
              select: {tables: [{name: customers, columns: [id]}]}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataUsageAgreement
            metadata: {name: d, namespace: $marketing}
            spec: {purpose: Find out what customers want., provider: {namespace: $checkout, outputPort: open}, consumer: {user: $quinn}}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: OutputPort
            metadata: {name: e, namespace: $checkout}
            spec:
              dataProduct: orders
              platform: $warehouse
              autoApprove: true
              description: One row per order.
              contract: {id: orders-contract, version: 1.2.0}
              postgresql: {database: shop, schema: sales, tables: [{name: orders}, {name: order_items, columns: [order_id, sku, quantity]}]}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataProduct
            metadata: {name: f, namespace: $checkout}
            spec:
              title: Orders
              description: Every order since 2019.
              lifecycle: Active
              terms: {revision: "2026-01", text: Do not re-identify customers.}
              questions: [{id: retention, text: How long do you keep the data?, required: true}]
              tags: [gold]
              links: {catalog: https://catalog.example.com/orders}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: Decision
            metadata: {name: g, namespace: $checkout}
            spec:
              outputPort: closed
              agreement: {namespace: $marketing, name: nobodys}
              decision: approved
              reason: Fine for the model only.
              link: https://tickets.example.com/7
              metadata: {ticket: 7}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: ApprovalPolicy
            metadata: {name: h}
            spec:
              mode: Mandatory
              order: 10
              ports: {namespaces: [$checkout], products: [orders]}
              rules:
              - name: contractors
                when: port.containsPii && beneficiaries.exists(b, b.attributes.employment == 'contractor')
                require:
                  approvals: [{from: {provider: true}}, {from: {team: privacy}, count: 2}]
                  terms: [{id: pii-handling, revision: "2026-01", text: Keep it in the country.}]
                  maxDuration: P90D
              - {name: nobody-else, when: "request.purpose.size() > 1000", reject: Ask the data office first.}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: Team
            metadata: {name: i}
            spec:
              namespaces: [nowhere-$marketing]
              displayName: Marketing
              members: [{user: $taylor, attributes: {employment: employee, country: DE}}, {user: $quinn}]
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataPlatform
            metadata: {name: j}
            spec:
              postgresql: {host: 127.0.0.1, port: $postgresPort, role: portcullis, sslMode: disable, credentials: {namespace: portcullis-system, name: warehouse-admin}}
              principals: {user: "name.split('@')[0]", dataProduct: "'dp_' + name", team: "'team_' + name"}
              exposes: [{namespaces: [$checkout], postgresql: [{database: shop, schemas: [sales]}]}]
              drift: {interval: 5s, maxRemovals: 5}
              takeOver: [gone]
            """;
}
