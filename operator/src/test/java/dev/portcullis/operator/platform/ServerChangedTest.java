package dev.portcullis.operator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.DataPlatformStatus;
import dev.portcullis.api.platform.DataPlatformStatus.ServerIdentity;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.platform.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another server behind a platform's name. */
@Timeout(30)
class ServerChangedTest {
    private static final Pattern CODE = Pattern.compile("confirm-removal=([0-9a-f]+)");
    private static final ServerIdentity FIRST = new ServerIdentity("1111", "2026-01-01T00:00:00Z");

    private final Rig rig = new Rig();

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void nothingIsComparedBeforeTheServerIsOnRecord() {
        rig.platform.isServer("1111");
        rig.cluster.agreements.put(Samples.approved("a", "taylor"));

        rig.loops.run(platform(null, ""));
        await().until(() -> rig.loops.server("warehouse").isPresent());
        await().until(() -> rig.cluster.lookedAgain().contains("DataPlatform warehouse"));
        rig.loops.mark("warehouse", "port-1");
        rig.loops.run(platform(null, ""));
        rig.loops.run(platform(FIRST, ""));
        assertThat(rig.platform.observations()).isEmpty();
        assertThat(rig.platform.members("port-1")).isEmpty();

        ServerIdentity asked = rig.loops.server("warehouse").orElseThrow();
        assertThat(asked).isEqualTo(new ServerIdentity("1111", "2026-11-22T12:00:00Z"));
        rig.loops.run(platform(asked, ""));

        await().until(() -> rig.platform.members("port-1").contains("taylor"));
        assertThat(rig.platform.observations()).first().isEqualTo(new Scope.Everything());
    }

    @Test
    void anotherServerIsNotWrittenToAndNotBelieved() {
        rig.platform.isServer("1111");
        rig.cluster.agreements.put(Samples.provisioned("a", "taylor", "taylor"));
        rig.running(platform(FIRST, ""));
        await().until(() -> rig.reports.find("a").isPresent());
        int compared = rig.platform.observations().size();

        rig.platform.remove("port-1", "taylor");
        rig.platform.isServer("2222");
        rig.loops.mark("warehouse", "port-1");
        awaitChanged();
        String code = code();

        rig.loops.run(platform(FIRST, "0123456789ab"));
        await().during(Duration.ofMillis(300))
                .until(() -> rig.platform.members("port-1").isEmpty());
        assertThat(rig.platform.observations()).hasSize(compared);
        assertThat(rig.reports.find("a").orElseThrow().held())
                .as("the last that is known")
                .hasSize(1);

        rig.loops.run(platform(FIRST, code));
        await().until(() -> rig.loops
                .server("warehouse")
                .filter(server -> "2222".equals(server.identity()))
                .isPresent());
        assertThat(rig.platform.members("port-1")).isEmpty();
        rig.loops.run(platform(rig.loops.server("warehouse").orElseThrow(), code));

        await().until(() -> rig.platform.members("port-1").contains("taylor"));
        await().until(() -> rig.state().outage().isEmpty());
    }

    @Test
    void theRightServerAgainNeedsNobody() {
        rig.platform.isServer("1111");
        rig.running(platform(FIRST, ""));
        rig.platform.isServer("2222");
        rig.loops.mark("warehouse", "port-1");
        awaitChanged();

        rig.platform.isServer("1111");

        await().until(() -> rig.state().outage().isEmpty());
        assertThat(rig.loops.server("warehouse")).contains(FIRST);
    }

    @Test
    void anotherServerIsFoundAtTheStartToo() {
        rig.platform.isServer("2222");
        rig.cluster.agreements.put(Samples.approved("a", "taylor"));

        rig.loops.run(platform(FIRST, ""));

        awaitChanged();
        assertThat(rig.platform.observations()).isEmpty();
    }

    @Test
    void anotherSpecDoesNotForgetTheServer() {
        rig.platform.isServer("1111");
        rig.running(platform(FIRST, ""));
        rig.platform.isServer("2222");
        DataPlatform elsewhere = platform(null, "");
        elsewhere.setSpec(Samples.platformSpec("7m", null));

        rig.loops.run(elsewhere);

        awaitChanged();
        assertThat(rig.loops.server("warehouse")).contains(FIRST);
    }

