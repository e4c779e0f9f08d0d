package dev.portcullis.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.DecisionDraft;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Every combination of what a decision depends on where there are policies, against the rules of the issue in its words. */
class PolicyTableTest {
    /** What the rule of a policy says of the request. */
    enum Says {
        NO_POLICY(""),
        NO_MATCH("{name: rule, when: 'false', reject: No.}"),
        APPROVE("{name: rule, when: 'true', approve: true}"),
        REJECT("{name: rule, when: 'true', reject: No.}"),
        ASK_PROVIDER("{name: rule, when: 'true', require: {approvals: [{from: {provider: true}}]}}"),
        ASK_THE_SYSTEM("{name: rule, when: 'true', require: {workflow: External}}"),
        LIMIT("{name: rule, when: 'true', require: {maxDuration: P90D}}"),
        UNCLEAR("{name: rule, when: \"requester.attributes.shoeSize == '43'\", approve: true}");

        private final String rule;

        Says(String rule) {
            this.rule = rule;
        }

        boolean asksPeople() {
            return this == ASK_PROVIDER || this == ASK_THE_SYSTEM;
        }
    }

    /** What somebody decides after the request was judged. */
    enum Vote {
        NONE,
        PROVIDER_APPROVES,
        PROVIDER_REJECTS,
        /** Somebody with the verb approve who is not of the provider's Team. */
        OUTSIDER_APPROVES,
        SYSTEM_RECORDS_APPROVAL,
        SYSTEM_RECORDS_REJECTION
    }

    /** The port's autoApprove. */
    enum Flag {
        OFF,
        ON,
        ON_AND_FORBIDDEN_BY_THE_PLATFORM
    }

    /** How it is written. */
    enum As {
        ANNOTATION,
        DECISION
    }

    @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
    void theIssueDecides(
            @ForAll Says mandatory,
            @ForAll Says byDefault,
            @ForAll boolean sameTeam,
            @ForAll Flag flag,
            @ForAll Workflow workflow) {
        Mesh mesh = mesh(sameTeam, flag, workflow);
        policy(mesh, "must", "Mandatory", mandatory);
        policy(mesh, "may", "Default", byDefault);
        Case request = mesh.request().settle();
        DataUsageAgreementStatus judged = request.status();
        for (Vote vote : Vote.values()) {
            // each vote is the first one; that all comes to rest is looked at by the properties
            request.backTo(judged);
            mesh.withoutDecision("vote");
            cast(mesh, vote);
            mesh.tend(request.object());
            request.look();

            assertThat(
                            request.status().phase() == Phase.Invalid
                                    ? "INVALID"
                                    : request.approval().status() + " by "
                                            + request.approval().rule())
                    .as("%s", vote)
                    .isEqualTo(expected(mandatory, byDefault, sameTeam, flag == Flag.ON, workflow, vote));
        }
    }

    /** The same vote as an annotation: admission has seen to its author's verb. */
    @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
    void anAnnotationIsAVoteLikeAnother(@ForAll Says mandatory, @ForAll Says byDefault, @ForAll boolean approves) {
        String[] outcomes = new String[2];
        for (As as : As.values()) {
            Mesh mesh = mesh(false, Flag.OFF, Workflow.Manual);
            policy(mesh, "must", "Mandatory", mandatory);
            policy(mesh, "may", "Default", byDefault);
            Case request = mesh.request().settle();
            Verdict verdict = approves ? Verdict.approved : Verdict.rejected;
            if (as == As.ANNOTATION) {
                request.recorded(verdict.name(), People.OLGA, People.BOT);
            } else {
                mesh.decision("vote").says(verdict, People.OLGA).recordedBy(People.BOT);
            }
            request.settle();
            outcomes[as.ordinal()] =
                    request.phase() + " by " + request.approval().rule();
        }

        assertThat(outcomes[0]).isEqualTo(outcomes[1]);
    }

