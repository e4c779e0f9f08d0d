package dev.portcullis.operator.watch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what happened by a watch that ends after a second, without a WebSocket, and for the metadata of objects alone. The API server answers it from what
 * it keeps for its watches: it costs by what has changed, and nothing where nothing has.
 */
public final class ApiHistory implements History {
    private static final String METADATA = "application/json;as=%s;g=meta.k8s.io;v=v1";
    private static final int PAGE = 500;
    private static final int SECONDS_OF_PATIENCE = 15;

    private final HttpClient http;
    private final KubernetesSerialization json;
    private final String server;

    public ApiHistory(KubernetesClient client) {
        this.http = client.getHttpClient();
        this.json = client.getKubernetesSerialization();
        this.server = client.getMasterUrl().toString().replaceFirst("/+$", "");
    }

    /** A line of a watch. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Line(String type, Item object) {}

    /** An object, or what is wrong. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Item(
            @Nullable Metadata metadata,
            @Nullable Integer code,
            @Nullable String message) {}

    /** A page of a list. Of a kind of which there is no object the API server gives null for items. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Page(Metadata metadata, @Nullable List<Item> items) {
        private List<Item> listed() {
            return items == null ? List.of() : items;
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Metadata(
            @Nullable String name,
            @Nullable String namespace,
            @Nullable String uid,
            @Nullable String resourceVersion,
            @JsonProperty("continue") @Nullable String next) {}

    @Override
    public Told since(String path, String revision, Duration time) throws IOException {
        Lines lines = new Lines(json);
        HttpResponse<AsyncBody> answer = answer(http.consumeBytes(
                request(
                        path + "?watch=true&timeoutSeconds=" + time.toSeconds() + "&resourceVersion="
                                + encoded(revision),
                        "PartialObjectMetadata"),
                lines));
        try {
            if (answer.code() == HttpURLConnection.HTTP_GONE) {
                return new Told.TooLongAgo();
            }
            check(path, answer.code());
            answer.body().consume();
            answer(answer.body().done());
        } finally {
            answer.body().cancel();
        }
        List<Change> changes = new ArrayList<>();
        String followed = revision;
        for (Line line : lines.all()) {
            if (line.type().equals("ERROR")) {
                if (Integer.valueOf(HttpURLConnection.HTTP_GONE)
                        .equals(line.object().code())) {
                    return new Told.TooLongAgo();
                }
                throw new IOException(path + ": " + line.object().message());
            }
            Metadata metadata = line.object().metadata();
            if (metadata == null || metadata.resourceVersion() == null) {
                throw new IOException(path + ": a change without metadata");
            }
            followed = metadata.resourceVersion();
            if (!line.type().equals("BOOKMARK")) {
                changes.add(change(path, metadata, line.type().equals("DELETED")));
            }
        }
        return new Told.UpTo(changes, followed);
    }

    @Override
    public Told.UpTo all(String path) throws IOException {
        List<Change> changes = new ArrayList<>();
        String next = "";
        while (true) {
            HttpResponse<InputStream> answer = answer(http.sendAsync(
                    request(
                            path + "?limit=" + PAGE + (next.isEmpty() ? "" : "&continue=" + encoded(next)),
                            "PartialObjectMetadataList"),
                    InputStream.class));
            Page page;
            // never as a whole: what others may write into metadata is as large as they like
            try (InputStream body = answer.body()) {
                check(path, answer.code());
                page = json.unmarshal(body, Page.class);
            }
            for (Item item : page.listed()) {
                if (item.metadata() == null) {
                    throw new IOException(path + ": an object without metadata");
                }
                changes.add(change(path, item.metadata(), false));
            }
            String revision = page.metadata().resourceVersion();
            if (revision == null) {
                throw new IOException(path + ": a list without resourceVersion");
            }
            next = page.metadata().next() == null ? "" : page.metadata().next();
            if (next.isEmpty()) {
                return new Told.UpTo(changes, revision);
            }
        }
    }

    private static Change change(String path, Metadata metadata, boolean isGone) throws IOException {
        if (metadata.name() == null || metadata.uid() == null || metadata.resourceVersion() == null) {
            throw new IOException(path + ": metadata without name, uid or resourceVersion");
        }
        return new Change(
                new ResourceID(metadata.name(), metadata.namespace()),
                metadata.uid(),
                metadata.resourceVersion(),
                isGone);
    }

    private HttpRequest request(String pathAndQuery, String kind) {
        return http.newHttpRequestBuilder()
                .uri(URI.create(server + pathAndQuery))
                .header("Accept", METADATA.formatted(kind))
                .timeout(SECONDS_OF_PATIENCE, TimeUnit.SECONDS)
                .build();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static void check(String path, int code) throws IOException {
        if (code != HttpURLConnection.HTTP_OK) {
            throw new IOException(path + ": HTTP " + code);
        }
    }

    private static <T> T answer(CompletableFuture<T> coming) throws IOException {
        try {
            return coming.get(2L * SECONDS_OF_PATIENCE, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new IOException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Gathers what comes: each line is read when it is whole, and of it what is asked for is kept. */
    private static final class Lines implements AsyncBody.Consumer<List<ByteBuffer>> {
        private final KubernetesSerialization json;
        private final List<Line> lines = new ArrayList<>();
        private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
        private @Nullable RuntimeException problem;

        Lines(KubernetesSerialization json) {
            this.json = json;
        }

        @Override
        public void consume(List<ByteBuffer> buffers, AsyncBody body) {
            buffers.forEach(this::take);
            body.consume();
        }

        private synchronized void take(ByteBuffer buffer) {
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next == '\n') {
                    read(begun.toString(StandardCharsets.UTF_8));
                    begun.reset();
                } else {
                    begun.write(next);
                }
            }
        }

        private void read(String line) {
            try {
                lines.add(json.unmarshal(line, Line.class));
            } catch (RuntimeException e) {
                problem = e;
            }
        }

        /**
         * Whole lines; one that was cut off by the end is told again next time.
         *
         * @throws IOException where one of them could not be read
         */
        synchronized List<Line> all() throws IOException {
            if (problem != null) {
                throw new IOException(problem);
            }
            return List.copyOf(lines);
        }
    }
}
