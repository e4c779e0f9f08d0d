package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.port.Changes;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.it.TemporaryFolder;
import dev.portcullis.local.Await;
import dev.portcullis.local.Checkout;
import dev.portcullis.local.GrantControllerProcess;
import dev.portcullis.local.PortcullisManifests;
import dev.portcullis.local.ShopDatabase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every sample is applied as a reader would, and becomes what it says of itself. */
class SamplesTest {
    private static final Path SAMPLES = Checkout.root().resolve("samples");

    /** Who applies what; everything else is the platform team's, who are cluster administrators. */
    private static final Map<String, String> PEOPLE = Map.ofEntries(
            Map.entry("quickstart/50-offer.yaml", "olga@example.com"),
            Map.entry("quickstart/60-agreement-auto-approved.yaml", "taylor@example.com"),
            Map.entry("quickstart/61-agreement-same-team.yaml", "robin@example.com"),
            Map.entry("quickstart/62-agreement-manual.yaml", "taylor@example.com"),
            Map.entry("by-hand/quinn-orders.yaml", "quinn@example.com"),
            Map.entry("terms/50-offer.yaml", "olga@example.com"),
            Map.entry("terms/60-agreement.yaml", "quinn@example.com"),
            Map.entry("external-platform/40-offer.yaml", "sasha@example.com"),
            Map.entry("external-platform/50-agreement.yaml", "taylor@example.com"),
            Map.entry("granular/20-offer.yaml", "olga@example.com"),
            Map.entry("granular/30-agreement.yaml", "quinn@example.com"),
            Map.entry("granular/40-decision.yaml", "olga@example.com"),
            Map.entry("votes/20-offer.yaml", "olga@example.com"),
            Map.entry("votes/30-agreement.yaml", "quinn@example.com"),
            Map.entry("votes/40-decision-olga.yaml", "olga@example.com"),
            Map.entry("votes/50-decision-pat.yaml", "pat@example.com"));

    private final Installation installation = Installation.get();
    private final ShopDatabase shop = installation.shop();

    @Test
    void quickstart() throws IOException {
        for (Path file : filesOf("quickstart")) {
            apply(file);
        }

        awaitReady(
                "DataPlatform warehouse",
                () -> admin().resources(DataPlatform.class)
                        .withName("warehouse")
                        .get()
                        .getStatus()
                        .conditions());
        awaitReady(
                "DataProduct orders",
                () -> admin().resources(DataProduct.class)
                        .inNamespace("checkout")
                        .withName("orders")
                        .get()
                        .getStatus()
                        .conditions());
        for (String port : List.of("orders-v1", "order-items-v1")) {
            awaitReady(
                    "OutputPort " + port,
                    () -> admin().resources(OutputPort.class)
                            .inNamespace("checkout")
                            .withName(port)
                            .get()
                            .getStatus()
                            .conditions());
        }

        DataUsageAgreement items = awaitPhase("marketing", "basket-items", Phase.Active);
        assertThat(items.getStatus().approval().rule()).isEqualTo("auto-approve");
        assertThat(reads("taylor", "SELECT count(order_id), count(sku), count(quantity) FROM sales.order_items"))
                .isTrue();
        assertThat(reads("taylor", "SELECT max(price) FROM sales.order_items"))
                .as("not the price")
                .isFalse();

        DataUsageAgreement own = awaitPhase("checkout", "own-orders", Phase.Active);
        assertThat(own.getStatus().approval().rule()).isEqualTo("same-team");
        assertThat(reads("robin", "SELECT count(*) FROM sales.orders")).isTrue();
        assertThat(reads("robin", "SELECT count(*) FROM sales.customers")).isFalse();

        awaitPhase("marketing", "churn-orders", Phase.Requested);
        assertThat(reads("taylor", "SELECT count(*) FROM sales.orders")).isFalse();
        decide("olga@example.com", "approved");
        DataUsageAgreement manual = awaitPhase("marketing", "churn-orders", Phase.Active);
        assertThat(manual.getStatus().approval().decisions())
                .singleElement()
                .satisfies(decision -> assertThat(decision.by()).isEqualTo("olga@example.com"));
        assertThat(reads("taylor", "SELECT count(*) FROM sales.orders")).isTrue();

        for (Path file : filesOf("by-hand")) {
            apply(file);
        }
        awaitPhase("marketing", "quinn-orders", Phase.Requested);

        for (Path file : filesOf("terms")) {
            apply(file);
        }
        Snapshot accepted = awaitPhase("marketing", "order-regions", Phase.Active)
                .getStatus()
                .snapshot();
        assertThat(accepted.changes()).isEqualTo(Changes.Follow);
        assertThat(textOf(accepted.terms().get(0).sha256())).startsWith("Do not try to find out who a customer is.");
        assertThat(textOf(accepted.questions().get(0).sha256())).isEqualTo("How long do you keep the data?");

        twoApprovers();
        someRows();

        // applying it once more is no harm
        for (Path file : filesOf("quickstart")) {
            apply(file);
        }
        awaitPhase("marketing", "churn-orders", Phase.Active);
        decide("olga@example.com", "revoked");
        awaitPhase("marketing", "churn-orders", Phase.Revoked);
        Installation.await("taken away", () -> !reads("taylor", "SELECT count(*) FROM sales.orders"));
        assertThat(reads("robin", "SELECT count(*) FROM sales.orders")).isTrue();
    }

