package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.postgresql.PostgresqlModule;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cluster was built anew, with another installation's id and other UIDs; the server has the roles of the old one. */
class TakeOverTest {
    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();
    private final StoryPlatform platform = new StoryPlatform(story);
    private final Owner gone = new Owner("gone-" + story.warehouse, story.warehouse);

    @AfterEach
    void operatorRuns() {
        if (!installation.operator().isAlive()) {
            installation.restartOperator();
        }
    }

    @Test
    void whoIsApprovedKeepsTheAccessAndTheRestIsHeldUntilConfirmed() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("kept", "orders", story.taylor, "");
        story.request("lost", "orders", story.quinn, "");
        story.awaitPhase("kept", Phase.Active);
        story.awaitPhase("lost", Phase.Active);
        installation.operator().kill9();
        lose("lost");
        wasMadeBy(gone);
        Owner stranger = new Owner("stranger-" + story.warehouse, story.warehouse);
        story.shop().execute("postgres", "CREATE ROLE stranger_" + story.warehouse.replace('-', '_'));
        story.shop()
                .execute(
                        "postgres",
                        "COMMENT ON ROLE stranger_" + story.warehouse.replace('-', '_') + " IS '"
                                + Mark.of(stranger, new PortId("uid", "ns", "port"))
                                        .text() + "'");
        List<List<String>> membership = membershipOf(story.taylor);
        assertThat(membership).hasSize(1);
        platform.patch("{\"spec\":{\"drift\":{\"maxRemovals\":0},\"takeOver\":[\"" + gone.installation() + "\"]}}");

        installation.restartOperator();

        String held = platform.awaitReason(Installation.SOON, "RemovalHeld", "TooManyRemovals");
        assertThat(held).contains(Story.login(story.quinn) + " by portcullis_orders_", "1 entitlements");
        assertThat(membershipOf(story.taylor)).as("the very same").isEqualTo(membership);
        assertThat(story.holders(story.portUid("orders")))
                .containsExactlyInAnyOrder(Story.login(story.taylor), Story.login(story.quinn));
        assertThat(story.reads(story.taylor, "orders")).isTrue();
        assertThat(story.agreement("kept").getStatus().phase()).isEqualTo(Phase.Active);
        assertThat(platform.awaitReason(Installation.SOON, "OtherInstallations", "LeftAlone"))
                .contains(
                        "installation " + stranger.installation() + ", platform " + story.warehouse + " (a few roles)")
                .doesNotContain("installation " + gone.installation());
        assertThat(platform.condition("Ready").orElseThrow().reason()).isEqualTo("Comparing");

        platform.confirm(held);

        story.awaitHolders(story.portUid("orders"), Story.login(story.taylor));
        assertThat(story.reads(story.quinn, "orders")).isFalse();
        assertThat(membershipOf(story.taylor)).isEqualTo(membership);
        story.delete("kept");
        story.awaitHolders(story.portUid("orders"));
    }

    /** Renames and marks the port's role as the other installation would have made it, when the port had another UID. */
    private void wasMadeBy(Owner other) {
        OutputPort port = installation.port(story.checkout, "orders");
        if (!(new PostgresqlModule().parse(port.getSpec()) instanceof Parsed.Ok ok)) {
            throw new AssertionError("the port has objects");
        }
        Profile profile = ok.profile();
        PortId then = new PortId("uid-then", story.checkout, "orders");
        String name = RoleName.of(other, then, profile);
        String role = story.roles(story.portUid("orders")).get(0);
        story.shop()
                .execute(
                        "postgres",
                        "ALTER ROLE " + role + " RENAME TO " + name + "; COMMENT ON ROLE " + name + " IS '"
                                + Mark.of(other, then).text() + "'");
    }

    private void lose(String name) {
        story.delete(name);
        installation
                .admin()
                .resources(dev.portcullis.api.agreement.DataUsageAgreement.class)
                .inNamespace(story.marketing)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        Installation.await("gone", () -> story.agreement(name) == null);
    }

    private List<List<String>> membershipOf(String person) {
        return story.shop()
                .look("SELECT oid, roleid FROM pg_auth_members WHERE member = '" + Story.login(person) + "'::regrole");
    }
}
