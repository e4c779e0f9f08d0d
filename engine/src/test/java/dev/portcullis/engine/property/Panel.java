package dev.portcullis.engine.property;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.DecisionDraft;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A request, the policies that are asked about it, and the people who vote on it. */
final class Panel {
    private static final String PAT = "pat@example.com";
    private static final String KIM = "kim@example.com";

    private Panel() {}

    /** What the one rule of a policy says; it matches contractors, everybody, nobody, or cannot be told. */
    enum Says {
        APPROVE("approve: true"),
        APPROVE_FOR_A_WEEK("approve: true, maxDuration: P7D"),
        REJECT("reject: No."),
        ASK_PROVIDER("require: {approvals: [{from: {provider: true}}]}"),
        ASK_PRIVACY("require: {approvals: [{from: {team: privacy}, count: 2}]}"),
        ASK_BOTH("require: {approvals: [{from: {provider: true}}, {from: {team: privacy}}]}"),
        ASK_THE_SYSTEM("require: {workflow: External}"),
        LIMIT("require: {maxDuration: P90D}");

        private final String yaml;

        Says(String yaml) {
            this.yaml = yaml;
        }

        boolean approves() {
            return this == APPROVE || this == APPROVE_FOR_A_WEEK;
        }
    }

    /** Whom the rule is about. */
    enum When {
        ALWAYS("true"),
        NEVER("false"),
        CONTRACTORS("beneficiaries.exists(b, b.attributes.employment == 'contractor')"),
        UNCLEAR("requester.attributes.shoeSize == '43'");

        private final String cel;

        When(String cel) {
            this.cel = cel;
        }
    }

    record Policy(boolean isMandatory, int order, When when, Says says) {
        String yaml() {
            return "{mode: %s, order: %d, rules: [{name: rule, when: \"%s\", %s}]}"
                    .formatted(isMandatory ? "Mandatory" : "Default", order, when.cel, says.yaml);
        }
    }

    record Vote(boolean approves, String by, boolean isReviewer, boolean isRecorded) {}

    /** All else that a decision depends on. */
    record Setting(boolean sameTeam, boolean autoApprove, Workflow workflow, boolean forTheTeam) {}

    // ---- what there may be

    static Arbitrary<Policy> policies() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(When.ALWAYS, When.ALWAYS, When.NEVER, When.CONTRACTORS, When.UNCLEAR),
                        Arbitraries.of(Says.class))
                .as(Policy::new);
    }

    static Arbitrary<Setting> settings() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Workflow.class),
                        Arbitraries.of(true, false))
                .as(Setting::new);
    }

    static Arbitrary<Vote> votes() {
        return Combinators.combine(
                        Arbitraries.of(true, true, true, false),
                        Arbitraries.of(People.OLGA, People.OTTO, PAT, KIM, People.RILEY, People.TAYLOR),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Vote::new);
    }

    // ---- what becomes of it

    static Mesh mesh(Setting setting, List<Policy> policies) {
        Mesh mesh = Mesh.standard();
        mesh.team("privacy").members(PAT, KIM, People.OTTO);
        if (setting.sameTeam()) {
            mesh.withoutTeam("marketing");
            mesh.team("checkout")
                    .namespaces("checkout", "marketing")
                    .members(People.OLGA, People.OTTO, People.TAYLOR)
                    .knows(People.TAYLOR, Map.of("employment", "contractor"))
                    .knows(People.OLGA, Map.of("employment", "employee"))
                    .knows(People.OTTO, Map.of("employment", "employee"));
        } else {
            mesh.team("marketing")
                    .knows(People.TAYLOR, Map.of("employment", "contractor"))
                    .knows(People.QUINN, Map.of("employment", "employee"));
        }
        mesh.port().autoApprove(setting.autoApprove()).workflow(setting.workflow());
        for (int i = 0; i < policies.size(); i++) {
            mesh.policy("policy-" + i, policies.get(i).yaml());
        }
        return mesh;
    }

    static Case request(Mesh mesh, Setting setting) {
        Case request = mesh.request();
        return setting.forTheTeam() ? request.forWholeTeam(setting.sameTeam() ? "checkout" : "marketing") : request;
    }

    static void cast(Mesh mesh, String name, Vote vote) {
        DecisionDraft draft =
                mesh.decision(name).says(vote.approves() ? Verdict.approved : Verdict.rejected, vote.by());
        if (vote.isReviewer()) {
            draft.asReviewer();
        }
        if (vote.isRecorded()) {
            draft.recordedBy(People.BOT);
        }
    }

    /** All votes are there before anybody looks once more. */
    static Case settled(Setting setting, List<Policy> policies, List<Vote> votes) {
        Mesh mesh = mesh(setting, policies);
        Case request = request(mesh, setting).settle();
        for (int i = 0; i < votes.size(); i++) {
            cast(mesh, "vote-" + i, votes.get(i));
        }
        return request.settle();
    }

    static boolean isApproved(Case request) {
        return request.approval().status() == ApprovalStatus.Approved;
    }

    /** What it has come to: what is decided, what is still needed, and who has access. */
    static List<String> outcome(Case request) {
        List<String> outcome = new ArrayList<>();
        outcome.add(
                request.phase() == Phase.Invalid
                        ? "Invalid"
                        : request.approval().status().name());
        request.approval().missing().forEach(missing -> outcome.add("missing " + missing));
        outcome.addAll(request.granted());
        return outcome;
    }
}
