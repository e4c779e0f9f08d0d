package dev.portcullis.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Way;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What others granted is said while it holds, in a condition of its own, and changes nothing else. */
class WayConditionsTest {
    private static final Set<Principal> TAYLOR = Set.of(new Principal(People.TAYLOR));
    private static final Way SAME = new Way(false, "everybody has SELECT");
    private static final Way FURTHER = new Way(true, "taylor is a member of analysts");

    private final Mesh mesh = Mesh.standard();
    private final Case agreement =
            mesh.request().decided("approved", People.OLGA).look();

    private void reported(Optional<List<Way>> ways) {
        boolean held = agreement.access() instanceof Access.Wanted;
        agreement.reported(new GrantReport(
                        agreement.access(),
                        held ? TAYLOR : Set.of(),
                        List.of(),
                        held ? Optional.of("role_orders") : Optional.empty())
                .with(ways));
    }

    private void reported(Way... ways) {
        reported(Optional.of(List.of(ways)));
    }

    @Test
    void nothingIsSaidWhereThereIsNothing() {
        reported();

        assertThat(agreement.phase()).isEqualTo(Phase.Active);
        assertThat(agreement.condition("AccessBeyond")).isEqualTo("absent");
        assertThat(agreement.condition("AccessRemains")).isEqualTo("absent");
    }

    @Test
    void moreThanAgreedIsSaidBesideTheGrant() {
        reported(FURTHER, SAME);

        assertThat(agreement.condition("AccessBeyond")).isEqualTo("True/MoreThanAgreed");
        assertThat(agreement.message("AccessBeyond"))
                .isEqualTo(
                        "more can be read than was agreed: taylor is a member of analysts; besides, what others granted"
                                + " lets the same be read, and the end of the agreement does not take that away: everybody has SELECT");
        assertThat(agreement.ready()).as("it is granted").isEqualTo("True/Granted");
        assertThat(agreement.phase()).isEqualTo(Phase.Active);

        reported(SAME);
        assertThat(agreement.condition("AccessBeyond")).isEqualTo("True/GrantedByOthers");
        reported();
        assertThat(agreement.condition("AccessBeyond")).isEqualTo("absent");
    }

    @Test
    void itStandsUntilItWasLookedAtAgain() {
        reported(FURTHER);
        DataUsageAgreementStatus said = agreement.status();

        assertThat(agreement.restart().look().status()).isEqualTo(said);
        reported(Optional.empty());
        assertThat(agreement.status()).as("could not be found out").isEqualTo(said);
        reported(FURTHER);
        assertThat(agreement.status()).as("the same again").isEqualTo(said);
    }

    @Test
    void whatRemainsIsSaidWhenOursIsGone() {
        reported(FURTHER);
        agreement.cancel().look();
        assertThat(agreement.condition("AccessBeyond")).as("agreed no more").isEqualTo("absent");
        assertThat(agreement.condition("AccessRemains")).as("not known yet").isEqualTo("absent");

        reported(FURTHER);

        assertThat(agreement.provisioning()).isEqualTo(ProvisioningStatus.Deprovisioned);
        assertThat(agreement.ready()).isEqualTo("True/Ended");
        assertThat(agreement.condition("Granted")).isEqualTo("False/Deprovisioned");
        assertThat(agreement.condition("AccessRemains")).isEqualTo("True/GrantedByOthers");
        assertThat(agreement.message("AccessRemains")).endsWith(": taylor is a member of analysts");
        DataUsageAgreementStatus said = agreement.status();
        assertThat(agreement.restart().look().status()).isEqualTo(said);

        reported();
        assertThat(agreement.condition("AccessRemains")).isEqualTo("absent");
    }

    @Test
    void aSuspensionThatEndsTakesTheOneForTheOther() {
        reported(SAME);
        agreement.suspend(true).look();
        reported(SAME);
        assertThat(agreement.condition("AccessRemains")).isEqualTo("True/GrantedByOthers");

        agreement.suspend(false).look();
        reported(SAME);
        assertThat(agreement.condition("AccessRemains")).isEqualTo("absent");
        assertThat(agreement.condition("AccessBeyond")).isEqualTo("True/GrantedByOthers");
    }

    @Test
    void manyWaysAreCounted() {
        reported(IntStream.range(0, 500)
                .mapToObj(i -> new Way(true, "w".repeat(500) + i))
                .toArray(Way[]::new));

        assertThat(agreement.message("AccessBeyond")).contains("and 495 more ways");
    }
}
