package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator is killed with -9 at its worst moments; afterwards the platform holds exactly what the active agreements say. */
class KilledOperatorTest {
    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();
    private final List<Connection> locks = new ArrayList<>();

    @BeforeEach
    void offer() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
    }

    @AfterEach
    void operatorRuns() throws SQLException {
        letWrite();
        if (!installation.operator().isAlive()) {
            installation.restartOperator();
        }
    }

    @Test
    void betweenFinalizerAndGrant() throws SQLException {
        forbidWriting();
        story.request("kept", "orders", story.taylor, "");
        story.awaitPhase("kept", Phase.Provisioning);
        installation.operator().kill9();
        assertThat(story.agreement("kept").getMetadata().getFinalizers()).contains(PortcullisApi.REVOKE_FINALIZER);
        assertThat(story.reads(story.taylor, "orders")).isFalse();

        letWrite();
        installation.restartOperator();

        story.awaitPhase("kept", Phase.Active);
        assertThat(story.holders(story.portUid("orders"))).containsExactly(Story.login(story.taylor));
    }

    @Test
    void betweenGrantAndStatus() throws SQLException {
        String port = story.portUid("orders");
        // roles and privileges are there already: only the membership is left to grant
        story.request("first", "orders", story.quinn, "");
        story.awaitPhase("first", Phase.Active);
        forbidWriting();
        story.request("kept", "orders", story.taylor, "");
        story.awaitPhase("kept", Phase.Provisioning);
        installation.kube().killApiServer();
        letWrite();
        story.awaitHolders(port, Story.login(story.taylor), Story.login(story.quinn));
        installation.operator().kill9();
        installation.restartApiServer();
        assertThat(story.agreement("kept").getStatus().phase()).isEqualTo(Phase.Provisioning);

        installation.restartOperator();

        DataUsageAgreementStatus status = story.awaitPhase("kept", Phase.Active).getStatus();
        assertThat(status.approval().decisions()).as("decided once").hasSize(1);
        assertThat(story.holders(port)).hasSize(2);
    }

    @Test
    void duringRevoke() throws SQLException {
        String port = story.portUid("orders");
        story.request("gone", "orders", story.taylor, "");
        story.awaitPhase("gone", Phase.Active);
        forbidWriting();
        story.delete("gone");
        installation.operator().kill9();
        letWrite();
        assertThat(story.agreement("gone")).as("held by its finalizer").isNotNull();
        assertThat(story.reads(story.taylor, "orders")).isTrue();

        installation.restartOperator();

        Installation.await("gone", () -> story.agreement("gone") == null);
        assertThat(story.reads(story.taylor, "orders")).isFalse();
        assertThat(story.holders(port)).isEmpty();
    }

    @Test
    void atAnyMoment() {
        long seed = System.nanoTime();
        System.out.println("random kills, seed " + seed);
        Random random = new Random(seed);
        String port = story.portUid("orders");
        for (int round = 0; round < 5; round++) {
            story.request("r" + round, "orders", story.taylor, "");
            story.request("s" + round, "orders", story.quinn, "");
            if (round > 0) {
                story.delete("s" + (round - 1));
            }
            if (round == 3) {
                story.delete("r0");
                story.delete("r1");
            }
            long until = System.nanoTime() + random.nextInt(300) * 1_000_000L;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            installation.operator().kill9();
            installation.restartOperator();
        }
        story.delete("s4");
        story.awaitHolders(port, Story.login(story.taylor));
        for (String active : List.of("r2", "r3", "r4")) {
            story.awaitPhase(active, Phase.Active);
        }
        for (String active : List.of("r2", "r3", "r4")) {
            story.delete(active);
        }
        story.awaitHolders(port);
        List<DataUsageAgreement> left = story.requests();
        Installation.await("all gone", () -> story.requests().isEmpty());
        assertThat(left).allMatch(agreement -> agreement.getMetadata().getDeletionTimestamp() != null);
    }

    /** Memberships can be read by everybody and written by nobody, until the connection is closed. */
    private void forbidWriting() throws SQLException {
        Connection connection = installation.postgres().connect("postgres");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE pg_auth_members IN SHARE MODE");
        }
        locks.add(connection);
    }

    private void letWrite() throws SQLException {
        for (Connection connection : locks) {
            connection.close();
        }
        locks.clear();
    }
}
