package dev.portcullis.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What a request lacks, step by step; nothing terminal comes of it, and what others can mend heals. */
class ValidityTest {
    private static final Function<Mesh, Case> USER = Mesh::request;
    private static final Function<Mesh, Case> PRODUCT = mesh -> mesh.request().forProduct("churn");
    private static final Function<Mesh, Case> TEAM = mesh -> mesh.request().forWholeTeam("marketing");

    record Fault(
            String what, Function<Mesh, Case> request, Consumer<Mesh> breaks, Consumer<Mesh> mends, String reason) {
        @Override
        public String toString() {
            return what + ": " + reason;
        }
    }

    static final List<Fault> faults = List.of(
            new Fault("no port", USER, Mesh::withoutPort, ValidityTest::samePortAgain, "PortNotFound"),
            new Fault(
                    "a port that is being deleted",
                    USER,
                    mesh -> mesh.port().beingDeleted(),
                    ValidityTest::samePortAgain,
                    "PortNotFound"),
            new Fault("no product", USER, Mesh::withoutProduct, Mesh::product, "ProductNotFound"),
            new Fault(
                    "no platform",
                    USER,
                    Mesh::withoutPlatform,
                    mesh -> mesh.platform().exposes("checkout", "shop", "sales"),
                    "PlatformNotFound"),
            new Fault(
                    "a platform of no known kind",
                    USER,
                    mesh -> mesh.platform().ofUnknownKind(),
                    mesh -> mesh.withoutPlatform().platform().exposes("checkout", "shop", "sales"),
                    "PlatformNotServed"),
            new Fault(
                    "a port without objects of that kind",
                    USER,
                    mesh -> mesh.port().withoutObjects(),
                    ValidityTest::samePortAgain,
                    "ObjectsMissing"),
            new Fault(
                    "objects that are none",
                    USER,
                    mesh -> mesh.port().tables(),
                    mesh -> mesh.port().tables("orders"),
                    "ObjectsInvalid"),
            new Fault(
                    "nothing exposed",
                    USER,
                    mesh -> mesh.platform().exposesNothing(),
                    mesh -> mesh.platform().exposes("checkout", "shop", "sales"),
                    "NotExposed"),
            new Fault(
                    "another schema exposed",
                    USER,
                    mesh -> mesh.port().schema("payroll"),
                    mesh -> mesh.platform().exposes("checkout", "shop", "payroll"),
                    "NotExposed"),
            new Fault(
                    "exposed to another namespace",
                    USER,
                    mesh -> mesh.platform().exposesNothing().exposes("finance", "shop", "sales"),
                    mesh -> mesh.platform().exposes("checkout", "shop", "sales"),
                    "NotExposed"),
            new Fault(
                    "a workflow that the platform forbids",
                    USER,
                    mesh -> mesh.platform().allows(Workflow.External),
                    mesh -> mesh.platform().allows(Workflow.External, Workflow.Manual),
                    "WorkflowNotAllowed"),
            new Fault(
                    "a port in no team's namespace, named like a Team",
                    USER,
                    mesh -> mesh.team("checkout").namespaces(),
                    mesh -> mesh.team("checkout").namespaces("checkout"),
                    "TeamUnknown"),
            new Fault(
                    "a product of a team that does not act there",
                    USER,
                    mesh -> mesh.product().ofTeam("marketing"),
                    mesh -> mesh.product().ofTeam("checkout"),
                    "TeamUnknown"),
            new Fault(
                    "a port's namespace of two teams",
                    USER,
                    mesh -> mesh.team("sales").namespaces("checkout"),
                    mesh -> mesh.product().ofTeam("sales"),
                    "TeamAmbiguous"),
            new Fault(
                    "a consumer's namespace named like a Team",
                    USER,
                    mesh -> mesh.team("marketing").namespaces("elsewhere"),
                    mesh -> mesh.team("marketing").namespaces("elsewhere", "marketing"),
                    "TeamUnknown"),
            new Fault(
                    "a consumer's namespace of two teams",
                    USER,
                    mesh -> mesh.team("sales").namespaces("marketing"),
                    mesh -> mesh.team("sales").namespaces(),
                    "TeamAmbiguous"),
            new Fault(
                    "another team named",
                    mesh -> mesh.request().actingFor("checkout"),
                    mesh -> {},
                    mesh -> mesh.team("checkout").namespaces("checkout", "marketing"),
                    "TeamUnknown"),
            new Fault(
                    "a team named that is none",
                    mesh -> mesh.request().actingFor("ghosts"),
                    mesh -> {},
                    mesh -> mesh.team("ghosts").namespaces("marketing"),
                    "TeamUnknown"),
            new Fault(
                    "another team named by a namespace of its own",
                    mesh -> mesh.requestFrom("lab").actingFor("marketing"),
                    mesh -> {},
                    mesh -> mesh.team("marketing").namespaces("marketing", "lab"),
                    "TeamUnknown"),
            new Fault(
                    "a whole team that lists nobody",
                    TEAM,
                    mesh -> mesh.team("marketing").members(),
                    mesh -> mesh.team("marketing").members(People.QUINN),
                    "TeamWithoutMembers"),
            new Fault(
                    "a whole team that is a namespace",
                    mesh -> mesh.requestFrom("lab").forWholeTeam("lab"),
                    mesh -> {},
                    mesh -> mesh.team("lab").namespaces("lab").asOnePrincipal(),
                    "TeamWithoutMembers"),
            new Fault(
                    "a consuming product that is not there",
                    PRODUCT,
                    mesh -> mesh.withoutProduct("marketing", "churn"),
                    mesh -> mesh.product("marketing", "churn"),
                    "ConsumerNotFound"),
            new Fault(
                    "a consuming product of another team",
                    mesh -> PRODUCT.apply(mesh).actingFor("marketing"),
                    mesh -> {
                        mesh.team("sales").namespaces("marketing");
                        mesh.product("marketing", "churn").ofTeam("sales");
                    },
                    mesh -> mesh.product("marketing", "churn").ofTeam("marketing"),
                    "ConsumerOfAnotherTeam"),
            new Fault(
                    "a consuming product of a team that does not act there",
                    PRODUCT,
                    mesh -> mesh.product("marketing", "churn").ofTeam("checkout"),
                    mesh -> mesh.product("marketing", "churn").ofTeam("marketing"),
                    "TeamUnknown"));

