package dev.portcullis.platform.external;

import static dev.portcullis.platform.external.Grants.A;
import static dev.portcullis.platform.external.Grants.B;
import static dev.portcullis.platform.external.Grants.ORDERS;
import static dev.portcullis.platform.external.Grants.OWNER;
import static dev.portcullis.platform.external.Grants.PORT;
import static dev.portcullis.platform.external.Grants.entitlement;
import static dev.portcullis.platform.external.Grants.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.grant.AccessGrantSpec;
import dev.portcullis.api.grant.AccessGrantStatus.State;
import dev.portcullis.api.platform.Drift;
import dev.portcullis.api.port.ExternalObject;
import dev.portcullis.platform.AgreementReference;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Sessions;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.external.state.SeenGrant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Plans, and what comes of them in the store. */
class PlannerTest {
    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Entitlement TAYLOR = entitlement("taylor");

    private final Grants grants = new Grants();
    private final ExternalConnector connector = new ExternalConnector(grants);
    private final PlatformSession session = connector.open(null, OWNER, Credentials.NONE);
    private final Map<Entitlement, SortedSet<AgreementReference>> agreements = new HashMap<>();
    private Set<Entitlement> wanted = Set.of();
    private Set<Holding> kept = Set.of();

    @Test
    void anEntitlementIsWrittenOnceAndAwaited() throws Exception {
        wants(TAYLOR);
        explain(TAYLOR, B, A);

        compare();

        SeenGrant grant = grants.only();
        assertThat(grant.namespace()).isEqualTo("checkout");
        assertThat(grant.name()).startsWith("orders-v1-").hasSizeLessThanOrEqualTo(63);
        assertThat(grant.isHeldByUs()).isTrue();
        assertThat(grant.spec())
                .isEqualTo(new AccessGrantSpec(
                        "here",
                        "events",
                        new AccessGrantSpec.PortReference("orders-v1", "port-1"),
                        "taylor",
                        ORDERS.toList(),
                        List.of(
                                new AccessGrantSpec.AgreementReference("marketing", "a", "uid-a", "To see."),
                                new AccessGrantSpec.AgreementReference("marketing", "b", "uid-b", "To know."))));
        assertThat(plan().changes()).isEmpty();
        assertThat(awaited()).singleElement().asString().contains("which has not answered yet");
        assertThat(observed().holds(TAYLOR)).isFalse();
        assertThat(observed().holders())
                .as("it may come true any moment")
                .containsExactly(Map.entry("port-1", Set.of(TAYLOR.principal())));
    }

    @Test
    void itIsHeldWhenTheControllerSaysSo() throws Exception {
        granted();

        assertThat(plan()).isEqualTo(new Plan(List.of(), List.of(), List.of()));
        assertThat(observed().holds(TAYLOR)).isTrue();
        assertThat(observed().holds(entitlement("quinn"))).isFalse();
        assertThat(observed().entitlements()).isOne();
        assertThat(observed().besides(wanted)).isEmpty();
    }

