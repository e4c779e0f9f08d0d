package dev.portcullis.engine.request;

import static dev.portcullis.engine.given.People.OLGA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.Assessment;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A request whose texts cannot be kept. */
class WithheldTest {
    private static final Problem WHY = Problem.healing("TextNotKept", "the text cannot be kept");

    private final Mesh mesh = Mesh.standard();

    @Test
    void freezesNothingAndNobodyCanDecideIt() {
        Assessment withheld = withheld(mesh.request());

        DataUsageAgreementStatus status = withheld.status();
        assertThat(status.phase()).isEqualTo(Phase.Invalid);
        assertThat(status.snapshot()).isNull();
        assertThat(status.approval().status()).isEqualTo(ApprovalStatus.Requested);
        assertThat(status.approval().workflow()).isNull();
        assertThat(status.conditions()).anySatisfy(ready -> {
            assertThat(ready.type()).isEqualTo("Ready");
            assertThat(ready.reason()).isEqualTo("TextNotKept");
        });
        assertThat(withheld.texts()).isEmpty();
        assertThat(withheld.wakeAt())
                .as("it is tried again")
                .hasValue(mesh.now().plus(Duration.ofMinutes(1)));
    }

    @Test
    void whatIsOnRecordStays() {
        mesh.team("privacy").members("pat@example.com");
        mesh.policy(
                "pii",
                "{mode: Mandatory, rules: [{name: r, when: 'true', require: {approvals: [{from: {team: privacy}}]}}]}");
        Case request = mesh.request().settle().decided("approved", OLGA).settle();

        DataUsageAgreementStatus status = withheld(request).status();

        assertThat(status.approval().decisions()).extracting(DecisionRecord::by).containsExactly(OLGA);
        assertThat(status.snapshot()).isEqualTo(request.status().snapshot());
    }

    @Test
    void aDecisionThatCameMeanwhileWaitsAndCountsLater() {
        Case request = mesh.request().settle().decided("approved", OLGA);

        assertThat(withheld(request).status().approval())
                .satisfies(approval -> assertThat(approval.decisions()).isEmpty())
                .satisfies(approval -> assertThat(approval.refusedDecision()).isNull());
        assertThat(request.settle().decisions()).containsExactly("approved by " + OLGA);
    }

    private Assessment withheld(Case request) {
        return mesh.engine().withhold(request.object(), WHY, mesh.guard(), Optional.empty(), mesh.clocks());
    }
}
