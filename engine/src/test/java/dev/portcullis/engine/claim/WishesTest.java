package dev.portcullis.engine.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.platform.AgreementReference;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What agreements together want of a platform, each asked by its status as it is written. */
class WishesTest {
    private static final String NAMESAKE = "taylor@other.example.com";

    private final Mesh mesh = Mesh.standard();

    private Case active(String uid, String user) {
        mesh.later(Duration.ofMinutes(1));
        return mesh.request()
                .withUid(uid)
                .forUser(user)
                .decided("approved", People.OLGA)
                .settle();
    }

    private Ask ask(Case agreement) {
        return Ask.of(agreement.object(), agreement.access(), mesh.engine());
    }

    private Wishes wishes(Case... agreements) {
        List<Ask> asks = Stream.of(agreements).map(this::ask).toList();
        PrincipalClaims claims = new PrincipalClaims();
        claims.note(new Scope.Everything(), asks);
        return Wishes.of(asks, claims, "warehouse");
    }

    @Test
    void twoAgreementsForOneEntitlementAreOneThatBothExplain() {
        Case one = active("a", People.TAYLOR);
        Case two = active("b", People.TAYLOR);

        Wishes both = wishes(one, two);
        assertThat(both.entitlements()).isEqualTo(one.entitlements()).hasSize(1);
        assertThat(both.agreements().values())
                .singleElement()
                .satisfies(explained -> assertThat(explained)
                        .extracting(AgreementReference::uid)
                        .containsExactly("a", "b"));

        assertThat(wishes(one.cancel(), two).entitlements())
                .as("ending one does not break the other")
                .isEqualTo(both.entitlements());
        assertThat(wishes(one, two.cancel()).entitlements()).isEmpty();
    }

    @Test
    void ofTwoWithOnePrincipalOnlyTheEarlierIsWantedAndTheOtherHearsWhy() {
        mesh.platform().callsUsers("name.split('@')[0]");
        Case earlier = active("b", People.TAYLOR);
        Case later = active("a", NAMESAKE);

        Wishes wishes = wishes(later, earlier);

        assertThat(wishes.agreements().values())
                .singleElement()
                .satisfies(explained -> assertThat(explained)
                        .extracting(AgreementReference::uid)
                        .containsExactly("b"));
        assertThat(wishes.shared())
                .hasEntrySatisfying(
                        new Wishes.Shared(later.entitlements().iterator().next(), NAMESAKE),
                        why -> assertThat(why.message()).contains(NAMESAKE, People.TAYLOR, "warehouse"))
                .hasSize(1);
        assertThat(wishes(later, earlier.cancel()).shared()).isEmpty();
    }

    @Test
    void whatAsksForNothingMayHoldSomethingUntilThePlatformSaysThatItIsGone() {
        Case agreement = active("a", People.TAYLOR);
        assertThat(ask(agreement).mayHold()).as("it asks for it").isFalse();
        assertThat(ask(agreement).entitlements())
                .isEqualTo(agreement.entitlements())
                .hasSize(1);
        assertThat(ask(agreement).concerned()).as("it says itself whose it is").isEmpty();

        agreement.cancel();
        Ask leaving = ask(agreement);
        assertThat(leaving.entitlements()).isEmpty();
        assertThat(leaving.mayHold()).isTrue();
        assertThat(leaving.recorded()).containsExactly(new Principal(People.TAYLOR));
        assertThat(leaving.concerned()).containsExactly(new Principal(People.TAYLOR));
        assertThat(leaving.wasProvisioned()).isTrue();

        agreement.settle();
        assertThat(ask(agreement).mayHold()).isFalse();
        assertThat(ask(agreement).wasProvisioned()).isFalse();
        assertThat(ask(mesh.request().settle()).mayHold()).as("never approved").isFalse();
    }

    @Test
    void thePlatformIsThatOfThePortItWasJudgedByAndElseTheOneThatGranted() {
        assertThat(Ask.platformOf(mesh.request().look().object(), mesh.world()))
                .as("nothing granted yet")
                .contains("warehouse");
        Case agreement = active("a", People.TAYLOR);
        assertThat(Ask.platformOf(agreement.object(), mesh.world())).contains("warehouse");

        mesh.recreatePort().onPlatform("lake");
        assertThat(Ask.platformOf(agreement.object(), mesh.world()))
                .as("another port")
                .contains("warehouse");
        mesh.withoutPort();
        assertThat(Ask.platformOf(agreement.object(), mesh.world())).contains("warehouse");
        assertThat(Ask.platformOf(mesh.request().look().object(), mesh.world()))
                .as("no port, and nothing granted")
                .isEmpty();
    }
}
