package dev.portcullis.operator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.Consumer;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.operator.given.MemoryCluster;
import dev.portcullis.operator.given.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsequencesTest {
    private final MemoryCluster cluster = MemoryCluster.standard();
    private final Consequences consequences = new Consequences(cluster.caches());

    @BeforeEach
    void agreements() {
        cluster.agreements.put(Samples.approved("approved", "taylor"));
        cluster.agreements.put(Samples.request("waiting", "quinn"));
        cluster.agreements.put(Samples.request("elsewhere", "quinn", "other"));
    }

    @Test
    void aTeamConcernsItsAgreementsWhateverIsUndecidedAndItsProducts() {
        consequences.ofTeam(Samples.team("checkout", "checkout"));

        assertThat(cluster.lookedAgain())
                .contains(
                        "DataUsageAgreement marketing/approved",
                        "DataUsageAgreement marketing/waiting",
                        "DataUsageAgreement marketing/elsewhere",
                        "DataProduct checkout/orders");
    }

    @Test
    void aTeamDoesNotConcernWhatOthersDecided() {
        consequences.ofTeam(Samples.team("finance", "finance"));

        assertThat(cluster.lookedAgain())
                .filteredOn(looked -> looked.startsWith("DataUsageAgreement"))
                .containsExactlyInAnyOrder(
                        "DataUsageAgreement marketing/waiting", "DataUsageAgreement marketing/elsewhere");
    }

    @Test
    void aPlatformConcernsItsPortsAndTheirAgreements() {
        consequences.ofPlatform(Samples.platform("warehouse"));

        assertThat(cluster.lookedAgain())
                .containsExactlyInAnyOrder(
                        "OutputPort checkout/orders-v1",
                        "DataUsageAgreement marketing/approved",
                        "DataUsageAgreement marketing/waiting");
        cluster.forgetLooks();
        consequences.ofPlatform(Samples.platform("lake"));
        assertThat(cluster.lookedAgain()).isEmpty();
    }

    @Test
    void aProductConcernsItsPortsAndTheirAgreements() {
        consequences.ofProduct(Samples.product("orders"));

        assertThat(cluster.lookedAgain())
                .containsExactlyInAnyOrder(
                        "OutputPort checkout/orders-v1",
                        "DataUsageAgreement marketing/approved",
                        "DataUsageAgreement marketing/waiting");
    }

    @Test
    void aProductConcernsTheRequestsForItsOwnUse() {
        DataUsageAgreement agreement = Samples.request("for-product", null, "other");
        DataUsageAgreementSpec spec = agreement.getSpec();
        agreement.setSpec(new DataUsageAgreementSpec(
                spec.purpose(),
                spec.provider(),
                new Consumer(null, "churn", null),
                null,
                null,
                null,
                false,
                false,
                null,
                null,
                null,
                null,
                null,
                null));
        cluster.agreements.put(agreement);

        consequences.ofProduct(Samples.named(Samples.product("churn"), "marketing", "churn", "product-churn"));

        assertThat(cluster.lookedAgain()).containsExactly("DataUsageAgreement marketing/for-product");
    }

    @Test
    void aPortConcernsTheAgreementsThatNameItAlsoThoseOfAnEarlierOne() {
        consequences.ofPort(Samples.port("orders-v1", "port-2"));

        assertThat(cluster.lookedAgain())
                .containsExactlyInAnyOrder(
                        "DataUsageAgreement marketing/approved", "DataUsageAgreement marketing/waiting");
    }

    @Test
    void countsConcernPortAndProduct() {
        consequences.ofAgreementCounts(Samples.approved("approved", "taylor"));

        assertThat(cluster.lookedAgain())
                .containsExactlyInAnyOrder("OutputPort checkout/orders-v1", "DataProduct checkout/orders");
    }

    @Test
    void countsOfAPortThatIsGoneConcernNobodyThatCouldBeFound() {
        consequences.ofAgreementCounts(Samples.request("elsewhere", "quinn", "other"));

        assertThat(cluster.lookedAgain()).isEmpty();
    }

    @Test
    void theGuardConcernsWrittenDecisions() {
        DataUsageAgreement decided = Samples.request("decided", "taylor");
        decided.getMetadata().getAnnotations().put(Annotations.DECISION, "approved");
        cluster.agreements.put(decided);

        consequences.ofGuard();

        assertThat(cluster.lookedAgain()).containsExactly("DataUsageAgreement marketing/decided");
    }

    @Test
    void clocksConcernPlatformsAndWhatTimeBringsSomethingTo() {
        cluster.agreements.put(Samples.expired(Samples.approved("dated", "taylor"), "2026-11-22T12:00:00Z"));
        cluster.forgetLooks();

        consequences.ofClocks();

        assertThat(cluster.lookedAgain())
                .containsExactlyInAnyOrder("DataPlatform warehouse", "DataUsageAgreement marketing/dated");
    }

    @Test
    void aTeamConcernsThePortsOfItsProducts() {
        consequences.ofTeam(Samples.team("checkout", "checkout"));

        assertThat(cluster.lookedAgain()).contains("OutputPort checkout/orders-v1");
    }

    @Test
    void aTeamConcernsTheProductsOfANamespaceOfItsName() {
        consequences.ofTeam(Samples.team("checkout"));

        assertThat(cluster.lookedAgain()).contains("DataProduct checkout/orders");
    }
}
