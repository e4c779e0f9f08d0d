package dev.portcullis.engine.selection;

import static dev.portcullis.engine.given.People.OLGA;
import static dev.portcullis.engine.given.People.TAYLOR;
import static dev.portcullis.engine.given.PortDraft.selected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.MemoryPlatform;
import dev.portcullis.engine.given.Mesh;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Everybody narrows, and nobody widens. */
class SelectionsTest {
    private static final String EU = "country = 'DE'";
    private static final String CHEAP = "amount < 1000";

    private final Mesh mesh = Mesh.standard();

    @BeforeEach
    void offers() {
        mesh.port()
                .tables("orders(id,country,amount)", "order_items(order_id,sku)", "customers")
                .filter("eu-only", EU)
                .filter("cheap", CHEAP);
    }

    private Case selecting(String rowFilter, String... tables) {
        return mesh.request().selecting(rowFilter, tables);
    }

    private static Case approved(Case request) {
        return request.decided("approved", OLGA).settle();
    }

    @Test
    void whatIsSelectedIsFrozenAndGranted() {
        Case agreement = selecting("eu-only", "orders(id)", "customers").look();
        var objects = agreement.status().snapshot().objects().postgresql();
        assertThat(objects.tables())
                .extracting(table -> table.name() + table.columns())
                .containsExactly("customers[]", "orders[id]");
        assertThat(objects.rowFilters())
                .extracting(filter -> filter.name() + ": " + filter.where())
                .containsExactly("eu-only: " + EU);
        approved(agreement);
        assertThat(agreement.granted()).containsExactly(TAYLOR + ": customers orders(id) where eu-only=" + EU);
    }

    @Test
    void withoutASelectionEverythingIsAskedForAndNoFilterHolds() {
        Case agreement = approved(mesh.request());
        assertThat(agreement.status().snapshot().objects().postgresql().rowFilters())
                .isEmpty();
        assertThat(agreement.granted())
                .containsExactly(TAYLOR + ": customers order_items(order_id,sku) orders(amount,country,id)");
    }

    @Test
    void aTableWithoutColumnsIsAllThatIsOfferedOfIt() {
        assertThat(approved(selecting(null, "orders")).granted())
                .containsExactly(TAYLOR + ": orders(amount,country,id)");
    }

    @Test
    void aFilterAloneIsForAllThatIsOffered() {
        assertThat(approved(selecting("cheap")).granted())
                .containsExactly(TAYLOR + ": customers order_items(order_id,sku) orders(amount,country,id) where cheap="
                        + CHEAP);
    }

    static final List<SelectedObjects> beyond = List.of(
            selected(null, "invoices"),
            selected(null, "orders(id,email)"),
            selected("us-only", "orders"),
            selected("us-only"));

    @ParameterizedTest
    @FieldSource("beyond")
    void whatThePortDoesNotOfferIsNotAskedForAndHealsWhenItDoes(SelectedObjects select) {
        Case agreement =
                mesh.request().selecting(select).decided("approved", OLGA).look();
        assertThat(agreement.phase()).isEqualTo(Phase.Invalid);
        assertThat(agreement.ready()).isEqualTo("False/SelectBeyondPort");
        assertThat(agreement.condition("Stalled")).isEqualTo("absent");
        assertThat(agreement.status().snapshot()).isNull();
        assertThat(agreement.message("Ready")).contains("spec.select names", "request another agreement");
        mesh.port().tables("orders(id,country,amount,email)", "invoices").filter("us-only", "country = 'US'");
        agreement.cleared().look();
        assertThat(agreement.phase()).isEqualTo(Phase.Requested);
    }

    @Test
    void whatIsTakenOffThePortIsGoneAndWhatIsAddedIsNotGiven() {
        Case agreement = approved(selecting(null, "orders(id,amount)"));
        mesh.port().tables("orders(id,email)", "customers");
        assertThat(agreement.settle().granted()).containsExactly(TAYLOR + ": orders(id)");
        mesh.port().tables("customers");
        assertThat(agreement.settle().ready()).isEqualTo("False/NothingLeft");
        mesh.port().tables("orders");
        assertThat(agreement.settle().granted()).containsExactly(TAYLOR + ": orders(amount,id)");
    }

    @Test
    void anEditedFilterHoldsAsItWasAndAsItIs() {
        Case agreement = approved(selecting("eu-only", "orders(id)"));
        mesh.port().filter("eu-only", "id > 0");
        assertThat(agreement.settle().granted())
                .containsExactly(TAYLOR + ": orders(id) where eu-only=" + EU + " where eu-only=id > 0");
        mesh.port().filter("eu-only", EU);
        assertThat(agreement.settle().granted()).containsExactly(TAYLOR + ": orders(id) where eu-only=" + EU);
    }

