package dev.portcullis.benchmark.chaos;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.local.KubeControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What consumers and approvers do with agreements. */
final class AgreementHands {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    /** Of a suspension and a resumption in one second the suspension holds. */
    private static final Duration BETWEEN_VOTES = Duration.ofMillis(1100);

    private final KubeControlPlane kube;
    private final Model model;
    private final Telling telling;
    private final Statuses statuses;
    private int votes;

    AgreementHands(KubeControlPlane kube, Model model) {
        this.kube = kube;
        this.model = model;
        telling = new Telling(model);
        statuses = new Statuses(kube.client());
    }

    boolean request(Operation.Request request) {
        AgreementModel agreement = new AgreementModel(
                request.name(),
                request.namespace(),
                request.port(),
                request.beneficiary(),
                fromNow(request.startsIn()),
                fromNow(request.endsIn()),
                request.colour());
        return telling.gives(
                agreement,
                "request",
                () -> as(Mesh.REQUESTER).resource(Requests.of(agreement)).create(),
                () -> model.add(agreement),
                () -> model.remove(agreement));
    }

    private static @Nullable Instant fromNow(@Nullable Duration time) {
        return time == null ? null : Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS);
    }

    boolean decide(Operation.Decide decide) {
        AgreementModel agreement = model.agreement(decide.agreement());
        String json =
                "{\"metadata\":{\"annotations\":{\"" + Annotations.DECISION + "\":\"" + decide.decision() + "\"}}}";
        return vote(
                agreement,
                decide.decision(),
                () -> as(Mesh.APPROVER)
                        .resources(DataUsageAgreement.class)
                        .inNamespace(agreement.namespace)
                        .withName(agreement.name)
                        .patch(MERGE, json));
    }

    /** One that could only wait is not written: what it does then depends on what comes first. */
    boolean vote(Operation.Vote vote) {
        AgreementModel agreement = model.agreement(vote.agreement());
        Told told = statuses.of(agreement);
        boolean toDecide = vote.decision().equals("approved") || vote.decision().equals("rejected");
        if (told == null
                || agreement.over(Instant.now())
                || told.approval() != (toDecide ? Told.Approval.OPEN : Told.Approval.APPROVED)
                || (toDecide && !told.phase().equals("Requested"))) {
            return false;
        }
        Decision decision = Requests.decision(agreement, "vote-" + votes++, vote.decision());
        if (vote.decision().equals("resumed")) {
            Pause.of(BETWEEN_VOTES);
        }
        return vote(
                agreement,
                vote.decision(),
                () -> as(Mesh.APPROVER).resource(decision).create());
    }

    private boolean vote(AgreementModel agreement, String decision, Runnable write) {
        return switch (decision) {
            case "approved" -> {
                boolean taken = telling.gives(
                        agreement, decision, write, () -> agreement.approvals++, () -> agreement.approvals--);
                agreement.voted |= taken;
                yield taken;
            }
            case "rejected" ->
                telling.takes(agreement, decision, write, () -> {
                    agreement.rejections++;
                    agreement.voted = true;
                });
            case "revoked" -> telling.takes(agreement, decision, write, () -> agreement.revoked = true);
            case "suspended" -> telling.takes(agreement, decision, write, () -> agreement.pausedByProvider = true);
            case "resumed" ->
                telling.gives(
                        agreement,
                        decision,
                        write,
                        () -> agreement.pausedByProvider = false,
                        () -> agreement.pausedByProvider = true);
            default -> throw new IllegalArgumentException(decision);
        };
    }

    boolean suspend(Operation.Suspend suspend) {
        AgreementModel agreement = model.agreement(suspend.agreement());
        Runnable write = () -> resource(agreement).patch(MERGE, "{\"spec\":{\"suspend\":" + suspend.suspended() + "}}");
        return suspend.suspended()
                ? telling.takes(agreement, "suspend", write, () -> agreement.suspended = true)
                : telling.gives(
                        agreement, "go on", write, () -> agreement.suspended = false, () -> agreement.suspended = true);
    }

    boolean cancel(Operation.Cancel cancel) {
        AgreementModel agreement = model.agreement(cancel.agreement());
        return telling.takes(
                agreement,
                "cancel",
                () -> resource(agreement).patch(MERGE, "{\"spec\":{\"cancelled\":true}}"),
                () -> agreement.cancelled = true);
    }

    boolean delete(Operation.Delete delete) {
        AgreementModel agreement = model.agreement(delete.agreement());
        return telling.takes(agreement, "delete", () -> resource(agreement).delete(), () -> agreement.deleted = true);
    }

    private Resource<DataUsageAgreement> resource(AgreementModel agreement) {
        return Answers.patient(kube.client())
                .resources(DataUsageAgreement.class)
                .inNamespace(agreement.namespace)
                .withName(agreement.name);
    }

    private KubernetesClient as(String login) {
        return Answers.patient(kube.as(Mesh.user(login), "system:authenticated"));
    }
}
