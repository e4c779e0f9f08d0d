package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.grant.AccessGrant;
import dev.portcullis.api.grant.AccessGrantSpec;
import dev.portcullis.api.grant.AccessGrantStatus;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.it.TemporaryFolder;
import dev.portcullis.local.Await;
import dev.portcullis.local.GrantControllerProcess;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A platform served by the sample grant controller: what it grants, and what happens while it does not run. */
class ExternalPlatformTest {
    private static final String ORDERS = "topics/orders";

    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();
    private final String events = story.warehouse.replace("warehouse", "events");

    /** Not deleted at the end: a kubectl whose controller was killed may still write its cache there. */
    private final TemporaryFolder folder = TemporaryFolder.create("external");

    private final Path dir = folder.path();

    private GrantControllerProcess controller;

    @BeforeEach
    void platform() {
        story.applyAsAdmin("""
                apiVersion: portcullis.dev/v1alpha1
                kind: DataPlatform
                metadata: {name: $events}
                spec:
                  external: {}
                  principals: {user: "name.split('@')[0]"}
                  exposes: [{namespaces: [$checkout], external: ["topics/*"]}]
                  drift: {interval: 2s}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: $events, namespace: portcullis-system}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: $events}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-grant-controller}
                subjects: [{kind: ServiceAccount, name: $events, namespace: portcullis-system}]
                """.replace("$events", events));
        controller = new GrantControllerProcess(
                installation.kube(), installation.kube().kubeconfigFor("portcullis-system", events), events, dir);
        offer("[{name: topics/orders}, {name: topics/items, parts: [sku, quantity]}]");
    }

    @AfterEach
    void end() {
        controller.close();
        folder.close();
    }

    @Test
    void accessIsThereWhenTheControllerSaysSoAndGoneWhenItSaysSo() {
        story.request("a", "events-v1", story.taylor, "");

        // nobody answers yet
        DataUsageAgreement waiting =
                story.awaitAgreement("a", "waits", a -> granted(a).contains("WaitingForPlatform"));
        assertThat(waiting.getStatus().phase()).isEqualTo(Phase.Provisioning);
        assertThat(waiting.getStatus().provisioning().status()).isEqualTo(ProvisioningStatus.Provisioning);
        assertThat(granted(waiting))
                .contains("waits for the grant controller of DataPlatform " + events, "sees that it runs");
        AccessGrant grant = grants().get(0);
        assertThat(grant.getSpec().principal()).isEqualTo(Story.login(story.taylor));
        assertThat(grant.getSpec().outputPort())
                .isEqualTo(new AccessGrantSpec.PortReference("events-v1", story.portUid("events-v1")));
        assertThat(grant.getSpec().agreements()).singleElement().satisfies(agreement -> {
            assertThat(agreement.namespace()).isEqualTo(story.marketing);
            assertThat(agreement.name()).isEqualTo("a");
            assertThat(agreement.uid()).isEqualTo(waiting.getMetadata().getUid());
            assertThat(agreement.purpose()).isEqualTo("Find out what customers want next.");
        });

        controller.start();
        story.awaitPhase("a", Phase.Active);
        assertThat(controller.allowed(ORDERS)).containsExactly(Story.login(story.taylor) + " *");
        assertThat(controller.allowed("topics/items")).containsExactly(Story.login(story.taylor) + " quantity sku");
        assertThat(grants().get(0).getStatus().state()).isEqualTo(AccessGrantStatus.State.Granted);

        // it ends while the controller is down: nobody says that it is gone, however often it is looked at
        controller.kill9();
        story.delete("a");
        DataUsageAgreement held = story.awaitAgreement(
                "a", "held", a -> granted(a).contains("has not said yet that the access is taken away"));
        assertThat(held.getStatus().phase()).isEqualTo(Phase.Cancelled);
        assertThat(held.getStatus().provisioning().status()).isEqualTo(ProvisioningStatus.Deprovisioning);
        awaitComparisons(2);
        installation.operator().kill9();
        installation.restartOperator();
        awaitComparisons(2);
        assertThat(story.agreement("a")).isNotNull();
        assertThat(story.agreement("a").getStatus().provisioning().status())
                .isEqualTo(ProvisioningStatus.Deprovisioning);
        assertThat(story.agreement("a").getMetadata().getResourceVersion())
                .as("no write for having looked")
                .isEqualTo(held.getMetadata().getResourceVersion());
        assertThat(controller.allowed(ORDERS)).isNotEmpty();

        controller.start();
        Installation.await("gone", () -> {
            boolean gone = story.agreement("a") == null;
            if (gone) {
                assertThat(controller.allowed(ORDERS))
                        .as("gone means gone")
                        .doesNotContain(Story.login(story.taylor) + " *");
            }
            return gone;
        });
        assertThat(grants()).extracting(left -> left.getSpec().principal()).containsOnly(Story.login(story.quinn));
    }

    @Test
    void oneAccessGrantExplainsTwoAgreementsAndStaysForTheSecond() {
        controller.start();
        story.request("a", "events-v1", story.taylor, "");
        story.request("b", "events-v1", story.taylor, "");
        story.awaitPhase("a", Phase.Active);
        story.awaitPhase("b", Phase.Active);
        assertThat(agreementsNamed()).containsExactlyInAnyOrder("a", "b");
        String uid = grants().get(0).getMetadata().getUid();

        story.delete("a");
        Installation.await("a gone", () -> story.agreement("a") == null);

        Installation.await("explained by b alone", () -> agreementsNamed().equals(List.of("b")));
        assertThat(grants()).extracting(grant -> grant.getMetadata().getUid()).containsExactly(uid);
        assertThat(controller.allowed(ORDERS)).containsExactly(Story.login(story.taylor) + " *");
    }

