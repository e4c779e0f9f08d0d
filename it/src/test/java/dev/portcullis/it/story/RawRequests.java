package dev.portcullis.it.story;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Requests whose bodies and answers are text: past the client's own reading and writing, which has limits. */
final class RawRequests {
    /** The next one on the connection fails; one that fails twice is itself the reason. */
    private static final int MOST_TIMES = 2;

    private RawRequests() {}

    static HttpResponse<String> send(KubernetesClient client, String method, String path, String type, String body) {
        for (int times = 1; ; times++) {
            try {
                return sendOnce(client, method, path, type, body);
            } catch (ExecutionException e) {
                if (!isGoAway(e.getCause()) || times == MOST_TIMES) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** The API server ends a connection after what it would not read to its end; the client tells that of the next request on it. */
    private static boolean isGoAway(Throwable problem) {
        return problem instanceof IOException
                && String.valueOf(problem.getMessage()).contains("GOAWAY");
    }

    private static HttpResponse<String> sendOnce(
            KubernetesClient client, String method, String path, String type, String body) throws ExecutionException {
        String server = client.getMasterUrl().toString();
        try {
            return client.getHttpClient()
                    .sendAsync(
                            client.getHttpClient()
                                    .newHttpRequestBuilder()
                                    .uri(server.substring(0, server.length() - 1) + path)
                                    .method(method, type, body)
                                    .build(),
                            String.class)
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
