package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.it.TemporaryFolder;
import dev.portcullis.local.LocalPostgres;
import dev.portcullis.local.ShopDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The DataPlatform names another server from one moment to the next, with a shop like the first, but nothing of ours. */
class ServerChangedTest {
    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();
    private final StoryPlatform platform = new StoryPlatform(story);

    @Test
    void anotherServerWaitsForAConfirmationAndThenIsGrantedOn() throws Exception {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("stays", "orders", story.taylor, "");
        story.request("goes", "orders", story.quinn, "");
        story.awaitPhase("stays", Phase.Active);
        story.awaitPhase("goes", Phase.Active);
        var known = platform.get().getStatus().server();
        assertThat(known.identity())
                .isEqualTo(installation
                        .shop()
                        .look("SELECT system_identifier FROM pg_control_system()")
                        .get(0)
                        .get(0));
        try (TemporaryFolder dir = TemporaryFolder.create("other");
                LocalPostgres other = LocalPostgres.start(dir.path())) {
            ShopDatabase shop = restored(other);

            platform.patch("{\"spec\":{\"postgresql\":{\"port\":" + other.port() + "}}}");
            String message = platform.awaitReason(Installation.SOON, "ServerChanged", "ServerChanged");
            assertThat(message).contains(known.identity());
            assertThat(platform.condition("Ready").orElseThrow().reason()).isEqualTo("ServerChanged");
            String version = story.agreement("stays").getMetadata().getResourceVersion();
            story.delete("goes");
            installation.operator().kill9();
            installation.restartOperator();
            platform.awaitReason(Installation.SOON, "ServerChanged", "ServerChanged");

            assertThat(rolesOfOurs(shop)).isEmpty();
            assertThat(story.agreement("goes"))
                    .as("nobody knows that it is revoked")
                    .isNotNull();
            assertThat(story.agreement("stays").getMetadata().getResourceVersion())
                    .isEqualTo(version);
            assertThat(platform.get().getStatus().server()).isEqualTo(known);

            platform.confirm(message);

            platform.awaitReady(Installation.SOON);
            Installation.await(
                    "granted on the other",
                    () -> shop.query(Story.login(story.taylor), "SELECT 1 FROM sales.orders")
                            .allowed());
            Installation.await("goes is gone", () -> story.agreement("goes") == null);
            assertThat(platform.condition("ServerChanged")).isEmpty();
            assertThat(platform.get().getStatus().server().identity()).isNotEqualTo(known.identity());
            assertThat(shop.query(Story.login(story.quinn), "SELECT 1 FROM sales.orders")
                            .allowed())
                    .isFalse();
            assertThat(story.holders(story.portUid("orders")))
                    .as("the first one is left as it was")
                    .hasSize(2);
            installation
                    .admin()
                    .resources(dev.portcullis.api.agreement.DataUsageAgreement.class)
                    .inNamespace(story.marketing)
                    .delete();
            Installation.await("stays is gone", () -> story.agreement("stays") == null);
        }
    }

    private ShopDatabase restored(LocalPostgres other) {
        ShopDatabase shop = ShopDatabase.create(other);
        shop.execute(
                "postgres",
                "ALTER ROLE " + ShopDatabase.OPERATOR_LOGIN + " PASSWORD '"
                        + installation.shop().operatorPassword() + "'");
        List.of(story.taylor, story.quinn).forEach(person -> shop.createLogin(Story.login(person)));
        return shop;
    }

    private static List<List<String>> rolesOfOurs(ShopDatabase shop) {
        return shop.look("SELECT rolname FROM pg_roles WHERE shobj_description(oid, 'pg_authid') LIKE 'portcullis/%'");
    }
}
