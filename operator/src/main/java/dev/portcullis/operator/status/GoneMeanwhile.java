package dev.portcullis.operator.status;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.function.Supplier;

/**
 * What was to be written is not there any more. To the framework it is a conflict like any other: of an object that was changed meanwhile it says one line, and
 * calls the reconciler again if there is something to call it for; anything else it would tell as a fault, with a stack trace.
 */
public final class GoneMeanwhile extends KubernetesClientException {
    private static final long serialVersionUID = 1L;

    private GoneMeanwhile(KubernetesClientException notFound) {
        super(notFound.getMessage(), HttpURLConnection.HTTP_CONFLICT, notFound.getStatus());
    }

    /** @throws GoneMeanwhile if the API server knows of no such object */
    static <R> R notFoundBy(Supplier<R> write) {
        try {
            return write.get();
        } catch (KubernetesClientException e) {
            throw e.getCode() == HttpURLConnection.HTTP_NOT_FOUND ? new GoneMeanwhile(e) : e;
        }
    }
}
