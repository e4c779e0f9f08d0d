package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.engine.status.Conditions;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many agreements are lost at once, as with a cluster restored from too old a backup: what they granted stays until somebody says that it shall not. */
class BrakeTest {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final Pattern CODE = Pattern.compile("confirm-removal=([0-9a-f]+)");

    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();

    @AfterEach
    void operatorRuns() {
        if (!installation.operator().isAlive()) {
            installation.restartOperator();
        }
    }

    @Test
    void manyAgreementsLostAtOnceKeepTheirAccessUntilSomebodyConfirms() {
        patchPlatform("{\"spec\":{\"drift\":{\"maxRemovals\":1}}}");
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        List<String> names = List.of("first", "second");
        story.request("first", "orders", story.taylor, "");
        story.request("second", "orders", story.quinn, "");
        names.forEach(name -> story.awaitPhase(name, Phase.Active));
        String port = story.portUid("orders");

        installation.operator().kill9();
        names.forEach(this::lose);
        installation.restartOperator();

        Condition held = awaitHeld();
        assertThat(held.message()).contains(Story.login(story.taylor), Story.login(story.quinn), "2 entitlements");
        assertThat(story.reads(story.taylor, "orders")).isTrue();
        assertThat(story.reads(story.quinn, "orders")).isTrue();
        Matcher code = CODE.matcher(held.message());
        assertThat(code.find()).isTrue();

        patchPlatform(
                "{\"metadata\":{\"annotations\":{\"portcullis.dev/confirm-removal\":\"" + code.group(1) + "\"}}}");

        story.awaitHolders(port);
        Installation.await("no removal is held", () -> held().isEmpty());
    }

    @Test
    void whatSomebodyEndedIsTakenAwayHoweverMuchItIs() {
        patchPlatform("{\"spec\":{\"drift\":{\"maxRemovals\":0}}}");
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        story.request("first", "orders", story.taylor, "");
        story.request("second", "orders", story.quinn, "");
        story.awaitPhase("first", Phase.Active);
        story.awaitPhase("second", Phase.Active);

        story.patchSpec("first", "{\"cancelled\":true}");
        story.delete("second");

        story.awaitHolders(story.portUid("orders"));
        assertThat(held()).isEmpty();
    }

    private void lose(String name) {
        story.delete(name);
        installation
                .admin()
                .resources(DataUsageAgreement.class)
                .inNamespace(story.marketing)
                .withName(name)
                .patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
        Installation.await("gone", () -> story.agreement(name) == null);
    }

    private Condition awaitHeld() {
        Installation.await("removals are held", () -> held().isPresent());
        return held().orElseThrow();
    }

    private Optional<Condition> held() {
        DataPlatform platform = installation
                .admin()
                .resources(DataPlatform.class)
                .withName(story.warehouse)
                .get();
        return Optional.ofNullable(platform.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), "RemovalHeld"));
    }

    private void patchPlatform(String json) {
        installation
                .admin()
                .resources(DataPlatform.class)
                .withName(story.warehouse)
                .patch(MERGE, json);
    }
}
