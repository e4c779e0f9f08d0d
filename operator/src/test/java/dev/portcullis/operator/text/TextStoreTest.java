package dev.portcullis.operator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.engine.request.KeptText;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.TestClock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TextStoreTest {
    private static final String CONFIG_MAPS = "/api/v1/namespaces/mesh/configmaps";
    private static final KeptText TERMS = new KeptText("Do not re-identify customers.\n");
    private static ApiServer api;

    private final TestClock clock = new TestClock();
    private final TextStore texts = new TextStore(api.client(), "mesh", clock);

    @BeforeAll
    static void start() {
        api = new ApiServer();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void clean() {
        api.answersAsUsual();
        api.client().configMaps().inNamespace("mesh").delete();
        api.forgetCalls();
    }

    @Test
    void aTextIsKeptUnderItsHashAndCannotBeChanged() {
        assertThat(texts.keep("checkout", List.of(TERMS))).isEmpty();

        assertThat(TextStore.name(TERMS))
                .isEqualTo("portcullis-text-" + TERMS.sha256().substring(7, 47));
        assertThat(stored(TERMS).getData()).isEqualTo(Map.of("text", TERMS.text()));
        assertThat(stored(TERMS).getImmutable()).isTrue();
    }

    @Test
    void aTextThatSomebodyDeletedIsThereAgainAnHourLater() {
        texts.keep("checkout", List.of(TERMS));
        api.client().configMaps().inNamespace("mesh").delete();
        api.forgetCalls();

        clock.later(Duration.ofMinutes(59));
        texts.keep("checkout", List.of(TERMS));
        assertThat(api.calls()).isEmpty();
        clock.later(Duration.ofMinutes(2));
        texts.keep("checkout", List.of(TERMS));

        assertThat(stored(TERMS).getData()).isEqualTo(Map.of("text", TERMS.text()));
    }

    @Test
    void costsACallForEachTextAndNoneForEachAgreement() {
        KeptText question = new KeptText("Why?");
        texts.keep("checkout", List.of(TERMS, question));
        assertThat(api.calls()).hasSize(2);

        texts.keep("checkout", List.of(question, TERMS));
        texts.keep("stock", List.of(TERMS));

        assertThat(api.calls()).hasSize(2);
    }

    @Test
    void whatIsThereFromBeforeARestartIsTaken() {
        texts.keep("checkout", List.of(TERMS));

        assertThat(new TextStore(api.client(), "mesh", clock).keep("checkout", List.of(TERMS)))
                .isEmpty();
        assertThat(api.client().configMaps().inNamespace("mesh").list().getItems())
                .hasSize(1);
    }

    @Test
    void anotherTextOfThatNameIsSaidAndNotOverwritten() {
        api.create(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("mesh")
                .withName(TextStore.name(TERMS))
                .endMetadata()
                .withData(Map.of("text", "Do as you like."))
                .build());

        assertThat(texts.keep("checkout", List.of(TERMS))).hasValueSatisfying(problem -> {
            assertThat(problem.reason()).isEqualTo("TextNotKept");
            assertThat(problem.message())
                    .contains("ConfigMap mesh/" + TextStore.name(TERMS), "is not overwritten", "deletes it");
        });
        assertThat(stored(TERMS).getData()).containsEntry("text", "Do as you like.");

        api.client().resource(stored(TERMS)).delete();
        assertThat(texts.keep("checkout", List.of(TERMS))).as("heals").isEmpty();
    }

    @Test
    void aConfigMapWithoutTheTextIsNone() {
        api.create(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("mesh")
                .withName(TextStore.name(TERMS))
                .endMetadata()
                .build());

        assertThat(texts.keep("checkout", List.of(TERMS))).isPresent();
    }

    @Test
    void missingRightsAreSaid() {
        api.answers("POST", CONFIG_MAPS, 403, "Forbidden");

        assertThat(texts.keep("checkout", List.of(TERMS)))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("roles anew"));
    }

    @Test
    void aServerThatDoesNotAnswerIsTriedAgain() {
        api.answers("POST", CONFIG_MAPS, 422, "Invalid");

        assertThatThrownBy(() -> texts.keep("checkout", List.of(TERMS))).isInstanceOf(KubernetesClientException.class);
        api.answersAsUsual();
        assertThat(texts.keep("checkout", List.of(TERMS))).isEmpty();
        assertThat(stored(TERMS)).isNotNull();
    }

    @Test
    void nobodyFillsTheServerWithTexts() {
        for (int i = 0; i < NewTexts.MOST_A_DAY; i++) {
            assertThat(texts.keep("checkout", List.of(new KeptText("edition " + i))))
                    .isEmpty();
        }

        assertThat(texts.keep("checkout", List.of(TERMS)))
                .hasValueSatisfying(
                        problem -> assertThat(problem.message()).contains("namespace checkout", "tomorrow"));
        assertThat(texts.keep("stock", List.of(new KeptText("of others")))).isEmpty();
        texts.keep("stock", List.of(TERMS));
        assertThat(new TextStore(api.client(), "mesh", clock).keep("checkout", List.of(TERMS)))
                .as("there already")
                .isEmpty();

        KeptText next = new KeptText("another");
        assertThat(texts.keep("checkout", List.of(next))).isPresent();
        clock.later(Duration.ofDays(1));
        assertThat(texts.keep("checkout", List.of(next))).isEmpty();
    }

    private static ConfigMap stored(KeptText text) {
        return api.client()
                .configMaps()
                .inNamespace("mesh")
                .withName(TextStore.name(text))
                .get();
    }
}