    private void twoApprovers() throws IOException {
        List<Path> files = filesOf("votes");
        for (Path file : files.subList(0, 3)) {
            apply(file);
        }
        DataUsageAgreement waits = awaitPhase("marketing", "newsletter", Phase.Requested);
        assertThat(waits.getStatus().approval().missing()).hasSize(2);
        apply(files.get(3));
        Installation.await(
                "one approval is missing",
                () -> installation
                                .agreement("marketing", "newsletter")
                                .getStatus()
                                .approval()
                                .missing()
                                .size()
                        == 1);
        assertThat(reads("quinn", "SELECT count(email) FROM sales.customers")).isFalse();
        apply(files.get(4));
        DataUsageAgreement active = awaitPhase("marketing", "newsletter", Phase.Active);
        assertThat(active.getStatus().approval().rule()).isEqualTo("customers/personal-data");
        assertThat(active.getStatus().recertifyBy()).isNotNull();
        assertThat(reads("quinn", "SELECT count(email), count(customer_id) FROM sales.customers"))
                .isTrue();
        assertThat(reads("quinn", "SELECT count(name) FROM sales.customers"))
                .as("not the name")
                .isFalse();
    }

    private void someRows() throws IOException {
        for (Path file : filesOf("granular")) {
            apply(file);
        }
        String granted = Conditions.find(
                        awaitPhase("marketing", "german-sales", Phase.Active)
                                .getStatus()
                                .conditions(),
                        "Granted")
                .orElseThrow()
                .message();
        assertThat(granted).contains("portcullis_views.", " instead of");
        String view = granted.substring(granted.indexOf("portcullis_views."), granted.indexOf(" instead of"));
        assertThat(shop.query("quinn", "SELECT order_id, amount, ordered_at FROM " + view + " ORDER BY order_id")
                        .rows())
                .isEqualTo(
                        shop.look(
                                "SELECT order_id, amount, ordered_at FROM sales.orders WHERE country = 'DE' AND amount <= 50 ORDER BY order_id"))
                .isNotEmpty();
        assertThat(reads("quinn", "SELECT country FROM " + view))
                .as("not the country")
                .isFalse();
    }

