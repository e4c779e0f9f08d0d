package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.operator.given.MemoryPlatform;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final Profile ORDERS = profile("orders");
    private static final Profile ITEMS = profile("order_items");
    private static final ObjectsFound.Fault MISSING =
            new ObjectsFound.Fault(Plan.Reason.ObjectNotFound, "there is no table orders");

    private final Looks looks = new Looks();

    @Test
    void theFirstLookFindsNothingRebuilt() {
        Looks.News news = looks.note(Map.of("port-1", ORDERS), Map.of(ORDERS, found("1")));

        assertThat(news.rebuilt()).isEmpty();
        assertThat(news.toldOtherwise()).as("now something is known").containsExactly("port-1");
        assertThat(looks.of("port-1", ORDERS)).contains(found("1"));
        assertThat(looks.of("port-2", ORDERS)).isEmpty();
    }

    @Test
    void everyPortOfWhatWasMadeAnewIsNamedOnce() {
        Map<String, Profile> offered = Map.of("port-1", ORDERS, "port-2", ORDERS, "port-3", ITEMS);
        looks.note(offered, Map.of(ORDERS, found("1"), ITEMS, found("7")));

        Looks.News news = looks.note(offered, Map.of(ORDERS, found("2"), ITEMS, found("7")));

        assertThat(news.rebuilt()).containsExactlyInAnyOrder("port-1", "port-2");
        assertThat(news.toldOtherwise()).isEmpty();
        assertThat(looks.note(offered, Map.of(ORDERS, found("2"), ITEMS, found("7")))
                        .rebuilt())
                .isEmpty();
    }

    @Test
    void aFaultIsToldWhenItComesAndWhenItGoes() {
        Map<String, Profile> offered = Map.of("port-1", ORDERS);
        looks.note(offered, Map.of(ORDERS, found("1")));

        assertThat(looks.note(offered, Map.of(ORDERS, new ObjectsFound("-", Optional.of(MISSING))))
                        .toldOtherwise())
                .containsExactly("port-1");
        assertThat(looks.note(offered, Map.of(ORDERS, found("2"))).toldOtherwise())
                .containsExactly("port-1");
    }

    @Test
    void aNoticeIsToldAndOtherColumnsAre() {
        Map<String, Profile> offered = Map.of("port-1", ORDERS);
        looks.note(offered, Map.of(ORDERS, found("1")));
        ObjectsFound noticed = new ObjectsFound(
                "1",
                Optional.empty(),
                List.of(new ObjectsFound.Notice(ObjectsFound.Notice.Type.MayNotRead, "RowSecurity", "no policy")),
                Map.of());
        ObjectsFound wider =
                new ObjectsFound("1", Optional.empty(), noticed.notices(), Map.of("orders", Set.of("id", "email")));

        assertThat(looks.note(offered, Map.of(ORDERS, noticed)).toldOtherwise()).containsExactly("port-1");
        assertThat(looks.note(offered, Map.of(ORDERS, noticed)).toldOtherwise()).isEmpty();
        Looks.News news = looks.note(offered, Map.of(ORDERS, wider));
        assertThat(news.toldOtherwise()).containsExactly("port-1");
        assertThat(news.rebuilt()).isEmpty();
    }

    @Test
    void whatWasFoundOfOtherObjectsSaysNothing() {
        looks.note(Map.of("port-1", ORDERS), Map.of(ORDERS, found("1")));

        assertThat(looks.of("port-1", ITEMS)).isEmpty();
        assertThat(looks.note(Map.of("port-1", ITEMS), Map.of(ITEMS, found("1")))
                        .toldOtherwise())
                .as("now something is known of them")
                .containsExactly("port-1");
        assertThat(looks.of("port-1", ITEMS)).isPresent();
    }

    @Test
    void aPortThatIsGoneIsForgotten() {
        looks.note(Map.of("port-1", ORDERS), Map.of(ORDERS, found("1")));

        looks.note(Map.of(), Map.of());

        assertThat(looks.of("port-1", ORDERS)).isEmpty();
    }

    private static ObjectsFound found(String identity) {
        return new ObjectsFound(identity, Optional.empty());
    }

    private static Profile profile(String table) {
        return ((Parsed.Ok) new MemoryPlatform.Module().parse(Samples.portSpec(Samples.objects(table), false)))
                .profile();
    }
}