    @Test
    void whatIsTakenOffThePortGoes() {
        controller.start();
        story.request("a", "events-v1", story.taylor, "");
        story.awaitPhase("a", Phase.Active);

        offer("[{name: topics/items, parts: [sku]}]");

        Installation.await(
                "narrowed",
                () -> controller.allowed(ORDERS).isEmpty()
                        && controller.allowed("topics/items").equals(List.of(Story.login(story.taylor) + " sku")));
        story.awaitPhase("a", Phase.Active);
        Installation.await("one grant", () -> grants().size() == 1);
    }

    @Test
    void driftIsMendedBothWays() {
        controller.start();
        story.request("a", "events-v1", story.taylor, "");
        story.awaitPhase("a", Phase.Active);
        AccessGrant ours = grants().get(0);

        // somebody in charge ends what is wanted, takes the labels off another, and writes one that nobody asked for
        AccessGrant stray = new AccessGrant();
        stray.getMetadata().setNamespace(story.checkout);
        stray.getMetadata().setName("stray");
        stray.getMetadata().setFinalizers(List.of("portcullis.dev/external"));
        stray.setSpec(new AccessGrantSpec(
                ours.getSpec().installation(),
                events,
                ours.getSpec().outputPort(),
                "mallory",
                ours.getSpec().objects(),
                List.of()));
        installation.admin().resource(stray).create();
        AccessGrant others = new AccessGrant();
        others.getMetadata().setNamespace(story.checkout);
        others.getMetadata().setName("others");
        others.getMetadata().setFinalizers(List.of("portcullis.dev/external"));
        others.setSpec(new AccessGrantSpec(
                "another-installation",
                events,
                ours.getSpec().outputPort(),
                "somebody",
                ours.getSpec().objects(),
                List.of()));
        installation.admin().resource(others).create();
        installation
                .admin()
                .resource(ours)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"labels\": null}}");
        installation.admin().resource(ours).delete();

        Installation.await("put back and cleaned up", () -> {
            List<AccessGrant> now = grants();
            return now.stream()
                            .map(grant -> grant.getSpec().principal())
                            .collect(Collectors.toSet())
                            .equals(Set.of(Story.login(story.taylor), "somebody"))
                    && now.stream()
                            .filter(grant -> grant.getSpec().principal().equals(Story.login(story.taylor)))
                            .allMatch(grant -> !grant.getMetadata()
                                            .getUid()
                                            .equals(ours.getMetadata().getUid())
                                    && events.equals(
                                            grant.getMetadata().getLabels().get("portcullis.dev/platform")));
        });
        story.awaitPhase("a", Phase.Active);
        Installation.await(
                "the lists follow",
                () -> controller.allowed(ORDERS).equals(List.of("somebody *", Story.login(story.taylor) + " *")));
    }

    @Test
    void kubectlWaitsForIt() throws Exception {
        controller.start();
        story.request("a", "events-v1", story.taylor, "");
        Installation.await("written", () -> grants().size() == 1);

        ProcessBuilder kubectl = new ProcessBuilder(
                        installation.kube().kubectl().toString(),
                        "wait",
                        "--for=condition=Granted",
                        "--timeout=20s",
                        "-n",
                        story.checkout,
                        "accessgrants",
                        "--all")
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("wait.txt").toFile());
        kubectl.environment().put("KUBECONFIG", installation.kube().kubeconfig().toString());

        assertThat(kubectl.start().waitFor()).isZero();
    }

    // ----

    private void offer(String objects) {
        story.applyAsAdmin("""
                apiVersion: portcullis.dev/v1alpha1
                kind: OutputPort
                metadata: {name: events-v1, namespace: $checkout}
                spec:
                  dataProduct: orders
                  platform: %s
                  external: {objects: %s}
                  autoApprove: true
                """.formatted(events, objects));
    }

    private List<AccessGrant> grants() {
        return installation
                .admin()
                .resources(AccessGrant.class)
                .inNamespace(story.checkout)
                .list()
                .getItems();
    }

    private List<String> agreementsNamed() {
        return grants().stream()
                .flatMap(grant -> grant.getSpec().agreements().stream())
                .map(AccessGrantSpec.AgreementReference::name)
                .toList();
    }

    private static String granted(DataUsageAgreement agreement) {
        return agreement.getStatus() == null
                ? ""
                : Conditions.find(agreement.getStatus().conditions(), "Granted")
                        .map(condition -> condition.reason() + ": " + condition.message())
                        .orElse("");
    }

    /** A second agreement that is granted shows that the loop has turned: a mark of its port is a comparison of it. */
    private void awaitComparisons(int count) {
        for (int i = 0; i < count; i++) {
            String name = "turn" + System.nanoTime();
            story.request(name, "events-v1", story.quinn, "");
            story.awaitAgreement(name, "compared", a -> granted(a).startsWith("WaitingForPlatform"));
            Await.until(
                    Installation.SOON,
                    name + " written",
                    () -> agreementsNamed().contains(name));
        }
    }
}
