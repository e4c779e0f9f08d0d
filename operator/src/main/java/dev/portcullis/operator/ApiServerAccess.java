package dev.portcullis.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which API server is used, who says so, and what is wrong when it cannot be used from the start. */
final class ApiServerAccess {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServerAccess.class);
    private static final String KUBECONFIG = "KUBECONFIG";
    /** Kubernetes sets it in every pod. */
    private static final String IN_POD = "KUBERNETES_SERVICE_HOST";

    private final String url;
    private final String source;
    private final boolean waits;

    private ApiServerAccess(String url, String source, boolean waits) {
        this.url = url;
        this.source = source;
        this.waits = waits;
    }

    /**
     * To be called before a client is made: that would look past a file that is not there, and at last talk to an address that nobody has named.
     *
     * @throws CannotStart when {@code KUBECONFIG} names no file that can be read
     */
    static void checkKubeconfig(Map<String, String> environment) {
        String named = environment.getOrDefault(KUBECONFIG, "");
        if (!named.isBlank()
                && Arrays.stream(named.split(File.pathSeparator, -1))
                        .noneMatch(file -> !file.isBlank() && isReadableFile(Path.of(file)))) {
            throw new CannotStart(
                    KUBECONFIG + " is " + named
                            + ", which is no file that can be read: name a kubeconfig of the operator's ServiceAccount, or unset it in a pod");
        }
    }

    private static boolean isReadableFile(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file);
    }

    /** What a client goes by. */
    static ApiServerAccess of(Config config, Map<String, String> environment) {
        boolean isNamed = !environment.getOrDefault(KUBECONFIG, "").isBlank();
        String source = !isNamed
                ? Optional.ofNullable(config.getFile())
                        .map(file -> file + ", as " + KUBECONFIG + " is not set")
                        .orElse("the pod that this should run in, as " + KUBECONFIG + " is not set")
                : KUBECONFIG + "=" + environment.get(KUBECONFIG);
        boolean inPod = !environment.getOrDefault(IN_POD, "").isBlank();
        return new ApiServerAccess(config.getMasterUrl(), source, inPod && !isNamed);
    }

    /**
     * To be called before anything is asked.
     *
     * @throws CannotStart where the API server is spoken to without TLS: the operator's token could be read on the way, and the WebSockets of Java 17 lose what comes with
     *     their beginning, so that a watch stands still without a word
     */
    void requireTls() {
        if (url.toLowerCase(Locale.ROOT).startsWith("http:")) {
            throw new CannotStart(
                    "the API server " + this
                            + " is spoken to without TLS, by which tokens are read and watches are lost on the way: name its own address, which begins with https:, and not that of a proxy like kubectl proxy");
        }
    }

    /**
     * Makes the very first request. In a pod, where the address is right by itself, an API server that is away or not up yet is waited for: whoever ends instead is
     * started later each time, by minutes at last, and for so long nothing ends when it is back.
     *
     * @param pause waits a moment; false when nobody waits any more
     * @return false when nobody waits any more
     * @throws CannotStart when the API server does not let the operator in; outside of a pod also when it is not reached
     */
    boolean reach(Runnable request, BooleanSupplier pause) {
        boolean isSaid = false;
        while (true) {
            try {
                request.run();
                return true;
            } catch (KubernetesClientException e) {
                boolean isAway = e.getCode() <= 0 || e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR;
                if (!isAway || !waits) {
                    throw e.getCode() > 0 ? refused(e) : notReached(e);
                }
                if (!isSaid) {
                    LOG.error("waits until it is back: {}", notReached(e).getMessage());
                    isSaid = true;
                }
            }
            if (!pause.getAsBoolean()) {
                return false;
            }
        }
    }

    /**
     * Makes the first requests.
     *
     * @throws CannotStart when the API server is not reached, or does not let the operator in
     */
    <T> T first(Supplier<T> requests) {
        try {
            return requests.get();
        } catch (KubernetesClientException e) {
            throw e.getCode() > 0 ? refused(e) : notReached(e);
        }
    }

    private CannotStart notReached(KubernetesClientException e) {
        return new CannotStart(
                "the API server " + this + " cannot be reached: " + reason(e)
                        + "; check that this is its address, that it runs, that this machine reaches it (HTTPS_PROXY, NO_PROXY),"
                        + " that the kubeconfig has the certificate authority of its certificate, and that the token is still valid"
                        + " (with GOAWAY it turns away who is nobody to it)",
                e);
    }

    private CannotStart refused(KubernetesClientException e) {
        return new CannotStart(
                "the API server " + this + " refuses what the start needs: " + e.getMessage()
                        + "; check that the token is still valid, that it is the one of the operator's ServiceAccount,"
                        + " and that helm/portcullis/files/rbac/ is applied",
                e);
    }

    /** What lies behind the client's own exceptions; many of these have no message, but their class says it. */
    private static String reason(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null
                && (cause instanceof KubernetesClientException || cause.getClass() == IOException.class)) {
            cause = cause.getCause();
        }
        String name = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
    }

    @Override
    public String toString() {
        return url + " (named by " + source + ")";
    }
}
