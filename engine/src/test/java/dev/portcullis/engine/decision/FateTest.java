package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Bounds;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.DecisionDraft;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of a Decision is said in a status, which has bounds. */
class FateTest {
    private final Mesh mesh = Mesh.standard();

    @Test
    void whatIsSaidFitsTheStatusHoweverMuchThereIsToSay() {
        for (int policy = 0; policy < 4; policy++) {
            String of = "t" + policy;
            IntStream.range(0, 8)
                    .forEach(i -> mesh.team(of + i + "x".repeat(60)).members("pat@example.com"));
            mesh.policy(
                    "p" + policy,
                    "{mode: Mandatory, rules: [{name: r, when: 'true', require: {approvals: ["
                            + IntStream.range(0, 8)
                                    .mapToObj(i -> "{from: {team: " + of + i + "x".repeat(60) + "}}")
                                    .collect(Collectors.joining(", "))
                            + "]}}]}");
        }
        mesh.port().autoApprove(true);
        Case agreement = mesh.request().settle();
        DecisionDraft riley = mesh.decision("riley").says(Verdict.approved, People.RILEY);

        agreement.settle();

        assertThat(riley.outcome()).isEqualTo("Refused/CountsForNothing");
        assertThat(riley.message()).hasSize(Bounds.TEXT).endsWith("…");
    }

    @Test
    void whatARuleDecidesByNowWaitsForIt() {
        Case request = mesh.request().settle();
        DecisionDraft olga = mesh.decision("olga").says(Verdict.approved, People.OLGA);
        mesh.bind(request);

        mesh.port().autoApprove(true);
        mesh.tend(request.object());

        assertThat(olga.outcome()).isEqualTo("Waiting/DecidedByRule");
    }

    @Test
    void whatIsNotValidAnyMoreWaitsBeforeTheAgreementSaysSo() {
        Case request = mesh.request().settle();
        DecisionDraft olga = mesh.decision("olga").says(Verdict.approved, People.OLGA);
        mesh.bind(request);

        mesh.port().lifecycle(Lifecycle.Deprecated);
        mesh.tend(request.object());

        assertThat(olga.outcome()).isEqualTo("Waiting/NotValidYet");
    }

    /** As a backup brings it back: nobody has said yet that it is the same agreement. */
    @Test
    void whatHasTheStatusOfAnotherWaitsUntilSomebodySaysWhichItWas() {
        Case before = mesh.request().settle().decided("approved", People.OLGA).settle();
        Case after = mesh.request().withUid("agreement-2").backTo(before.status());
        DecisionDraft pause = mesh.decision("pause").says(Verdict.suspended, People.OLGA);

        after.settle();

        assertThat(pause.outcome()).isEqualTo("Waiting/NotValidYet");
    }

    @Test
    void whatIsBoundToAnAgreementWithoutStatusWaitsForOne() {
        Case request = mesh.request().settle();
        DecisionDraft olga = mesh.decision("olga").says(Verdict.approved, People.OLGA);
        mesh.bind(request);

        mesh.tend(request.backTo(null).object());

        assertThat(olga.outcome()).isEqualTo("Waiting/NotValidYet");
    }
}
