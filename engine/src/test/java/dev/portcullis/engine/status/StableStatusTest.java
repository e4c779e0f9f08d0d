package dev.portcullis.engine.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.engine.given.Situation;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is written for having looked: not at once, not later, not after a restart. */
class StableStatusTest {
    @ParameterizedTest
    @EnumSource
    void looksTheSameAtASecondLook(Situation situation) {
        Case agreement = situation.make();

        assertThat(agreement.assess().status()).isEqualTo(agreement.status());
    }

    @ParameterizedTest
    @EnumSource
    void looksTheSameALittleLater(Situation situation) {
        Case agreement = situation.make();
        agreement.mesh().later(Duration.ofHours(1));

        assertThat(agreement.assess().status()).isEqualTo(agreement.status());
    }

    /** After a restart the operator has no report until its first comparison. */
    @ParameterizedTest
    @EnumSource
    void looksTheSameAfterARestart(Situation situation) {
        Case agreement = situation.make();

        assertThat(agreement.assess(Optional.empty()).status()).isEqualTo(agreement.status());
    }

    @ParameterizedTest
    @EnumSource
    void looksTheSameWhenTheComparisonAfterARestartFindsTheSame(Situation situation) {
        Case agreement = situation.make();
        DataUsageAgreementStatus before = agreement.status();

        agreement.restart().settle();

        assertThat(agreement.status().conditions()).isEqualTo(before.conditions());
        assertThat(agreement.status().history()).isEqualTo(before.history());
        assertThat(agreement.status().provisioning()).isEqualTo(before.provisioning());
    }

    @Test
    void anAutomaticAgreementIsWrittenTwice() {
        Mesh mesh = Mesh.standard();
        mesh.port().autoApprove(true);
        Case agreement = mesh.request();

        DataUsageAgreementStatus approved = agreement.look().status();
        DataUsageAgreementStatus provisioned = agreement.settle().status();

        assertThat(approved.phase().name()).isEqualTo("Provisioning");
        assertThat(provisioned.phase().name()).isEqualTo("Active");
        assertThat(agreement.phases()).as("no status in between").hasSize(2);
    }

    @Test
    void aChangeOfWhatDoesNotConcernItWritesNothing() {
        Mesh mesh = Mesh.standard();
        Case agreement = mesh.request().decided("approved", People.OLGA).settle();

        mesh.port().tables("orders", "order_items(order_id,sku)", "customers").autoApprove(true);
        mesh.team("marketing").with(People.RILEY);
        mesh.platform().forbidsAutoApprove();

        assertThat(agreement.assess().status()).isEqualTo(agreement.status());
    }
}