    @Test
    void whatTheControllerSaysIsPassedOn() throws Exception {
        wants(TAYLOR);
        compare();
        answers(State.Pending, 1, "a colleague looks at it until Friday");
        assertThat(awaited())
                .singleElement()
                .asString()
                .endsWith("waits for the platform: a colleague looks at it until Friday");

        answers(State.Refused, 1, "there is no such topic");
        assertThat(plan().awaited()).isEmpty();
        assertThat(plan().refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.entitlement()).isEqualTo(TAYLOR);
            assertThat(refusal.reason()).isEqualTo(Plan.Reason.NotApplied);
            assertThat(refusal.message()).contains("refuses AccessGrant checkout/", "there is no such topic");
        });
    }

    @Test
    void whatIsNotWantedIsGoneOnlyAfterTheControllerHasSeenTheDeletion() throws Exception {
        granted();
        wants();
        compare();
        assertThat(grants.only().deleting()).isTrue();
        assertThat(awaited()).singleElement().asString().contains("has not said yet that the access is taken away");
        assertThat(observed().besides(wanted)).hasSize(1);

        answers(State.Revoked, 1, null);
        compare();
        assertThat(observed().besides(wanted))
                .as("an answer to what was before")
                .hasSize(1);
        answers(State.Pending, 2, "until tomorrow");
        assertThat(awaited()).singleElement().asString().endsWith("is still being taken away: until tomorrow");
        answers(State.Refused, 2, "never");
        compare();
        assertThat(observed().besides(wanted)).hasSize(1);

        answers(State.Revoked, 2, null);
        assertThat(observed().besides(wanted)).isEmpty();
        assertThat(observed().entitlements()).isZero();
        compare();
        assertThat(grants.all()).isEmpty();
    }

    @Test
    void whatIsWantedAgainIsWrittenAnewAfterTheOldIsGone() throws Exception {
        granted();
        String uid = grants.only().uid();
        wants();
        compare();
        wants(TAYLOR);
        compare();
        assertThat(observed().holds(TAYLOR)).as("it is about to be taken away").isFalse();
        assertThat(plan().awaited())
                .extracting(Plan.Awaited::effect)
                .containsExactlyInAnyOrder(Change.Effect.REVOKE, Change.Effect.GRANT);
        assertThat(grants.only().uid()).isEqualTo(uid);

        answers(State.Revoked, 2, null);
        compare();

        assertThat(grants.only().uid()).isNotEqualTo(uid);
        assertThat(grants.only().deleting()).isFalse();
    }

    @Test
    void anotherFinalizerKeepsTheNameAndNotTheAccess() throws Exception {
        granted();
        wants();
        compare();
        grants.hold(grants.only().name(), List.of("portcullis.dev/external", "example.com/other"));
        answers(State.Revoked, 2, null);
        compare();

        assertThat(observed().besides(wanted)).isEmpty();
        assertThat(plan().changes()).isEmpty();
        wants(TAYLOR);
        assertThat(plan().changes()).as("the name is taken").isEmpty();
        assertThat(awaited())
                .singleElement()
                .asString()
                .contains("the access is taken away", "[example.com/other]", "whoever put them on takes them off")
                .doesNotContain("still being taken away");
    }

    /** Not "is still being taken away": nobody is at it. */
    @Test
    void aRevokeThatTheControllerRefusesIsSaidToBeRefused() throws Exception {
        granted();
        wants();
        compare();

        answers(State.Refused, 2, "the topic is locked until Friday");
        assertThat(awaited())
                .singleElement()
                .asString()
                .contains("DataPlatform events does not take the access away: the topic is locked until Friday");

        answers(State.Refused, 2, null);
        assertThat(awaited()).singleElement().asString().contains("does not say why: ask who runs it");
    }

    @Test
    void theAgreementsAreKeptCurrentWithoutLosingTheAnswer() throws Exception {
        explain(TAYLOR, A);
        granted();
        explain(TAYLOR, A, B);

        compare();

        assertThat(grants.only().spec().agreements()).hasSize(2);
        assertThat(observed().holds(TAYLOR)).as("the access is the same").isTrue();
        assertThat(plan().changes()).isEmpty();
    }

    @Test
    void labelsAndFinalizerArePutBack() throws Exception {
        granted();
        grants.label(grants.only().name(), Map.of("mine", "too"));
        grants.hold(grants.only().name(), List.of());

        compare();

        assertThat(grants.only().isHeldByUs()).isTrue();
        assertThat(grants.only().labels())
                .containsEntry("mine", "too")
                .containsEntry("portcullis.dev/platform", "events")
                .containsEntry("portcullis.dev/output-port-uid", "port-1");
    }

    @Test
    void whatNobodyAskedForGoesAndWhatIsOthersStays() throws Exception {
        granted();
        grants.create("checkout", "stray", spec("here", "events", "mallory"));
        grants.create("checkout", "copy", grants.all().get(0).spec());
        grants.create("checkout", "other-platform", spec("here", "lake", "mallory"));
        grants.create("checkout", "other-installation", spec("there", "events", "mallory"));

        compare();

        assertThat(grants.all().stream().filter(SeenGrant::deleting).map(SeenGrant::name))
                .containsExactlyInAnyOrder("stray", "copy");
    }

    @Test
    void oneThatSaysSomethingElseUnderTheNameGoesFirst() throws Exception {
        wants(TAYLOR);
        String name = ((dev.portcullis.platform.external.change.ExternalChange.CreateGrant)
                        plan().changes().get(0))
                .name();
        grants.create("checkout", name, spec("here", "events", "mallory"));
        grants.answer(name, State.Granted, 1, null);
        assertThat(observed().holds(TAYLOR)).isFalse();
        assertThat(observed().besides(wanted)).hasSize(1);

        compare();
        answers(State.Revoked, 2, null);
        compare();

        assertThat(grants.only().spec().principal()).isEqualTo("taylor");
    }

    @Test
    void whatIsKeptForNowStays() throws Exception {
        granted();
        wants();
        kept = observed().besides(wanted);

        compare();

        assertThat(grants.only().deleting()).isFalse();
    }

    @Test
    void revokesGoFirst() throws Exception {
        granted();
        wants(entitlement("quinn"));

        assertThat(plan().changes())
                .extracting(Change::effect)
                .containsExactly(Change.Effect.REVOKE, Change.Effect.GRANT);
    }

    @Test
    void anotherProfileIsAnotherGrant() throws Exception {
        granted();
        Entitlement narrower = new Entitlement(
                PORT, Grants.profile(new ExternalObject("topics/orders", List.of("id"))), new Principal("taylor"));
        wants(narrower);
        compare();

        assertThat(grants.all()).hasSize(2);
        assertThat(observed().holds(narrower)).isFalse();
        assertThat(observed().besides(wanted)).hasSize(1);
    }

    @Test
    void aPrincipalThatIsNoNameIsRefused() {
        wants(entitlement("a\nb"), entitlement(" "), entitlement("x".repeat(257)));

        assertThat(planOrFail().changes()).isEmpty();
        assertThat(planOrFail().refusals())
                .hasSize(3)
                .allMatch(refusal -> refusal.reason() == Plan.Reason.PrincipalRefused
                        && refusal.message().contains("spec.principals"));
    }

    @Test
    void aLookIsOneListHoweverMuchThereIs() throws Exception {
        for (int i = 0; i < 100; i++) {
            grants.create("checkout", "stray-" + i, spec("here", "events", "p" + i));
        }

        observed();

        assertThat(grants.lists()).isOne();
    }

    /** So that what a comparison would do can be shown without doing it. */
    @Test
    void aPlanIsAFunctionOfItsArgumentsAndReadsAsSentences() throws Exception {
        granted();
        wants(entitlement("quinn"));
        grants.create("checkout", "leaving", spec("here", "events", "carl"));
        grants.deleted("leaving");
        grants.answer("leaving", State.Revoked, 2, null);
        Observed seen = observed();
        List<SeenGrant> before = grants.all();
        int lists = grants.lists();

        Plan plan = new ExternalModule().plan(wantedNow(), seen);

        assertThat(new ExternalModule().plan(wantedNow(), seen)).isEqualTo(plan);
        assertThat(plan.changes())
                .extracting(Change::describe)
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("delete AccessGrant checkout/")
                                .endsWith(" of taylor"),
                        one -> assertThat(one).startsWith("release AccessGrant checkout/leaving"),
                        one -> assertThat(one)
                                .startsWith("create AccessGrant checkout/")
                                .endsWith(" of quinn"));
        assertThat(grants.all()).isEqualTo(before);
        assertThat(grants.lists()).isEqualTo(lists);
    }

    // ----

    private void granted() throws Exception {
        wants(TAYLOR);
        compare();
        answers(State.Granted, 1, null);
    }

    private void wants(Entitlement... entitlements) {
        wanted = Set.of(entitlements);
    }

    private void explain(Entitlement entitlement, AgreementReference... references) {
        agreements.put(entitlement, new TreeSet<>(List.of(references)));
    }

    private void answers(State state, long observedGeneration, String message) {
        grants.answer(grants.only().name(), state, observedGeneration, message);
    }

    private Wanted wantedNow() {
        return new Wanted(OWNER, EVERYTHING, wanted, kept, Drift.Unmanaged.Remove, agreements, Sessions.STAY);
    }

    private Observed observed() throws Exception {
        return session.observe(EVERYTHING, wanted);
    }

    private Plan plan() throws Exception {
        return connector.module().plan(wantedNow(), observed());
    }

    private Plan planOrFail() {
        return connector
                .module()
                .plan(wantedNow(), new dev.portcullis.platform.external.state.ExternalObserved(List.of()));
    }

    private List<String> awaited() throws Exception {
        return plan().awaited().stream().map(Plan.Awaited::message).toList();
    }

    private void compare() throws Exception {
        session.execute(plan().changes());
    }
}
