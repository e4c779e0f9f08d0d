package dev.portcullis.operator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.portcullis.operator.given.ApiServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerClockTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private long nanos = Long.MAX_VALUE - 1000;
    private final ServerClock server = new ServerClock(() -> nanos);

    private void passes(Duration time) {
        nanos += time.toNanos();
    }

    private void answers(Instant date) {
        server.answered(DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)));
    }

    private void shows(Instant time) {
        assertThat(server.now())
                .hasValueSatisfying(now -> assertThat(now).isCloseTo(time, within(1, ChronoUnit.SECONDS)));
    }

    @Test
    void whatNobodyToldIsNotKnown() {
        assertThat(server.now()).isEmpty();
    }

    @Test
    void goesOnBetweenAnswers() {
        answers(NOON);
        shows(NOON);
        passes(Duration.ofHours(5));
        shows(NOON.plus(Duration.ofHours(5)));
    }

    @Test
    void anAnswerThatWasLongUnderWayTellsNothing() {
        answers(NOON);
        passes(Duration.ofMinutes(2));
        answers(NOON.plusSeconds(5));

        shows(NOON.plus(Duration.ofMinutes(2)));
    }

    @Test
    void aClockThatIsPutForwardIsFollowedAtOnce() {
        answers(NOON);
        answers(NOON.plus(Duration.ofHours(1)));

        shows(NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void aClockThatIsSetBackIsFollowedAfterSomeAnswersOrSomeMinutes() {
        answers(NOON);
        for (int i = 0; i < 8; i++) {
            answers(NOON.minus(Duration.ofHours(1)));
        }
        shows(NOON.minus(Duration.ofHours(1)));

        answers(NOON);
        passes(Duration.ofMinutes(11));
        answers(NOON.minus(Duration.ofHours(1)));
        shows(NOON.minus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-11-22T12:00:00Z",
                "Mon, 22 Nov 2026 12:00:00 GMT",
                "Sun, 31 Feb 2026 12:00:00 GMT"
            })
    void whatIsNoDateTellsNothing(String date) {
        server.answered(date);

        assertThat(server.now()).isEmpty();
    }

    @Test
    void readsTheAnswersThatTheClientGetsAnyway() throws Exception {
        ServerClock clock = new ServerClock(System::nanoTime);
        // not the server of the JDK: the first to load it decides for the whole JVM how long it waits for requests, and
        // that is the health server's
        try (ApiServer api = new ApiServer()) {
            api.answersWith("GET", "/version", "{\"major\":\"1\",\"minor\":\"36\"}", Instant.now());
            try (KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder(api.client().getConfiguration()).build())
                    .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("server-clock", clock))
                    .build()) {
                assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("36");
            }
            assertThat(api.calls("GET")).hasSize(1);
        }

        assertThat(clock.now())
                .hasValueSatisfying(now -> assertThat(now).isCloseTo(Instant.now(), within(30, ChronoUnit.SECONDS)));
    }
}
