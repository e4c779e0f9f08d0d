package dev.portcullis.it.admission;

import dev.portcullis.it.WholeClient;
import dev.portcullis.local.Await;
import dev.portcullis.local.Checkout;
import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One API server with the shipped CRDs, policies and roles, and nothing that acts by itself: the operator is played by its account. */
final class Cluster implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final KubeControlPlane kube;
    private final AtomicInteger count = new AtomicInteger();
    private Mode mode;

    Cluster(Path dir) {
        kube = KubeControlPlane.start(dir);
        mode = modes().get(0);
        new PortcullisManifests(kube.client()).apply();
        for (String namespace : List.of("marketing", "checkout", "finance")) {
            kube.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
        new People(kube.client()).bind();
        awaitRights();
    }

    /** Those there are on this version of Kubernetes, the one that it starts with first. */
    List<Mode> modes() {
        return PortcullisManifests.stampsOn(kube.client()) ? List.of(Mode.STAMPED, Mode.PLAIN) : List.of(Mode.PLAIN);
    }

    Mode mode() {
        return mode;
    }

    /** Takes the mutating policy away, or puts it back, and returns when the API server acts accordingly. */
    void mode(Mode wanted) {
        if (mode == wanted) {
            return;
        }
        mode = wanted;
        List<GenericKubernetesResource> stamps =
                PortcullisManifests.load(Checkout.root().resolve("helm/portcullis/files/admission")).stream()
                        .filter(resource -> resource.getKind().startsWith("MutatingAdmissionPolicy"))
                        .toList();
        if (wanted == Mode.STAMPED) {
            stamps.forEach(policy -> kube.client().resource(policy).create());
        } else {
            stamps.forEach(policy -> kube.client().resource(policy).delete());
        }
        Await.until(SOON, "mode " + wanted, () -> acts(wanted));
    }

    private boolean acts(Mode wanted) {
        try {
            dryRunAs(People.TAYLOR, Manifests.agreement("probe"));
            return wanted == Mode.STAMPED;
        } catch (Refused e) {
            return wanted == Mode.PLAIN && String.valueOf(e.getMessage()).contains("say who requests");
        }
    }

    /** Does something while agreements are not guarded, and returns when they are again. */
    void unguarded(Runnable something) {
        List<GenericKubernetesResource> bindings =
                PortcullisManifests.load(Checkout.root().resolve("helm/portcullis/files/admission")).stream()
                        .filter(resource -> resource.getMetadata().getName().equals("agreements.portcullis.dev"))
                        .filter(resource -> resource.getKind().endsWith("Binding"))
                        .toList();
        GenericKubernetesResource stranger =
                Manifests.annotated(Manifests.agreement("probe"), Map.of("portcullis.dev/requested-by", "nobody"));
        bindings.forEach(binding -> kube.client().resource(binding).delete());
        Await.until(SOON, "the guard gone", () -> {
            dryRunAs(People.TAYLOR, stranger);
            return true;
        });
        something.run();
        bindings.forEach(binding -> kube.client().resource(binding).create());
        Await.until(SOON, "the guard back", () -> {
            try {
                dryRunAs(People.TAYLOR, stranger);
                return false;
            } catch (Refused e) {
                return true;
            }
        });
    }

    /** Authorization follows its own watch, in order: when the last who was bound is known, all are. */
    private void awaitRights() {
        Await.until(SOON, "rights in force", () -> {
            dryRunAs(People.LAST_BOUND, complete(People.LAST_BOUND, Manifests.agreement("probe")));
            return true;
        });
    }

    private void dryRunAs(String user, GenericKubernetesResource agreement) {
        send(
                user,
                "POST",
                new Target(Target.Kind.AGREEMENT, "marketing", "").collection() + "?dryRun=All",
                "application/json",
                Serialization.asJson(agreement));
    }

    private KubernetesClient as(String user) {
        // headers are Latin-1 to the client and UTF-8 to the API server
        String name = new String(user.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return user.equals(People.ADMIN) ? kube.as(name, "system:masters") : kube.as(name);
    }

    /** One request, as it is: the client's own verbs read before they write, which not everybody here may. */
    String send(String user, String method, String path, String contentType, String body) {
        KubernetesClient client = as(user);
        try {
            HttpResponse<String> response = client.getHttpClient()
                    .sendAsync(
                            client.getHttpClient()
                                    .newHttpRequestBuilder()
                                    .uri(URI.create(kube.url() + path))
                                    .method(method, contentType, body)
                                    .build(),
                            String.class)
                    .get();
            if (response.code() >= 300) {
                throw new Refused(response.code(), message(response.body()));
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String message(String body) {
        return Serialization.unmarshal(body, Map.class).get("message") instanceof String message ? message : body;
    }

    /** What is stored; null when there is no such object. */
    @Nullable
    GenericKubernetesResource found(Target target) {
        try {
            return Manifests.parse(send(People.ADMIN, "GET", target.path(), "application/json", ""));
        } catch (Refused e) {
            if (e.code() == 404) {
                return null;
            }
            throw e;
        }
    }

    GenericKubernetesResource stored(Target target) {
        GenericKubernetesResource found = found(target);
        if (found == null) {
            throw new AssertionError(target + " is gone");
        }
        return found;
    }

    String freshName() {
        return "t" + count.incrementAndGet();
    }

    /** What a whole client sends: without the mutating policy it has to say itself who requests and who decides. */
    GenericKubernetesResource complete(String user, GenericKubernetesResource resource) {
        if (mode == Mode.STAMPED || !resource.getKind().equals(Target.Kind.AGREEMENT.kind)) {
            return resource;
        }
        Map<String, String> annotations = resource.getMetadata().getAnnotations();
        resource.getMetadata()
                .setAnnotations(WholeClient.ofNewAgreement(user, annotations == null ? Map.of() : annotations));
        return resource;
    }

    /** Creates it as a whole client does. */
    Target create(String user, Target.Kind kind, GenericKubernetesResource resource) {
        Target target = new Target(
                kind,
                kind.namespaced ? resource.getMetadata().getNamespace() : "",
                String.valueOf(resource.getMetadata().getName()));
        createExactly(user, target, complete(user, resource));
        return target;
    }

    void createExactly(String user, Target target, GenericKubernetesResource resource) {
        send(user, "POST", target.collection(), "application/json", Serialization.asJson(resource));
    }

    /** Whoever is to write a status does, with the rights they really have. */
    void status(Target target, Map<String, ?> status) {
        String whose = target.kind() == Target.Kind.GRANT ? People.CONTROLLER : People.OPERATOR;
        Act.writesStatus(status).by(whose, target, this);
    }

    /** The operator puts its finalizer on, where no policy has. */
    void finalizer(Target target) {
        Act.merges(Map.of("metadata", Map.of("finalizers", List.of("portcullis.dev/revoke"))))
                .by(People.OPERATOR, target, this);
    }

    @Override
    public void close() {
        kube.close();
    }
}
