package dev.portcullis.operator.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.server.mock.crud.KubernetesCrudDispatcherException;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The fabric8 mock server, which keeps objects and tells watchers, with the one thing added that the operator cannot do without: a status
 * written by server-side apply takes the place of the one before. It checks nothing: real servers are for the other rings.
 */
public final class ApiServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A merge patch replaces lists whole (RFC 7386). */
    private static final ObjectMapper MERGE = new ObjectMapper();

    static {
        MERGE.configOverride(ArrayNode.class).setMergeable(false);
    }

    /** A request that was made. */
    public record Call(String method, String path, String contentType, String body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** It logs every request; kept, since loggers that nobody holds forget their level. */
    private static final java.util.logging.Logger NOISE =
            java.util.logging.Logger.getLogger("io.fabric8.mockwebserver");

    static {
        NOISE.setLevel(java.util.logging.Level.WARNING);
        // every test that waits for something has a server; a tenth of a second each time adds up
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    }

    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Function<Call, Optional<MockResponse>>> answers =
            Collections.synchronizedMap(new HashMap<>());
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Map<String, Hearing> watches = new ConcurrentHashMap<>();
    private final KubernetesCrudDispatcher crud = new Kinds();
    private final KubernetesMockServer server;
    private final KubernetesClient client;

    public ApiServer() {
        this(false);
    }

    /** With a certificate of its own, which no authority has signed. */
    public static ApiServer overTls() {
        return new ApiServer(true);
    }

    private ApiServer(boolean tls) {
        server = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new Recording(), tls);
        server.init();
        client = server.createClient();
    }

    public KubernetesClient client() {
        return client;
    }

    /** Every request but watches, in order. */
    public List<Call> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    public List<Call> calls(String method) {
        return calls().stream().filter(call -> call.method().equals(method)).toList();
    }

    public void forgetCalls() {
        calls.clear();
    }

    /** From now on requests of this method to this path (without its query) get this answer. */
    public void answers(String method, String path, int code, String reason) {
        answers.put(method + " " + path, call -> Optional.of(status(code, reason)));
    }

    /** From now on such requests are answered with this body. */
    public void answersWith(String method, String path, String body) {
        answers.put(
                method + " " + path,
                call -> Optional.of(new MockResponse()
                        .setResponseCode(200)
                        .setHeader("Content-Type", "application/json")
                        .setBody(body)));
    }

    /** From now on such requests are answered with this body, at this time of the server's. */
    public void answersWith(String method, String path, String body, Instant at) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
        answers.put(
                method + " " + path,
                call -> Optional.of(new MockResponse()
                        .setResponseCode(200)
                        .setHeader("Content-Type", "application/json")
                        .setHeader("Date", date)
                        .setBody(body)));
    }

    /** The next such request gets this answer. */
    public void answersOnce(String method, String path, int code, String reason) {
        String key = method + " " + path;
        answers.put(key, call -> {
            answers.remove(key);
            return Optional.of(status(code, reason));
        });
    }

    /**
     * The next such request waits until it is let go, and is then done as usual.
     *
     * @param arrived counted down when it is there
     */
    public void holdsOnce(String method, String path, CountDownLatch arrived, CountDownLatch letGo) {
        String key = method + " " + path;
        answers.put(key, call -> {
            answers.remove(key);
            arrived.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        });
    }

    /** The next such request is done as usual, and the answer to it is lost: its client hears of a failure. */
    public void losesAnswerOnce(String method, String path) {
        lost.add(method + " " + path);
    }

    /** The watch of this path (without its query) that was opened last stays open, and hears nothing from now on. */
    public void makeDeaf(String path) {
        Hearing hearing = watches.get(path);
        if (hearing == null) {
            throw new IllegalStateException("nobody watches " + path + ", but " + watches.keySet());
        }
        hearing.end();
    }

    public void answersAsUsual() {
        answers.clear();
    }

    public <T extends HasMetadata> T create(T object) {
        return client.resource(object).create();
    }

    /** The login that the warehouse names. */
    public void createWarehouseSecret() {
        create(new SecretBuilder()
                .withNewMetadata()
                .withNamespace("portcullis-system")
                .withName("warehouse-admin")
                .endMetadata()
                .withData(Map.of("username", "bG9naW4=", "password", "czNjcmV0"))
                .build());
    }

    /** Teams checkout and marketing, the warehouse, and a port on it that approves by itself. */
    public void createShop() {
        createWarehouseSecret();
        create(Samples.team("checkout", "checkout"));
        create(Samples.team("marketing", "marketing"));
        create(Samples.platform("warehouse"));
        create(Samples.product("orders"));
        OutputPort port = Samples.port("orders-v1", "port-1");
        port.setSpec(Samples.portSpec(Samples.objects("orders", "order_items"), true));
        create(port);
    }

    private static MockResponse status(int code, String reason) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + code
                        + ",\"reason\":\"" + reason + "\",\"message\":\"" + reason + "\"}");
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }

    private final class Recording extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            // a body can be read once
            byte[] body = request.getBody().readByteArray();
            Call call = new Call(
                    request.getMethod(),
                    request.getPath(),
                    Optional.ofNullable(request.getHeader("Content-Type")).orElse(""),
                    new String(body, StandardCharsets.UTF_8));
            if (!call.path().contains("watch=true")) {
                calls.add(call);
            }
            String path = call.path().split("[?]", 2)[0];
            if (call.path().contains("watch=true") && request.getHeader("Upgrade") == null) {
                return changes(path, call.path().replaceFirst(".*resourceVersion=([0-9]+).*", "$1"));
            }
            String key = call.method() + " " + path;
            MockResponse answer = Optional.ofNullable(answers.get(key))
                    .flatMap(instead -> instead.apply(call))
                    .orElseGet(() -> crud.dispatch(new RecordedRequest(
                            request.getHttpVersion(),
                            request.method(),
                            request.getPath(),
                            request.getHeaders(),
                            new Buffer(body))));
            if (answer.getWebSocketListener() != null) {
                Hearing hearing = new Hearing(answer.getWebSocketListener());
                watches.put(path, hearing);
                answer.withWebSocketUpgrade(hearing);
            }
            // as when it is sent once more: the version it names is not there any more
            return lost.remove(key) ? status(409, "Conflict") : answer;
        }
    }

    /** What a watch without a WebSocket tells of what is there; the mock server has none such. Of deletions it knows nothing. */
    private MockResponse changes(String path, String since) {
        StringBuilder lines = new StringBuilder();
        for (JsonNode item : list(path)) {
            if (item.at("/metadata/resourceVersion").asLong() > Long.parseLong(since)) {
                JsonNode line = JSON.createObjectNode().put("type", "MODIFIED").set("object", item);
                lines.append(line).append('\n');
            }
        }
        return new MockResponse()
                .setResponseCode(200)
                .setHeader("Content-Type", "application/json")
                .setBody(lines.toString());
    }

    private JsonNode list(String path) {
        try {
            return JSON.readTree(crud.handleGet(path).getBody().getBytes()).path("items");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kinds, whose status is a resource of its own. */
    private static final class Kinds extends KubernetesCrudDispatcher {
        Kinds() {
            super(Stream.of(
                            Team.class,
                            DataPlatform.class,
                            DataProduct.class,
                            OutputPort.class,
                            DataUsageAgreement.class,
                            ApprovalPolicy.class,
                            Decision.class)
                    .map(CustomResourceDefinitionContext::fromCustomResourceType)
                    .toList());
        }

        /** As a real server does; the mock server would add to the lists that are there. */
        @Override
        public JsonNode merge(JsonNode resource, String patch) throws KubernetesCrudDispatcherException {
            try {
                return MERGE.readerForUpdating(resource.deepCopy()).readValue(patch);
            } catch (JsonProcessingException e) {
                throw new KubernetesCrudDispatcherException(e.getMessage(), HttpURLConnection.HTTP_BAD_REQUEST);
            }
        }

        /** A test in a patch that fails is an answer, as on a real server; the mock server would leave the client waiting. */
        @Override
        public MockResponse handlePatch(RecordedRequest request) {
            try {
                return super.handlePatch(request);
            } catch (JsonPatchException e) {
                return status(422, "Invalid");
            }
        }
    }
}