    @Test
    void withoutTheFilterNothingIsLeft() {
        Case agreement = approved(selecting("eu-only", "orders(id)"));
        mesh.port().withoutFilter("eu-only");
        assertThat(agreement.settle().ready()).isEqualTo("False/NothingLeft");
        assertThat(agreement.granted()).isEmpty();
        mesh.port().filter("eu-only", EU);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Active);
    }

    @Test
    void everyApproverNarrows() {
        Case agreement = approved(selecting("eu-only", "orders(id,amount)", "customers"));
        agreement.allowing(selected("cheap", "orders(id,amount)")).settle();
        assertThat(agreement.granted())
                .containsExactly(TAYLOR + ": orders(amount,id) where cheap=" + CHEAP + " where eu-only=" + EU);
        assertThat(agreement.message("Ready")).contains("an approver allowed less");
        agreement.allowing(selected(null, "orders(id)", "customers")).settle();
        assertThat(agreement.granted())
                .containsExactly(TAYLOR + ": orders(id) where cheap=" + CHEAP + " where eu-only=" + EU);
        agreement.allowing(selected(null, "customers")).settle();
        assertThat(agreement.ready()).isEqualTo("False/NothingLeft");
    }

    @Test
    void whatAnApproverAllowedIsNotWidenedByAnEditOfTheFilter() {
        Case agreement = approved(selecting(null, "orders(id)"))
                .allowing(selected("eu-only"))
                .settle();
        assertThat(agreement.lastDecision().rowFilter().where()).isEqualTo(EU);
        mesh.port().filter("eu-only", "id > 0");
        assertThat(agreement.settle().granted())
                .containsExactly(TAYLOR + ": orders(id) where eu-only=" + EU + " where eu-only=id > 0");
        mesh.port().withoutFilter("eu-only");
        assertThat(agreement.settle().granted()).isEmpty();
    }

    @Test
    void saysWhyWhatAnApproverSelectsDoesNotFit() {
        var snapshot = selecting("cheap", "orders(id,amount)").look().status().snapshot();
        assertThat(misfit(snapshot, selected(null, "orders(id)"))).isEmpty();
        assertThat(misfit(snapshot, selected("eu-only", "orders"))).isEmpty();
        assertThat(misfit(snapshot, selected("cheap"))).isEmpty();
        assertThat(misfit(snapshot, selected(null, "orders(id,country)"))).contains("SelectBeyondRequest");
        assertThat(misfit(snapshot, selected(null, "customers"))).contains("SelectBeyondRequest");
        assertThat(misfit(snapshot, selected("us-only"))).contains("SelectBeyondRequest");
        mesh.port().tables("orders(amount)");
        assertThat(misfit(snapshot, selected(null, "orders(id)"))).contains("SelectLeavesNothing");
        assertThat(misfit(snapshot, selected(null, "orders(id,amount)"))).isEmpty();
        mesh.port().withoutFilter("cheap");
        assertThat(misfit(snapshot, selected(null, "orders(amount)"))).contains("SelectLeavesNothing");
    }

    private Optional<String> misfit(dev.portcullis.api.agreement.Snapshot snapshot, SelectedObjects select) {
        return Selections.misfit(mesh.offer("orders-v1"), snapshot, select).map(Problem::reason);
    }

    @Test
    void twoSelectionsOfOnePersonHoldBothAndEndEachByItself() {
        Case one = approved(selecting(null, "orders(id)"));
        Case other = approved(selecting("cheap", "orders(id)"));
        assertThat(one.granted()).isEqualTo(Set.of(TAYLOR + ": orders(id)"));
        assertThat(other.granted()).isEqualTo(Set.of(TAYLOR + ": orders(id) where cheap=" + CHEAP));
        assertThat(one.entitlements()).doesNotContainAnyElementsOf(other.entitlements());
        one.cancel().settle();
        assertThat(one.granted()).isEmpty();
        assertThat(other.settle().granted()).isNotEmpty();
    }

    @Test
    void aFilterThatCannotBeUsedIsTheProvidersToRepair() {
        mesh.port().filter("cheap", MemoryPlatform.BROKEN);
        Case agreement = selecting("cheap", "orders(id)").settle();
        assertThat(agreement.ready()).isEqualTo("False/RowFilterInvalid");
        assertThat(agreement.message("Ready")).contains("row filter of OutputPort orders-v1", "its text is broken");
        assertThat(agreement.condition("Stalled")).isEqualTo("absent");

        mesh.port().filter("cheap", CHEAP);
        assertThat(approved(agreement).granted()).containsExactly(TAYLOR + ": orders(id) where cheap=" + CHEAP);
    }

    @Test
    void whereNothingCanBeSelectedOnlyAnotherRequestHelps() {
        mesh.platform().exposes("checkout", "shop", MemoryPlatform.WHOLE);
        mesh.port().schema(MemoryPlatform.WHOLE);
        Case agreement = selecting(null, "orders(id)").settle();

        assertThat(agreement.ready()).isEqualTo("False/SelectNotPossible");
        assertThat(agreement.message("Ready")).contains("ask for all of it");
        assertThat(agreement.condition("Stalled")).startsWith("True/");
        assertThat(approved(mesh.request()).phase()).as("all of it").isEqualTo(Phase.Active);
    }

    @Test
    void anApproverWhoSelectsWhatCannotBeSelectedIsTold() {
        var snapshot = selecting(null, "orders(id,amount)").look().status().snapshot();
        mesh.port().filter("cheap", MemoryPlatform.BROKEN);
        assertThat(misfit(snapshot, selected("cheap"))).contains("RowFilterInvalid");

        mesh.platform().exposes("checkout", "shop", MemoryPlatform.WHOLE);
        mesh.port().schema(MemoryPlatform.WHOLE);
        var whole = mesh.request().look().status().snapshot();
        assertThat(misfit(whole, selected(null, "orders"))).contains("SelectNotPossible");
    }
}
