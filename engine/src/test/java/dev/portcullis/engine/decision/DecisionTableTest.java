package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Every combination of what a decision depends on, against the rules of the design in their order. */
class DecisionTableTest {
    private static final String LISTED = "somebody@example.com";

    enum Members {
        NONE_LISTED,
        REQUESTER_AND_BENEFICIARY,
        REQUESTER_ONLY,
        BENEFICIARY_ONLY,
        OTHERS
    }

    enum For {
        USER,
        PRODUCT
    }

    enum Written {
        NOTHING,
        approved,
        rejected,
        revoked,
        garbage
    }

    enum Guarded {
        WHOLE,
        BROKEN,
        YOUNGER_THAN_THE_DECISION
    }

    @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
    void theFirstRuleThatAppliesDecides(
            @ForAll boolean sameTeam,
            @ForAll Members members,
            @ForAll For beneficiary,
            @ForAll boolean autoApprove,
            @ForAll boolean forbiddenByPlatform,
            @ForAll Workflow workflow,
            @ForAll Written written,
            @ForAll Guarded guarded) {
        Mesh mesh = Mesh.standard();
        String namespace = sameTeam ? "checkout" : "marketing";
        mesh.team(namespace).members(listed(members));
        mesh.product(namespace, "churn");
        mesh.port().autoApprove(autoApprove).workflow(workflow);
        if (forbiddenByPlatform) {
            mesh.platform().forbidsAutoApprove();
        }
        Case request = mesh.requestFrom(namespace).requestedBy(People.TAYLOR);
        if (beneficiary == For.USER) {
            request.forUser(People.QUINN);
        } else {
            request.forProduct("churn");
        }
        if (written != Written.NOTHING) {
            request.decided(written.name(), People.OLGA);
        }
        mesh.guard(guard(guarded, mesh));

        request.look();

        boolean membersAllow = members == Members.NONE_LISTED
                || members == Members.REQUESTER_AND_BENEFICIARY
                || (members == Members.REQUESTER_ONLY && beneficiary == For.PRODUCT);
        if (sameTeam && membersAllow) {
            assertApprovedByRule(request, "same-team");
        } else if (autoApprove && !forbiddenByPlatform) {
            assertApprovedByRule(request, "auto-approve");
        } else {
            assertDecidedByPerson(request, workflow, written, guarded);
        }
    }

    private static void assertApprovedByRule(Case request, String rule) {
        assertThat(request.approval().status()).isEqualTo(ApprovalStatus.Approved);
        assertThat(request.approval().rule()).isEqualTo(rule);
        assertThat(request.decisions()).containsExactly("approved by rule/" + rule);
        assertThat(request.lastDecision().via()).isEqualTo(DecisionRecord.Via.Rule);
        assertThat(request.approval().refusedDecision()).isNull();
    }

    private static void assertDecidedByPerson(Case request, Workflow workflow, Written written, Guarded guarded) {
        assertThat(request.approval().rule()).isEqualTo(workflow == Workflow.Manual ? "manual" : "external");
        assertThat(request.approval().workflow()).isEqualTo(workflow);
        boolean says = written == Written.approved || written == Written.rejected;
        if (says && guarded == Guarded.WHOLE) {
            assertThat(request.approval().status())
                    .isEqualTo(written == Written.approved ? ApprovalStatus.Approved : ApprovalStatus.Rejected);
            assertThat(request.decisions()).containsExactly(written + " by " + People.OLGA);
            assertThat(request.lastDecision().via()).isEqualTo(DecisionRecord.Via.Annotation);
            assertThat(request.approval().refusedDecision()).isNull();
            return;
        }
        assertThat(request.approval().status()).isEqualTo(ApprovalStatus.Requested);
        assertThat(request.decisions()).isEmpty();
        if (says || written == Written.garbage) {
            assertThat(request.approval().refusedDecision()).startsWith(written + " by " + People.OLGA + " (");
            assertThat(request.condition("Approved"))
                    .isEqualTo(says ? "False/DecisionsUnguarded" : "False/DecisionUnknown");
        } else {
            assertThat(request.approval().refusedDecision()).isNull();
            assertThat(request.condition("Approved")).isEqualTo("False/WaitingForDecision");
        }
    }

    private static String[] listed(Members members) {
        return Stream.of(
                        members == Members.NONE_LISTED ? "" : LISTED,
                        members == Members.REQUESTER_ONLY || members == Members.REQUESTER_AND_BENEFICIARY
                                ? People.TAYLOR
                                : "",
                        members == Members.BENEFICIARY_ONLY || members == Members.REQUESTER_AND_BENEFICIARY
                                ? People.QUINN
                                : "")
                .filter(user -> !user.isEmpty())
                .toArray(String[]::new);
    }

    private static Guard guard(Guarded guarded, Mesh mesh) {
        return switch (guarded) {
            case WHOLE -> mesh.guard();
            case BROKEN -> new Guard.Broken("policy portcullis-agreements is missing: apply it again");
            case YOUNGER_THAN_THE_DECISION -> new Guard.Whole(mesh.now().plusSeconds(1));
        };
    }

    @Example
    void anAutomaticApprovalLeavesTheSameRecordAsAManualOne() {
        Mesh mesh = Mesh.standard();
        mesh.port().autoApprove(true);

        Case automatic = mesh.request().look();

        assertThat(automatic.lastDecision())
                .isEqualTo(new DecisionRecord(
                        DecisionRecord.Verdict.approved,
                        "rule/auto-approve",
                        null,
                        "2026-11-22T12:00:00Z",
                        "the port approves every request",
                        null,
                        null,
                        DecisionRecord.Via.Rule,
                        automatic.status().snapshot().request(),
                        null,
                        null,
                        null,
                        null));
        assertThat(automatic.status().history())
                .hasSize(1)
                .allSatisfy(transition -> assertThat(transition.by()).isEqualTo("rule/auto-approve"));
    }

    @Example
    void theDecisionIsOnRecordBeforeAnythingIsAsked() {
        Mesh mesh = Mesh.standard();
        mesh.port().autoApprove(true);
        Case request = mesh.request();

        assertThat(request.assess().status().approval().status()).isEqualTo(ApprovalStatus.Approved);
        assertThat(request.granted()).as("assessed, not written").isEmpty();

        assertThat(request.look().granted()).as("written").isNotEmpty();
    }

    @Example
    void anUnknownRequesterIsNoMember() {
        Mesh mesh = Mesh.standard();

        for (String nobody : List.of("", " ")) {
            Case request = mesh.requestFrom("checkout")
                    .requestedBy(nobody)
                    .forUser(People.OTTO)
                    .look();

            assertThat(request.approval().status()).as("'" + nobody + "'").isEqualTo(ApprovalStatus.Requested);
        }
    }

    @Example
    void whoMovesToATeamWithoutMembersIsNotOfTheSameTeamByThat() {
        Mesh mesh = Mesh.standard();
        mesh.team("checkout").namespaces("checkout", "tools");
        Case request = mesh.requestFrom("tools")
                .requestedBy(People.RILEY)
                .forUser(People.RILEY)
                .look();
        assertThat(request.approval().status()).as("riley is not listed").isEqualTo(ApprovalStatus.Requested);

        mesh.team("checkout").namespaces("checkout");
        mesh.team("labs").namespaces("tools");

        assertThat(request.look().approval().status())
                .as("tools acts for labs now, and orders-v1 is of checkout")
                .isEqualTo(ApprovalStatus.Requested);
    }
}
