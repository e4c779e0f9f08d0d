package dev.portcullis.cli.live;

import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.console.Nearest;
import dev.portcullis.cli.manifests.ManifestsReader;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Clusters that the caller's kubeconfig names. */
public final class Clusters {
    private Clusters() {}

    /** @param context of the kubeconfig; absent: the current one */
    public static LiveMesh read(@Nullable String context, ManifestsReader reader) {
        try (KubernetesClient client = client(context)) {
            return new ClusterReader(client).read(reader);
        }
    }

    /** What is to be known around one agreement. */
    public static LiveMesh readAround(@Nullable String context, String namespace, String name, ManifestsReader reader) {
        try (KubernetesClient client = client(context)) {
            return ClusterReader.around(client, namespace, name, reader);
        }
    }

    /** A client for the caller's cluster. No other is taken where the one that is meant cannot be found. */
    public static KubernetesClient client(@Nullable String context) {
        Config config = config(context);
        config.setRequestRetryBackoffLimit(1);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Config config(@Nullable String context) {
        Config config;
        try {
            config = Config.autoConfigure(context);
        } catch (RuntimeException e) {
            throw new CannotBeDone("the kubeconfig " + kubeconfig() + " cannot be read: " + deepest(e), e);
        }
        @Nullable
        String found = Optional.ofNullable(config.getCurrentContext())
                .map(NamedContext::getName)
                .orElse(null);
        List<String> contexts = Optional.ofNullable(config.getContexts()).orElse(List.of()).stream()
                .map(NamedContext::getName)
                .sorted()
                .toList();
        // a pod has a service account instead
        boolean named = found != null || !config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL);
        if (contexts.isEmpty() && (!named || context != null)) {
            throw new CannotBeDone("there is no kubeconfig " + kubeconfig()
                    + ": set KUBECONFIG to the file by which kubectl finds the cluster");
        }
        if (context != null && !context.equals(found)) {
            throw new CannotBeDone("the kubeconfig has no context " + context
                    + Nearest.to(context, contexts)
                            .map(meant -> ": did you mean " + meant + "? It has ")
                            .orElse(": it has ")
                    + String.join(", ", contexts));
        }
        if (!named) {
            throw new CannotBeDone("the kubeconfig has no current context: name one by --context; it has "
                    + String.join(", ", contexts));
        }
        return config;
    }

    private static String kubeconfig() {
        return String.join(File.pathSeparator, Config.getKubeconfigFilenames());
    }

    /** Why a cluster did not give what it was asked for. */
    public static CannotBeDone failure(KubernetesClient client, KubernetesClientException e) {
        String cluster = "the cluster at " + client.getMasterUrl() + " ";
        if (e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return new CannotBeDone(
                    cluster + "does not know you: log in again, until kubectl auth whoami says who you are", e);
        }
        if (e.getCode() > 0) {
            return new CannotBeDone(cluster + "answers: " + said(e), e);
        }
        return new CannotBeDone(
                cluster + "cannot be reached: " + deepest(e) + "; see whether kubectl get ns reaches it", e);
    }

    /** What the API server says, in a sentence. */
    public static String said(KubernetesClientException e) {
        return e.getStatus() == null || e.getStatus().getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getStatus().getMessage();
    }

    /** Outer ones only say that something has happened. */
    private static String deepest(Throwable failure) {
        Throwable deepest = failure;
        String words = String.valueOf(failure.getMessage());
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
            words = deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
        }
        return words.lines().findFirst().orElse("");
    }
}