    private static Mesh mesh(boolean sameTeam, Flag flag, Workflow workflow) {
        Mesh mesh = Mesh.standard();
        if (sameTeam) {
            mesh.withoutTeam("marketing");
            mesh.team("checkout").namespaces("checkout", "marketing").members(People.OLGA, People.TAYLOR);
        }
        mesh.port().autoApprove(flag != Flag.OFF).workflow(workflow);
        if (flag == Flag.ON_AND_FORBIDDEN_BY_THE_PLATFORM) {
            mesh.platform().forbidsAutoApprove();
        }
        return mesh;
    }

    private static void policy(Mesh mesh, String name, String mode, Says says) {
        if (says != Says.NO_POLICY) {
            mesh.policy(name, "{mode: " + mode + ", rules: [" + says.rule + "]}");
        }
    }

    private static void cast(Mesh mesh, Vote vote) {
        if (vote == Vote.NONE) {
            return;
        }
        boolean rejects = vote == Vote.PROVIDER_REJECTS || vote == Vote.SYSTEM_RECORDS_REJECTION;
        DecisionDraft draft = mesh.decision("vote")
                .says(
                        rejects ? Verdict.rejected : Verdict.approved,
                        vote == Vote.OUTSIDER_APPROVES ? People.RILEY : People.OLGA);
        if (vote == Vote.SYSTEM_RECORDS_APPROVAL || vote == Vote.SYSTEM_RECORDS_REJECTION) {
            draft.recordedBy(People.BOT);
        }
    }

    // ---- the issue, in its order; nothing of the engine is used

    private static String expected(
            Says mandatory, Says byDefault, boolean sameTeam, boolean flag, Workflow workflow, Vote vote) {
        // "A Mandatory rule that cannot be evaluated makes the agreement wait, never slip through."
        if (mandatory == Says.UNCLEAR) {
            return "INVALID";
        }
        if (mandatory == Says.REJECT) {
            return "Rejected by must/rule";
        }
        if (mandatory == Says.APPROVE) {
            return "Approved by must/rule";
        }
        // "Mandatory: looked at before same-team and the port's flag. Default: after them"
        boolean approved = sameTeam || flag || byDefault == Says.APPROVE;
        String by = sameTeam ? "same-team" : flag ? "auto-approve" : "may/rule";
        if (!sameTeam && !flag && byDefault == Says.REJECT) {
            return "Rejected by may/rule";
        }
        if (approved && !mandatory.asksPeople()) {
            return "Approved by " + by;
        }
        // "requirements add up (always required)": they come on top of what would decide without them
        boolean defaultAsks = !approved && byDefault.asksPeople();
        String rule = mandatory.asksPeople()
                ? "must/rule"
                : defaultAsks ? "may/rule" : workflow == Workflow.External ? "external" : "manual";
        List<Says> asking = new ArrayList<>();
        if (mandatory.asksPeople()) {
            asking.add(mandatory);
        }
        if (defaultAsks) {
            asking.add(byDefault);
        }
        return people(rule, asking, workflow, vote);
    }

    /** "Manual: one approver; External: only a decision recorded with decide"; "members of the provider's Team"; "One rejection rejects." */
    private static String people(String rule, List<Says> asking, Workflow workflow, Vote vote) {
        boolean onlyRecorded = workflow == Workflow.External || asking.contains(Says.ASK_THE_SYSTEM);
        // "a vote counts for one of them"
        String ifOneIsEnough = Collections.frequency(asking, Says.ASK_PROVIDER) > 1 ? "Requested by " : "Approved by ";
        return switch (vote) {
            case NONE -> "Requested by " + rule;
            case SYSTEM_RECORDS_APPROVAL -> ifOneIsEnough + rule;
            case SYSTEM_RECORDS_REJECTION -> "Rejected by " + rule;
            case PROVIDER_APPROVES -> (onlyRecorded ? "Requested by " : ifOneIsEnough) + rule;
            case PROVIDER_REJECTS -> (workflow == Workflow.External ? "Requested by " : "Rejected by ") + rule;
            case OUTSIDER_APPROVES ->
                (onlyRecorded || asking.contains(Says.ASK_PROVIDER) ? "Requested by " : "Approved by ") + rule;
        };
    }
}
