package dev.portcullis.it.story;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.it.TemporaryFolder;
import dev.portcullis.it.WholeClient;
import dev.portcullis.local.Await;
import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.LocalPostgres;
import dev.portcullis.local.OperatorProcess;
import dev.portcullis.local.PortcullisManifests;
import dev.portcullis.local.ShopDatabase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One installation for all stories of a JVM; every story uses namespaces of its own. */
final class Installation {
    static final Duration SOON = Duration.ofSeconds(30);

    /** Who {@link #admin()} is to the API server. */
    private static final String ADMINISTRATOR = "admin";

    private static final List<String> OF_ONE_DECISION = List.of(
            "portcullis.dev/decision-reason", "portcullis.dev/decision-link", "portcullis.dev/decision-metadata");

    private static final AtomicInteger STORIES = new AtomicInteger();
    private static volatile Installation running;

    private final TemporaryFolder folder = TemporaryFolder.create("stories");
    private final KubeControlPlane kube;
    private final LocalPostgres postgres;
    private final ShopDatabase shop;
    private final OperatorProcess operator;
    private final PortcullisManifests manifests;
    private final boolean stamps;

    private Installation() throws IOException {
        Path dir = folder.path();
        kube = KubeControlPlane.start(dir.resolve("kube"));
        kube.startControllerManager();
        postgres = LocalPostgres.start(dir.resolve("postgres"));
        shop = ShopDatabase.create(postgres);
        stamps = PortcullisManifests.stampsOn(kube.client());
        manifests = new PortcullisManifests(kube.client());
        manifests.apply();
        manifests.writeCredentials("warehouse-admin", ShopDatabase.OPERATOR_LOGIN, shop.operatorPassword());
        operator = new OperatorProcess(manifests.operatorKubeconfig(kube), dir.resolve("operator.log"));
        operator.start();
        operator.awaitReady(Duration.ofSeconds(60));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    static synchronized Installation get() {
        if (running == null) {
            try {
                running = new Installation();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return running;
    }

    /** A provider, a consumer and a platform that no other story has. The platform of the one before is rarely compared from now on: it is over. */
    Story newStory() {
        int number = STORIES.incrementAndGet();
        compareRarely(Story.warehouse(number - 1));
        return new Story(this, number);
    }

    private void compareRarely(String platform) {
        var ended = admin().resources(DataPlatform.class).withName(platform);
        if (ended.get() != null) {
            ended.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"drift\":{\"interval\":\"1h\"}}}");
        }
    }

    KubernetesClient admin() {
        return kube.client();
    }

    KubernetesClient as(String user) {
        return kube.as(user, "system:authenticated");
    }

    KubeControlPlane kube() {
        return kube;
    }

    LocalPostgres postgres() {
        return postgres;
    }

    ShopDatabase shop() {
        return shop;
    }

    OperatorProcess operator() {
        return operator;
    }

    /** Starts the API server after it was killed; returns when it takes requests for agreements again. */
    void restartApiServer() {
        kube.startApiServer();
        manifests.awaitKindsKnown();
    }

    void restartOperator() {
        operator.start();
        operator.awaitReady(Duration.ofSeconds(60));
    }

    void apply(KubernetesClient client, String yaml) {
        for (GenericKubernetesResource object : PortcullisManifests.parse(yaml)) {
            if (!stamps && object.getKind().equals("DataUsageAgreement")) {
                Map<String, String> annotations = object.getMetadata().getAnnotations();
                object.getMetadata()
                        .setAnnotations(
                                WholeClient.ofNewAgreement(user(client), annotations == null ? Map.of() : annotations));
            }
            client.resource(object).forceConflicts().serverSideApply();
        }
    }

    /** What is to be written on an agreement that is there, as a whole client writes it: null takes away what an earlier decision left. */
    Map<String, @Nullable String> whole(KubernetesClient client, Map<String, String> annotations) {
        if (stamps) {
            return new HashMap<>(annotations);
        }
        Map<String, @Nullable String> whole = new HashMap<>(WholeClient.withDecision(user(client), annotations));
        if (annotations.containsKey("portcullis.dev/decision")) {
            OF_ONE_DECISION.forEach(key -> whole.putIfAbsent(key, null));
        }
        return whole;
    }

    private static String user(KubernetesClient client) {
        String impersonated = client.getConfiguration().getImpersonateUsername();
        return impersonated == null ? ADMINISTRATOR : impersonated;
    }

    DataUsageAgreement agreement(String namespace, String name) {
        return admin().resources(DataUsageAgreement.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    OutputPort port(String namespace, String name) {
        return admin().resources(OutputPort.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private void close() {
        operator.close();
        postgres.close();
        kube.close();
        folder.close();
    }

    static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Await.until(SOON, what, condition);
    }
}
