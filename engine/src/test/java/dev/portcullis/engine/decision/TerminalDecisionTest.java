package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A decision is of its point in time: what changes later may pause an agreement, never decide it anew. */
class TerminalDecisionTest {
    private static final Map<String, Consumer<Mesh>> LATER = new LinkedHashMap<>();

    static {
        LATER.put("the port approves all", mesh -> mesh.port().autoApprove(true));
        LATER.put("the port approves nothing by rule", mesh -> mesh.port().autoApprove(false));
        LATER.put("the workflow is another", mesh -> mesh.port().workflow(Workflow.External));
        LATER.put("the port is Deprecated", mesh -> mesh.port().lifecycle(Lifecycle.Deprecated));
        LATER.put("the port is Retired", mesh -> mesh.port().lifecycle(Lifecycle.Retired));
        LATER.put("the port is suspended", mesh -> mesh.port().suspend(true));
        LATER.put("the port has more tables", mesh -> mesh.port().tables("orders", "order_items", "customers"));
        LATER.put("the port has other tables", mesh -> mesh.port().tables("customers"));
        LATER.put("the product is Retired", mesh -> mesh.product().lifecycle(Lifecycle.Retired));
        LATER.put("the product is gone", Mesh::withoutProduct);
        LATER.put("the product is of another team", mesh -> mesh.product().ofTeam("marketing"));
        LATER.put(
                "the platform forbids",
                mesh -> mesh.platform().allows(Workflow.External).forbidsAutoApprove());
        LATER.put("the platform is gone", Mesh::withoutPlatform);
        LATER.put("the platform's rules are broken", mesh -> mesh.platform().callsUsers("name."));
        LATER.put("the team has other members", mesh -> mesh.team("marketing").members(People.RILEY));
        LATER.put("the team is gone", mesh -> mesh.withoutTeam("marketing"));
        LATER.put(
                "the team lists the namespace no more",
                mesh -> mesh.team("marketing").namespaces());
        LATER.put("the provider's team is gone", mesh -> mesh.withoutTeam("checkout"));
        LATER.put("the guard is broken", mesh -> mesh.guard(new Guard.Broken("gone")));
        LATER.put(
                "the guard is younger",
                mesh -> mesh.guard(new Guard.Whole(mesh.now().plusSeconds(60))));
        LATER.put("a year has passed", mesh -> mesh.at("2027-11-22T12:00:00Z"));
    }

    static Set<String> events() {
        return LATER.keySet();
    }

    @ParameterizedTest
    @MethodSource("events")
    void stands(String event) {
        Mesh mesh = Mesh.standard();
        Case approved = mesh.request().decided("approved", People.OLGA).settle();
        Case rejected = mesh.request().decided("rejected", People.OLGA).settle();
        mesh.port().autoApprove(true);
        Case byRule = mesh.request().settle();
        mesh.port().autoApprove(false);
        Case sameTeam = mesh.requestFrom("checkout")
                .requestedBy(People.OTTO)
                .forUser(People.OTTO)
                .settle();

        for (Case decided : new Case[] {approved, rejected, byRule, sameTeam}) {
            Approval before = decided.approval();
            LATER.get(event).accept(mesh);
            assertThat(decided.settle().approval()).isEqualTo(before);
        }
    }
}
