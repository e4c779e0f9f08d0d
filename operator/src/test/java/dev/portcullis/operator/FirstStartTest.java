package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.given.Samples;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is looked at once, before anything is cached. */
class FirstStartTest {
    private final ApiServer api = new ApiServer();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void whatWasPlantedBeforeTheFirstStartIsTakenAway() {
        api.create(Samples.provisioned("planted", "taylor", "taylor"));
        api.create(Samples.request("asked", "taylor"));
        api.forgetCalls();

        FirstStart.takeAwayStatuses(api.client(), () -> {});

        assertThat(api.calls("PATCH")).singleElement().satisfies(call -> {
            assertThat(call.path()).endsWith("/namespaces/marketing/datausageagreements/planted/status");
            assertThat(call.body()).contains("remove");
        });
        assertThat(agreement("planted").getStatus()).isNull();
    }

    /** Its first operator froze between the two, and a second one wrote meanwhile. */
    @Test
    void whatHasChangedSinceItWasReadIsReadAgain() {
        api.create(Samples.provisioned("planted", "taylor", "taylor"));
        AtomicInteger looks = new AtomicInteger();

        assertThatThrownBy(() -> FirstStart.takeAwayStatuses(api.client(), () -> {
                    if (looks.incrementAndGet() == 1) {
                        touch("planted");
                    } else {
                        throw new CancellationException("it is another's turn");
                    }
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(agreement("planted").getStatus()).isNotNull();

        FirstStart.takeAwayStatuses(api.client(), () -> {});
        assertThat(agreement("planted").getStatus()).isNull();
    }

    private void touch(String name) {
        api.client()
                .resources(DataUsageAgreement.class)
                .inNamespace("marketing")
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"labels\": {\"touched\": \"true\"}}}");
    }

    @Test
    void whatIsGoneMeanwhileIsGone() {
        api.create(Samples.provisioned("planted", "taylor", "taylor"));
        api.answers(
                "PATCH",
                "/apis/portcullis.dev/v1alpha1/namespaces/marketing/datausageagreements/planted/status",
                404,
                "NotFound");

        assertThatCode(() -> FirstStart.takeAwayStatuses(api.client(), () -> {}))
                .doesNotThrowAnyException();
    }

    @Test
    void agreementsWithAccessAreNotPutOutOfSight() {
        api.create(Samples.provisioned("a", "taylor", "taylor"));

        for (Set<String> tooFew : Set.of(Set.of("marketing"), Set.of("checkout"), Set.of("finance"))) {
            assertThatThrownBy(() -> OutOfSight.refuse(api.client(), tooFew))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("PORTCULLIS_WATCH_NAMESPACES leaves out namespaces of 1 agreement(s)")
                    .hasMessageContaining("marketing/a on checkout/orders-v1");
        }
        OutOfSight.refuse(api.client(), Set.of("marketing", "checkout"));
        OutOfSight.refuse(api.client(), Set.of());
    }

    @Test
    void agreementsWithoutAccessMayBe() {
        api.create(Samples.request("unseen", "taylor"));

        assertThatCode(() -> OutOfSight.refuse(api.client(), Set.of("finance"))).doesNotThrowAnyException();
    }

    private DataUsageAgreement agreement(String name) {
        return api.client()
                .resources(DataUsageAgreement.class)
                .inNamespace("marketing")
                .withName(name)
                .get();
    }
}
