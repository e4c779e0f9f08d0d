package dev.portcullis.operator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.Condition;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.DataPlatformStatus;
import dev.portcullis.api.platform.DataPlatformStatus.Repaired;
import dev.portcullis.api.platform.PrincipalRules;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import dev.portcullis.platform.Profile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DataPlatformStatusFactoryTest {
    private final Rig rig = new Rig();
    private final DataPlatformStatusFactory factory = factory();
    private final DataPlatform warehouse = Samples.platform("warehouse");

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void beforeTheFirstLookItIsNotReady() {
        rig.platform.isDown(Reason.Unreachable);
        DataPlatformStatus status = factory.status(warehouse);

        assertThat(status.observedGeneration()).isEqualTo(1);
        assertThat(status.ports()).isEqualTo(1);
        assertThat(status.entitlements()).isNull();
        assertThat(status.lastFullComparison()).isNull();
        assertThat(status.version()).isNull();
        assertThat(status.repaired()).isEqualTo(new Repaired(0, 0));
    }

    @Test
    void whatTheLoopKnowsIsTold() {
        rig.cluster.agreements.put(Samples.approved("a", "taylor"));
        rig.running();

        DataPlatformStatus status = factory.status(warehouse);

        assertThat(condition(status, "Ready")).isEqualTo("True/Comparing");
        assertThat(condition(status, "Reachable")).isEqualTo("True/Reached");
        assertThat(condition(status, "ForeignGrant")).isEqualTo("absent");
        assertThat(status.version()).isEqualTo("16.4");
        assertThat(status.entitlements()).isEqualTo(1);
        assertThat(status.lastFullComparison()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(factory.status(with(status))).as("nothing to write").isEqualTo(status);
    }

    @Test
    void clocksThatAreApartAreSaidOnceAsTheyWereFirstSeen() {
        rig.running();
        rig.clock.serverAhead(Duration.ofMinutes(-5));
        DataPlatformStatus status = factory.status(warehouse);

        assertThat(condition(status, "ClocksApart")).isEqualTo("True/ClocksApart");
        assertThat(Conditions.find(status.conditions(), "ClocksApart")
                        .orElseThrow()
                        .message())
                .contains("2026-11-22T12:00:00Z for the operator", "2026-11-22T11:55:00Z for the API server", "NTP");
        assertThat(condition(status, "Ready")).isEqualTo("True/Comparing");
        rig.clock.later(Duration.ofSeconds(30));
        assertThat(factory.status(with(status))).as("nothing to write").isEqualTo(status);

        rig.clock.serverAhead(Duration.ZERO);
        assertThat(condition(factory.status(with(status)), "ClocksApart")).isEqualTo("absent");
        assertThat(condition(factory().status(with(status)), "ClocksApart"))
                .as("nor after a restart")
                .isEqualTo("absent");
    }

    @Test
    void anOutageIsAConditionAndForgetsNothing() {
        rig.running();
        DataPlatformStatus before = factory.status(warehouse);
        rig.platform.isDown(Reason.LoginRefused);
        rig.loops.mark("warehouse", "port-1");
        await().until(() -> rig.state().outage().isPresent());

        DataPlatformStatus status = factory.status(with(before));

        assertThat(condition(status, "Ready")).isEqualTo("False/LoginRefused");
        assertThat(condition(status, "Reachable")).isEqualTo("False/LoginRefused");
        assertThat(message(status, "Reachable")).isEqualTo("the platform does not answer");
        assertThat(status.version()).isEqualTo("16.4");
        assertThat(status.entitlements()).isZero();
    }

    @Test
    void aRestartSaysNothingNew() {
        rig.running();
        DataPlatformStatus before = factory.status(warehouse);
        rig.loops.end("warehouse");
        rig.platform.isBroken();
        // a loop that has not looked yet: its thread waits for the Secret
        DataPlatformStatus status = factory().status(with(before));

        assertThat(status).isEqualTo(before);
    }

    @Test
    void whatComparisonsFoundStandsAfterARestartUntilEverythingIsCompared() {
        rig.platform.add("port-1", profile(), "stranger");
        rig.platform.cannotTakeFrom("stranger");
        rig.running();
        DataPlatformStatus before = factory.status(warehouse);
        assertThat(condition(before, "ForeignGrant")).isEqualTo("True/ForeignGrant");
        rig.loops.end("warehouse");

        assertThat(factory().status(with(before))).as("nothing to write").isEqualTo(before);

        rig.platform.remove("port-1", "stranger");
        rig.running();
        assertThat(condition(factory.status(with(before)), "ForeignGrant")).isEqualTo("absent");
    }

    @Test
    void rulesThatCannotBeUsedAreSaid() {
        rig.running();
        warehouse.setSpec(Samples.platformSpec("5m", new PrincipalRules("nome + 1", null, null)));

        DataPlatformStatus status = factory.status(warehouse);

        assertThat(condition(status, "Ready")).isEqualTo("False/PrincipalRulesInvalid");
        assertThat(message(status, "Ready")).contains("spec.principals.user");
        assertThat(condition(status, "Reachable")).isEqualTo("True/Reached");
    }

    @Test
    void whatStaysThoughNobodyWantsItIsSaid() {
        rig.platform.add("port-1", profile(), "stranger");
        rig.platform.cannotTakeFrom("stranger");
        rig.running();

        DataPlatformStatus status = factory.status(warehouse);

        assertThat(condition(status, "ForeignGrant")).isEqualTo("True/ForeignGrant");
        assertThat(message(status, "ForeignGrant")).isEqualTo("somebody else granted to stranger");
        assertThat(condition(status, "Ready")).isEqualTo("True/Comparing");
    }

    @Test
    void aRightToEndSessionsThatIsMissingIsSaidOfThePlatform() {
        warehouse.setSpec(Samples.endingSessions(warehouse.getSpec()));
        rig.running(warehouse);
        assertThat(condition(factory.status(warehouse), "SessionsMayRemain")).isEqualTo("absent");

        rig.platform.endsNoSessions();
        rig.loops.mark("warehouse", "port-1");
        await().until(() -> !rig.state().warnings().isEmpty());

        DataPlatformStatus status = factory.status(warehouse);
        assertThat(condition(status, "SessionsMayRemain")).isEqualTo("True/SessionsMayRemain");
        assertThat(message(status, "SessionsMayRemain")).isEqualTo("grant the right to end sessions");
        assertThat(condition(status, "Ready")).isEqualTo("True/Comparing");
    }

    @Test
    void repairsAreCountedOnFromWhatTheStatusSaid() {
        rig.cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        rig.platform.add("port-1", profile(), "stranger");
        warehouse.setStatus(new DataPlatformStatus(1L, null, null, null, 1, 1, new Repaired(3, 4), List.of()));
        rig.running();
        assertThat(rig.state().repairedMissing()).isOne();

        DataPlatformStatus status = factory.status(warehouse);

        assertThat(status.repaired()).isEqualTo(new Repaired(4, 5));
        assertThat(factory.status(with(status)).repaired()).as("once").isEqualTo(new Repaired(4, 5));
    }

    @Test
    void whenItWasComparedIsWrittenNowAndThen() {
        rig.running();
        DataPlatformStatus before = factory.status(warehouse);
        rig.clock.later(Duration.ofMinutes(9));
        DataPlatform changed = Samples.platform("warehouse");
        changed.setSpec(Samples.platformSpec("7m", null));
        rig.running(changed);
        assertThat(rig.state().lastFullComparison()).contains(rig.clock.instant());

        assertThat(factory.status(with(before)).lastFullComparison()).isEqualTo("2026-11-22T12:00:00Z");

        rig.clock.later(Duration.ofMinutes(2));
        changed.setSpec(Samples.platformSpec("8m", null));
        rig.running(changed);

        assertThat(factory.status(with(before)).lastFullComparison()).isEqualTo("2026-11-22T12:11:00Z");
    }

    /** Two that run at once by mistake would write their own count for ever. */
    @Test
    void repairsThatAnotherOperatorCountedAreCountedToo() {
        rig.running();
        assertThat(factory.status(warehouse).repaired()).isEqualTo(new Repaired(0, 0));
        warehouse.setStatus(new DataPlatformStatus(1L, null, null, null, 1, 1, new Repaired(3, 4), List.of()));

        assertThat(factory.status(warehouse).repaired()).isEqualTo(new Repaired(3, 4));
    }

    @Test
    void repairsStayCountedWhenTheSpecChanges() {
        rig.cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        factory.status(warehouse);
        rig.running();
        DataPlatformStatus before = factory.status(warehouse);
        assertThat(before.repaired()).isEqualTo(new Repaired(1, 0));
        DataPlatform changed = with(before);
        changed.setSpec(Samples.platformSpec("7m", null));
        rig.running(changed);

        assertThat(factory.status(changed).repaired()).isEqualTo(new Repaired(1, 0));
    }

    @Test
    void aPlatformOfNoKnownKindIsNotReady() {
        warehouse.setSpec(new DataPlatformSpec(null, null, null, null, null, null, null, null));
        rig.loops.run(warehouse);

        assertThat(condition(factory.status(warehouse), "Ready")).startsWith("False/");
    }

    // ----

    private DataPlatformStatusFactory factory() {
        return new DataPlatformStatusFactory(rig.cluster.caches(), rig.loops, new PrincipalExpressions(), rig.clock);
    }

    private static DataPlatform with(DataPlatformStatus status) {
        DataPlatform platform = Samples.platform("warehouse");
        platform.setStatus(status);
        return platform;
    }

    private static String condition(DataPlatformStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(condition -> condition.status() + "/" + condition.reason())
                .findFirst()
                .orElse("absent");
    }

    private static String message(DataPlatformStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(Condition::message)
                .findFirst()
                .orElse("absent");
    }

    private Profile profile() {
        return ((Parsed.Ok)
                        rig.platform.module().parse(Samples.portSpec(Samples.objects("orders", "order_items"), false)))
                .profile();
    }
}
