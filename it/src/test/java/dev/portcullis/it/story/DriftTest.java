package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.port.OutputPort;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is changed behind the operator's back, on the platform or in the cluster, the platform comes to hold what the active agreements say. */
class DriftTest {
    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();

    @Test
    void aMembershipRemovedByHandComesBackAndAStrangerGoes() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("kept", "orders", story.taylor, "");
        story.awaitPhase("kept", Phase.Active);
        String port = story.portUid("orders");
        String role = story.roles(port).get(0);
        String taylor = Story.login(story.taylor);

        // by the operator's own role, and by a superuser whose grants nobody else can take back
        story.shop().execute("postgres", "SET ROLE portcullis; REVOKE " + role + " FROM " + taylor);
        story.awaitReads(story.taylor, "orders", true);
        story.shop().execute("postgres", "GRANT " + role + " TO " + Story.login(story.quinn));
        assertThat(story.reads(story.quinn, "orders")).isTrue();
        story.awaitReads(story.quinn, "orders", false);

        story.awaitHolders(port, taylor);
        assertThat(story.reads(story.taylor, "orders")).isTrue();
        Installation.await("repairs counted", () -> {
            var repaired = platform().getStatus().repaired();
            return repaired.missing() >= 1 && repaired.extra() >= 1;
        });
    }

    @Test
    void aTableTakenOffThePortIsGoneForAllAndOneAddedIsForLaterRequestsOnly() {
        story.offer("both", "[{name: orders}, {name: order_items}]", "autoApprove: true");
        story.request("early", "both", story.taylor, "");
        story.awaitPhase("early", Phase.Active);
        assertThat(story.reads(story.taylor, "order_items")).isTrue();

        tables("both", "[{\"name\":\"orders\"}]");
        story.awaitReads(story.taylor, "order_items", false);
        story.awaitReads(story.taylor, "orders", true);

        tables("both", "[{\"name\":\"orders\"},{\"name\":\"order_items\"},{\"name\":\"customers\"}]");
        story.awaitReads(story.taylor, "order_items", true);
        story.request("late", "both", story.quinn, "");
        story.awaitPhase("late", Phase.Active);
        assertThat(story.reads(story.quinn, "customers")).isTrue();
        assertThat(story.reads(story.taylor, "customers")).isFalse();
    }

    @Test
    void aFinalizerStrippedByAClusterAdminLeavesNothingBehind() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("stripped", "orders", story.taylor, "");
        story.awaitPhase("stripped", Phase.Active);
        installation.operator().kill9();
        story.delete("stripped");
        installation
                .admin()
                .resources(DataUsageAgreement.class)
                .inNamespace(story.marketing)
                .withName("stripped")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        Installation.await("gone", () -> story.agreement("stripped") == null);
        assertThat(story.reads(story.taylor, "orders")).isTrue();

        installation.restartOperator();

        story.awaitReads(story.taylor, "orders", false);
    }

    @Test
    void aPortDeletedOrCreatedAnewRevokesForGood() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("old", "orders", story.taylor, "");
        story.awaitPhase("old", Phase.Active);
        String oldUid = story.portUid("orders");
        Installation.await("counted", () -> {
            var counts = installation.port(story.checkout, "orders").getStatus().agreements();
            return counts != null && counts.active() == 1;
        });

        var port = installation
                .admin()
                .resources(OutputPort.class)
                .inNamespace(story.checkout)
                .withName("orders");
        assertThat(catchMessage(port::delete)).contains("allow-delete");
        port.patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\":{\"annotations\":{\"portcullis.dev/allow-delete\":\"true\"}}}");
        port.withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
        story.offer("orders", "[{name: orders}]", "autoApprove: true");

        story.awaitAgreement(
                "old",
                "revoked and gone",
                agreement -> agreement.getStatus().phase() == Phase.Revoked
                        && agreement.getStatus().provisioning().status() == ProvisioningStatus.Deprovisioned);
        assertThat(story.reads(story.taylor, "orders")).isFalse();
        Installation.await(
                "roles of the old port gone", () -> story.roles(oldUid).isEmpty());
        story.request("new", "orders", story.taylor, "");
        story.awaitPhase("new", Phase.Active);
        assertThat(story.agreement("old").getStatus().phase()).isEqualTo(Phase.Revoked);
    }

    @Test
    void namespacesDeletedInAnyOrderLeaveNothing() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("theirs", "orders", story.taylor, "");
        story.awaitPhase("theirs", Phase.Active);
        String port = story.portUid("orders");

        for (String namespace : List.of(story.checkout, story.marketing)) {
            installation.admin().namespaces().withName(namespace).delete();
        }
        Installation.await(
                "namespaces gone",
                () -> installation.admin().namespaces().withName(story.checkout).get() == null
                        && installation
                                        .admin()
                                        .namespaces()
                                        .withName(story.marketing)
                                        .get()
                                == null);
        story.awaitReads(story.taylor, "orders", false);
        Installation.await("roles gone", () -> story.roles(port).isEmpty());
    }

    private DataPlatform platform() {
        return installation
                .admin()
                .resources(DataPlatform.class)
                .withName(story.warehouse)
                .get();
    }

    private void tables(String port, String json) {
        installation
                .admin()
                .resources(OutputPort.class)
                .inNamespace(story.checkout)
                .withName(port)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"postgresql\":{\"tables\":" + json + "}}}");
    }

    private static String catchMessage(Runnable action) {
        try {
            action.run();
            return "nothing was refused";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