    private static void samePortAgain(Mesh mesh) {
        mesh.withoutPort().port().uid("port-1").tables("orders");
    }

    @ParameterizedTest
    @FieldSource("faults")
    void isInvalidAndDecidesNothing(Fault fault) {
        Mesh mesh = Mesh.standard();
        mesh.port().autoApprove(true);
        fault.breaks().accept(mesh);

        Case request =
                fault.request().apply(mesh).decided("approved", People.OLGA).settle();

        assertInvalid(request, fault.reason());
        assertThat(request.condition("Stalled")).isEqualTo("absent");
        assertThat(request.status().snapshot())
                .as("never valid, nothing frozen")
                .isNull();
    }

    @ParameterizedTest
    @FieldSource("faults")
    void healsWhenItIsMended(Fault fault) {
        Mesh mesh = Mesh.standard();
        fault.breaks().accept(mesh);
        Case request = fault.request().apply(mesh).look();

        fault.mends().accept(mesh);

        assertThat(request.look().phase()).isEqualTo(Phase.Requested);
        assertThat(request.approval().workflow()).isEqualTo(Workflow.Manual);
        assertThat(request.decided("approved", People.RILEY).settle().phase()).isEqualTo(Phase.Active);
    }

    @ParameterizedTest
    @FieldSource("faults")
    void aPendingRequestThatBecomesInvalidIsNotDecided(Fault fault) {
        Mesh mesh = Mesh.standard();
        Case request = mesh.request().look();
        fault.breaks().accept(mesh);
        boolean concernsThis = request.look().phase() == Phase.Invalid;

        if (concernsThis) {
            request.decided("approved", People.OLGA).settle();
            assertThat(request.approval().status()).isEqualTo(ApprovalStatus.Requested);
            assertThat(request.approval().workflow()).isNull();
            assertThat(request.status().snapshot()).as("kept").isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Lifecycle.class,
            names = {"Proposed", "InDevelopment", "Deprecated", "Retired"})
    void onlyActivePortsAndProductsTakeRequests(Lifecycle lifecycle) {
        Mesh mesh = Mesh.standard();
        mesh.port().lifecycle(lifecycle);
        Case request = mesh.request().look();
        assertInvalid(request, "PortNotActive");

        mesh.port().lifecycle(Lifecycle.Active);
        mesh.product().lifecycle(lifecycle);
        assertInvalid(request.look(), "PortNotActive");
        assertThat(request.message("Ready")).contains("orders-v1", lifecycle.name());

        mesh.product().lifecycle(Lifecycle.Active);
        assertThat(request.look().phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void aPortCreatedAnewStallsTheRequestForTheOldOne() {
        Mesh mesh = Mesh.standard();
        Case request = mesh.request().look();

        mesh.withoutPort();
        assertInvalid(request.look(), "PortNotFound");
        assertThat(request.condition("Stalled")).isEqualTo("absent");
        mesh.recreatePort().autoApprove(true);

        assertInvalid(request.look(), "PortReplaced");
        assertThat(request.condition("Stalled")).isEqualTo("True/PortReplaced");
        assertThat(request.message("Stalled")).contains("request another agreement");
        assertThat(mesh.request().look().approval().status())
                .as("another request")
                .isEqualTo(ApprovalStatus.Approved);
    }

    @Test
    void theWorkflowThatCountsIsTheFrozenOne() {
        Mesh mesh = Mesh.standard();
        Case request = mesh.request().look();
        mesh.platform().allows(Workflow.External);
        mesh.port().workflow(Workflow.External);

        assertInvalid(request.look(), "WorkflowNotAllowed");
        assertThat(mesh.request().look().phase()).as("another request").isEqualTo(Phase.Requested);

        mesh.platform().allows(Workflow.values());
        assertThat(request.look().phase()).isEqualTo(Phase.Requested);
        assertThat(request.approval().workflow()).isEqualTo(Workflow.Manual);
    }

    @Test
    void aNamespaceThatNoTeamListsIsATeamOfItsOwn() {
        Mesh mesh = Mesh.standard();

        assertThat(mesh.requestFrom("lab").look().status().snapshot().team()).isEqualTo("lab");
        assertThat(mesh.requestFrom("lab").actingFor("lab").look().phase()).isEqualTo(Phase.Requested);
        assertThat(mesh.requestFrom("lab").look().status().snapshot().memberOfTeam())
                .isNull();
    }

    @Test
    void aNamespaceOfSeveralTeamsActsForTheOneThatIsNamed() {
        Mesh mesh = Mesh.standard();
        mesh.team("sales").namespaces("marketing").members(People.RILEY);

        assertThat(mesh.request().actingFor("sales").look().status().snapshot().team())
                .isEqualTo("sales");
        assertThat(mesh.request()
                        .actingFor("marketing")
                        .look()
                        .status()
                        .snapshot()
                        .team())
                .isEqualTo("marketing");
    }

    @Test
    void aUserBeneficiaryNeedNotBeAMember() {
        assertThat(Mesh.standard().request().forUser(People.RILEY).look().phase())
                .isEqualTo(Phase.Requested);
    }

    @Test
    void saysWhatToDoNext() {
        for (Fault fault : faults) {
            Mesh mesh = Mesh.standard();
            fault.breaks().accept(mesh);

            String message = fault.request().apply(mesh).look().message("Ready");

            assertThat(message).as(fault.toString()).hasSizeGreaterThan(30);
        }
    }

    private static void assertInvalid(Case request, String reason) {
        assertThat(request.phase()).isEqualTo(Phase.Invalid);
        assertThat(request.ready()).isEqualTo("False/" + reason);
        assertThat(request.condition("Approved")).isEqualTo("False/" + reason);
        assertThat(request.approval().status()).isEqualTo(ApprovalStatus.Requested);
        assertThat(request.approval().workflow()).as("nobody can decide").isNull();
        assertThat(request.decisions()).isEmpty();
        assertThat(request.isActive()).isFalse();
        assertThat(request.granted()).isEmpty();
    }
}
