package dev.portcullis.operator.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.grant.AccessGrant;
import dev.portcullis.api.grant.AccessGrantSpec;
import dev.portcullis.api.grant.AccessGrantStatus;
import dev.portcullis.api.port.ExternalObject;
import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.external.state.SeenGrant;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which calls are made, and what is made of the answers. */
@Timeout(30)
class ClusterAccessGrantsTest {
    private static final String ALL = "/apis/portcullis.dev/v1alpha1/accessgrants";
    private static final String IN_CHECKOUT = "/apis/portcullis.dev/v1alpha1/namespaces/checkout/accessgrants";
    private static final String ONE = IN_CHECKOUT + "/a";
    private static final Scope EVERYTHING = new Scope.Everything();

    private final ApiServer api = new ApiServer();
    /** Apart, since they are sent in the background. */
    private final ApiServer eventsApi = new ApiServer();

    private final EventRecorder events = new EventRecorder(eventsApi.client(), Clock.systemUTC());
    private final ClusterAccessGrants grants = new ClusterAccessGrants(api.client(), events);

    @AfterEach
    void end() {
        events.close();
        eventsApi.close();
        api.close();
    }

    @Test
    void writesItLabelledAndHeld() throws Exception {
        assertThat(grants.create("checkout", "a", spec("taylor"))).isEqualTo(new Outcome.Applied());

        SeenGrant seen = only();
        assertThat(seen.isHeldByUs()).isTrue();
        assertThat(seen.labels())
                .containsEntry("portcullis.dev/platform", "events")
                .containsEntry("portcullis.dev/output-port-uid", "port-1");
        assertThat(seen.spec()).isEqualTo(spec("taylor"));
        assertThat(seen.status()).isEmpty();
    }

    @Test
    void readsTheNewestStateInOneCall() throws Exception {
        grants.create("checkout", "a", spec("taylor"));
        api.forgetCalls();

        grants.list(EVERYTHING);
        grants.list(new Scope.Ports(
                IntStream.range(0, 100).mapToObj(i -> "port-" + i).collect(Collectors.toSet())));

        assertThat(api.calls()).extracting(ApiServer.Call::path).containsExactly(ALL, ALL);
    }

    /** What is not in the list counts as gone, and labels can be taken off. */
    @Test
    void looksForThoseOfAPortByWhatNeverChanges() throws Exception {
        grants.list(new Scope.Ports(Set.of("port-1")));

        assertThat(api.calls())
                .extracting(ApiServer.Call::path)
                .containsExactly(ALL + "?fieldSelector=spec.outputPort.uid%3Dport-1");
    }

    @Test
    void anApiServerThatCannotSelectByThatIsAskedForAll() throws Exception {
        grants.create("checkout", "a", spec("taylor"));
        api.forgetCalls();
        api.answersOnce("GET", ALL, 400, "field label not supported: spec.outputPort.uid");

        assertThat(grants.list(new Scope.Ports(Set.of("port-1", "port-2")))).hasSize(1);

        assertThat(api.calls())
                .hasSize(2)
                .last()
                .satisfies(call -> assertThat(call.path()).isEqualTo(ALL));
    }

    @Test
    void everyUpdateNamesTheVersionThatWasReadAndAnotherIsLookedAtAgain() throws Exception {
        grants.create("checkout", "a", spec("taylor"));
        SeenGrant seen = only();
        api.answersOnce("PATCH", ONE, 409, "Conflict");
        assertThat(grants.release(seen)).isInstanceOf(Outcome.Pending.class);
        api.answersOnce("PATCH", ONE, 409, "Conflict");
        assertThat(grants.mend(seen, spec("taylor"))).isInstanceOf(Outcome.Pending.class);

        assertThat(api.calls("PATCH")).hasSize(2).allSatisfy(call -> {
            assertThat(call.json().at("/metadata/resourceVersion").asText()).isEqualTo(seen.version());
            assertThat(call.json().at("/metadata/uid").asText()).isEqualTo(seen.uid());
        });
    }

    /** Whoever writes its status often must not keep the revoke away by that: the deletion counts for the object, whatever was said of it meanwhile. */
    @Test
    void aDeletionNamesTheObjectAndNoVersionOfIt() throws Exception {
        grants.create("checkout", "a", spec("taylor"));
        SeenGrant seen = only();
        grants.mend(seen, spec("taylor"));
        api.answersOnce("DELETE", ONE, 409, "Conflict");
        assertThat(grants.delete(seen)).as("another under its name").isInstanceOf(Outcome.Pending.class);

        assertThat(grants.delete(seen)).isEqualTo(new Outcome.Applied());

        assertThat(api.calls("DELETE")).hasSize(2).allSatisfy(call -> {
            assertThat(call.path()).isEqualTo(ONE);
            assertThat(call.json().at("/preconditions/uid").asText()).isEqualTo(seen.uid());
            assertThat(call.json().at("/preconditions/resourceVersion").isMissingNode())
                    .isTrue();
        });
    }

