package dev.portcullis.benchmark.chaos;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.Duration;

/** Asks the API server until it has said yes or no. */
final class Answers {
    private static final int TIMES = 40;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /** Longer than any fault lasts. */
    private static final int TIMEOUT_MILLIS = 120_000;

    private Answers() {}

    /**
     * One that asks once, and waits for its answer. Else what it has given up on goes on behind its back, and is done after what was asked later: a team would have its members of before
     * again, and the model would not know.
     */
    static KubernetesClient patient(KubernetesClient client) {
        return client.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestRetryBackoffLimit(0)
                                .withRequestTimeout(TIMEOUT_MILLIS)
                                .build())
                .adapt(KubernetesClient.class);
    }

    /** Why it was refused; empty where it was not. What had no answer is done again, so it has to be something that may happen twice. */
    static String of(Runnable request) {
        RuntimeException last = null;
        for (int i = 0; i < TIMES; i++) {
            try {
                request.run();
                return "";
            } catch (KubernetesClientException e) {
                int code = e.getCode();
                if (code == CONFLICT && String.valueOf(e.getMessage()).contains("already exists")) {
                    return last == null ? String.valueOf(e.getMessage()) : "";
                }
                if (code >= SERVER_ERROR || code == 0 || code == CONFLICT || code == TOO_MANY) {
                    last = e;
                } else {
                    return String.valueOf(e.getMessage());
                }
            }
            Pause.of(Duration.ofMillis(250));
        }
        throw new IllegalStateException("the API server has no answer", last);
    }
}