    @Test
    void externalPlatform() throws IOException {
        for (Path file : filesOf("external-platform")) {
            apply(file);
        }
        awaitPhase("analytics", "order-events", Phase.Provisioning);
        Path kubeconfig = installation.kube().kubeconfigFor("events-system", "grant-controller");
        // goes last: a kubectl whose controller was ended may still write its cache there
        try (TemporaryFolder dir = TemporaryFolder.create("external");
                GrantControllerProcess controller =
                        new GrantControllerProcess(installation.kube(), kubeconfig, "events", dir.path())) {
            controller.start();

            awaitPhase("analytics", "order-events", Phase.Active);
            assertThat(controller.allowed("topics/orders")).containsExactly("taylor *");
            assertThat(controller.allowed("topics/streaming.clicks")).containsExactly("taylor at order_id");

            // applying it once more is no harm
            for (Path file : filesOf("external-platform")) {
                apply(file);
            }
            admin().resources(DataUsageAgreement.class)
                    .inNamespace("analytics")
                    .withName("order-events")
                    .delete();
            Installation.await("gone", () -> installation.agreement("analytics", "order-events") == null);
            assertThat(controller.allowed("topics/orders")).isEmpty();
            assertThat(controller.allowed("topics/streaming.clicks")).isEmpty();
        }
    }

    /** A folder that no test above applies; the policies have a test of their own, on the API server alone, and so has GitOps. */
    @Test
    void noSampleIsForgotten() throws IOException {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "quickstart",
                            "by-hand",
                            "terms",
                            "votes",
                            "granular",
                            "external-platform",
                            "policies",
                            "gitops");
        }
        assertThat(Stream.of(
                                filesOf("quickstart"),
                                filesOf("by-hand"),
                                filesOf("terms"),
                                filesOf("votes"),
                                filesOf("granular"),
                                filesOf("external-platform"))
                        .flatMap(List::stream)
                        .map(file -> SAMPLES.relativize(file).toString())
                        .toList())
                .containsAll(PEOPLE.keySet());
    }

    private static List<Path> filesOf(String folder) throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private void apply(Path file) throws IOException {
        String text = Files.readString(file);
        String person = PEOPLE.get(SAMPLES.relativize(file).toString());
        KubernetesClient client = person == null ? admin() : installation.as(person);
        for (GenericKubernetesResource object : PortcullisManifests.parse(here(text))) {
            client.resource(object)
                    .fieldValidation(Validation.STRICT)
                    .fieldManager("kubectl")
                    .serverSideApply();
        }
    }

    /** As ./try does it. */
    private String here(String text) {
        return text.replace("port: 5432", "port: " + installation.postgres().port());
    }

    private void decide(String person, String decision) {
        installation
                .as(person)
                .resources(DataUsageAgreement.class)
                .inNamespace("marketing")
                .withName("churn-orders")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"portcullis.dev/decision\":\"" + decision + "\"}}}");
    }

    /** As an auditor finds it, whatever became of product and agreement. */
    private String textOf(String sha256) {
        return admin().configMaps()
                .inNamespace("portcullis-system")
                .withName("portcullis-text-" + sha256.substring("sha256:".length(), "sha256:".length() + 40))
                .get()
                .getData()
                .get("text");
    }

    private boolean reads(String login, String sql) {
        return shop.query(login, sql).allowed();
    }

    private DataUsageAgreement awaitPhase(String namespace, String name, Phase phase) {
        Await.until(
                Installation.SOON,
                () -> name + " " + phase + ", but it is " + installation.agreement(namespace, name),
                () -> installation.agreement(namespace, name).getStatus().phase() == phase);
        return installation.agreement(namespace, name);
    }

    private static void awaitReady(String what, java.util.concurrent.Callable<List<Condition>> conditions) {
        Installation.await(
                what + " ready",
                () -> Conditions.find(conditions.call(), "Ready")
                        .filter(ready -> ready.status() == Condition.Status.True)
                        .isPresent());
    }

    private KubernetesClient admin() {
        return installation.admin();
    }
}