    /** Who looks at one with kubectl describe sees how far it is; nothing is said twice, and nothing of what the API server did not take. */
    @Test
    void eachIsToldOfOnceWhenWrittenWhenDeletedAndWhenLetGo() throws Exception {
        grants.create("checkout", "a", spec("taylor"));
        grants.mend(only(), spec("taylor"));
        SeenGrant seen = only();
        api.answersOnce("PATCH", ONE, 409, "Conflict");
        grants.release(seen);
        api.answersOnce("DELETE", ONE, 409, "Conflict");
        grants.delete(seen);
        // this server holds nothing by finalizers: what is deleted is not there to be released
        grants.release(seen);
        grants.delete(seen);

        events.close();
        assertThat(told()).containsExactly("Wanted", "Gone", "NotWanted");
        assertThat(eventsApi.calls("POST").get(2)).satisfies(call -> {
            assertThat(call.json().at("/regarding/kind").asText()).isEqualTo("AccessGrant");
            assertThat(call.json().at("/regarding/uid").asText()).isEqualTo(seen.uid());
            assertThat(call.json().at("/note").asText()).contains("DataPlatform events", "say Revoked");
        });
    }

    private List<String> told() {
        return eventsApi.calls("POST").stream()
                .map(call -> call.json().at("/reason").asText())
                .toList();
    }

    @Test
    void mendsWithoutLosingWhatOthersAdded() throws Exception {
        AccessGrant bare = new AccessGrant();
        bare.getMetadata().setNamespace("checkout");
        bare.getMetadata().setName("a");
        bare.getMetadata().setLabels(java.util.Map.of("mine", "too"));
        bare.getMetadata().setFinalizers(List.of("example.com/other"));
        bare.setSpec(spec("taylor"));
        api.create(bare);

        assertThat(grants.mend(only(), spec("taylor"))).isEqualTo(new Outcome.Applied());

        // a merge patch: labels that it does not name stay, a list becomes this one
        assertThat(api.calls("PATCH")).singleElement().satisfies(call -> {
            assertThat(call.contentType()).startsWith("application/merge-patch+json");
            assertThat(call.json().at("/metadata/labels").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("portcullis.dev/platform", "portcullis.dev/output-port-uid");
            assertThat(call.json().at("/metadata/finalizers").toString())
                    .isEqualTo("[\"example.com/other\",\"portcullis.dev/external\"]");
        });
    }

    @Test
    void whatIsThereAlreadyIsLookedAtAgainAndWhatIsGoneIsGone() throws Exception {
        grants.create("checkout", "a", spec("taylor"));
        SeenGrant seen = only();

        api.answersOnce("POST", IN_CHECKOUT, 409, "AlreadyExists");
        assertThat(grants.create("checkout", "a", spec("taylor"))).isInstanceOf(Outcome.Pending.class);
        api.answersOnce("PATCH", ONE, 404, "NotFound");
        assertThat(grants.release(seen)).isEqualTo(new Outcome.Applied());
    }

    @Test
    void aRefusalConcernsOneObjectAndAnOutageAll() {
        api.answersOnce("POST", IN_CHECKOUT, 403, "Forbidden");
        assertThat(unchecked(() -> grants.create("checkout", "a", spec("taylor"))))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.message())
                                .startsWith("the API server does not take AccessGrant checkout/a: "));

        api.answers("GET", ALL, 403, "Forbidden");
        assertThatThrownBy(() -> grants.list(EVERYTHING))
                .isInstanceOfSatisfying(
                        PlatformUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(PlatformUnavailableException.Reason.NotPrivileged))
                .hasMessageContaining("rbac/operator.yaml");
        api.answers("GET", ALL, 400, "BadRequest");
        assertThatThrownBy(() -> grants.list(EVERYTHING))
                .isInstanceOfSatisfying(
                        PlatformUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(PlatformUnavailableException.Reason.Unreachable));
    }

    @Test
    void whatATenantMadeTooLargeConcernsNobodyElse() throws Exception {
        api.answers("POST", IN_CHECKOUT, 500, "etcdserver: request is too large");
        assertThat(grants.create("checkout", "a", spec("taylor"))).isInstanceOf(Outcome.Refused.class);
        api.answers("POST", IN_CHECKOUT, 413, "RequestEntityTooLarge");
        assertThat(grants.create("checkout", "a", spec("taylor")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.message()).contains("too large", "offers less by one output port"));

        api.answers("POST", IN_CHECKOUT, 500, "etcdserver: leader changed");
        assertThatThrownBy(() -> grants.create("checkout", "a", spec("taylor")))
                .isInstanceOf(PlatformUnavailableException.class);
        assertThat(api.calls("POST")).as("none is tried again at once").hasSize(3);
        events.close();
        assertThat(told()).isEmpty();
    }

    @Test
    void answersAreHeardAndTheOperatorsOwnWritesAreNot() throws Exception {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        try (AccessGrantWatch watch =
                new AccessGrantWatch(api.client(), (platform, port) -> heard.add(platform + "/" + port))) {
            watch.start();
            await().until(watch::hasSynced);
            grants.create("checkout", "a", spec("taylor"));
            grants.mend(only(), spec("taylor"));
            grants.create("checkout", "b", spec("quinn"));
            api.client()
                    .resources(AccessGrant.class)
                    .inNamespace("checkout")
                    .withName("b")
                    .edit(grant -> {
                        grant.setStatus(new AccessGrantStatus(1L, AccessGrantStatus.State.Pending, "soon", List.of()));
                        return grant;
                    });

            await().untilAsserted(() -> assertThat(heard).containsExactly("events/port-1"));
        }
    }

    private static Outcome unchecked(java.util.concurrent.Callable<Outcome> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private SeenGrant only() throws PlatformUnavailableException {
        List<SeenGrant> all = grants.list(EVERYTHING);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static AccessGrantSpec spec(String principal) {
        return new AccessGrantSpec(
                "here",
                "events",
                new AccessGrantSpec.PortReference("orders-v1", "port-1"),
                principal,
                List.of(new ExternalObject("topics/orders", null)),
                List.of());
    }
}