    @Test
    void anotherPlatformOfTheNameMayBeAnotherServer() {
        rig.platform.isServer("1111");
        rig.running(platform(FIRST, ""));
        rig.platform.isServer("2222");
        DataPlatform anew = platform(null, "");
        anew.getMetadata().setUid("another-uid");
        anew.setSpec(Samples.platformSpec("7m", null));

        rig.loops.run(anew);

        await().until(() -> rig.loops
                .server("warehouse")
                .filter(server -> "2222".equals(server.identity()))
                .isPresent());
    }

    @Test
    void theStatusSaysWhichServerAndThatItChanged() throws Exception {
        DataPlatform created = rig.api.create(Samples.platform("warehouse"));
        created.getMetadata().setGeneration(1L);
        rig.cluster.platforms.put(created);
        DataPlatformReconciler reconciler = new DataPlatformReconciler(
                rig.cluster.caches(), rig.consequences, rig.gate, rig.loops, statuses(), rig.events);
        rig.platform.isServer("1111");
        reconciler.reconcile(created, rig.contexts.present());
        await().until(() -> rig.loops.server("warehouse").isPresent());

        // at once, and not after the second that statuses wait else; and told to the loop without a watch
        reconciler.reconcile(created, rig.contexts.present());

        await().until(() -> rig.state().isCompared());
        DataPlatformStatus status = rig.api
                .client()
                .resources(DataPlatform.class)
                .withName("warehouse")
                .get()
                .getStatus();
        assertThat(status.server()).isEqualTo(new ServerIdentity("1111", "2026-11-22T12:00:00Z"));
    }

    @Test
    void theConditionSaysHowToConfirm() {
        rig.platform.isServer("2222");
        DataPlatform warehouse = platform(FIRST, "");
        rig.loops.run(warehouse);
        awaitChanged();

        DataPlatformStatus status = statuses().status(warehouse);

        assertThat(status.server()).isEqualTo(FIRST);
        assertThat(status.conditions())
                .filteredOn(condition -> condition.type().equals("ServerChanged"))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.status().name()).isEqualTo("True");
                    assertThat(condition.message())
                            .contains("another server (2222)", "1111", "2026-01-01T00:00:00Z")
                            .containsPattern(
                                    "kubectl annotate --overwrite dataplatform warehouse portcullis.dev/confirm-removal=[0-9a-f]{12}$");
                });
        assertThat(status.conditions())
                .filteredOn(condition -> condition.type().equals("Ready"))
                .singleElement()
                .satisfies(ready ->
                        assertThat(ready.status() + "/" + ready.reason()).isEqualTo("False/ServerChanged"));
        rig.platform.isServer("1111");
        await().until(() -> rig.state().isCompared());
        assertThat(statuses().status(warehouse).conditions())
                .noneMatch(condition -> condition.type().equals("ServerChanged"));
    }

    private DataPlatformStatusFactory statuses() {
        return new DataPlatformStatusFactory(rig.cluster.caches(), rig.loops, new PrincipalExpressions(), rig.clock);
    }

    private static DataPlatform platform(@Nullable ServerIdentity onRecord, String confirmed) {
        DataPlatform platform = Samples.platform("warehouse");
        platform.getMetadata().setAnnotations(Map.of(Annotations.CONFIRM_REMOVAL, confirmed));
        platform.setStatus(new DataPlatformStatus(1L, null, onRecord, null, null, null, null, List.of()));
        return platform;
    }

    private void awaitChanged() {
        await().until(() -> rig.state().outage().map(Problem::reason).orElse("").equals("ServerChanged")
                && CODE.matcher(rig.state().outage().orElseThrow().message()).find());
    }

    private String code() {
        Matcher code = CODE.matcher(rig.state().outage().orElseThrow().message());
        assertThat(code.find()).isTrue();
        return code.group(1);
    }
}
