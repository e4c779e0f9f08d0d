package dev.portcullis.engine.given;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.decision.Guard;
import java.util.function.UnaryOperator;

/** An agreement in every situation it can come to rest in, with what its status says there. */
public enum Situation {
    NEVER_VALID(Phase.Invalid, "False/PortNotActive", "False/PortNotActive", "False/NotGranted", "absent", request -> {
        request.mesh().port().lifecycle(Lifecycle.Proposed);
        return request.settle();
    }),
    DATES_WRONG(
            Phase.Invalid,
            "False/DatesInvalid",
            "False/DatesInvalid",
            "False/NotGranted",
            "True/DatesInvalid",
            request -> request.until("2026-02-30").settle()),
    REQUESTED(
            Phase.Requested,
            "False/WaitingForDecision",
            "False/WaitingForDecision",
            "False/NotGranted",
            "absent",
            Case::settle),
    REFUSED(
            Phase.Requested,
            "False/SelfDecision",
            "False/SelfDecision",
            "False/NotGranted",
            "absent",
            request -> request.decided("approved", People.TAYLOR).settle()),
    REJECTED(
            Phase.Rejected,
            "False/Rejected",
            "False/Rejected",
            "False/NotGranted",
            "True/Rejected",
            request -> request.decided("rejected", People.OLGA).because("no").settle()),
    UPCOMING(
            Phase.Upcoming,
            "False/Upcoming",
            "True/Approved",
            "False/NotGranted",
            "absent",
            request -> approve(request.from("2027-01-01"))),
    PRINCIPAL_MISSING(
            Phase.Provisioning,
            "False/PrincipalNotFound",
            "True/Approved",
            "False/PrincipalNotFound",
            "absent",
            request -> {
                request.mesh().platformMisses(People.TAYLOR);
                return approve(request);
            }),
    PRINCIPAL_INVALID(
            Phase.Provisioning,
            "False/PrincipalInvalid",
            "True/Approved",
            "False/PrincipalInvalid",
            "absent",
            request -> {
                approve(request.suspend(true));
                request.mesh().platform().callsUsers("name.split('@')[7]");
                return request.suspend(false).settle();
            }),
    PARTLY_GRANTED(Phase.Active, "True/PartlyGranted", "True/Approved", "True/PartlyGranted", "absent", request -> {
        request.mesh().platformMisses(People.QUINN);
        return approve(request.forWholeTeam("marketing"));
    }),
    ACTIVE(Phase.Active, "True/Granted", "True/Approved", "True/Granted", "absent", Situation::approve),
    REVOCATION_REFUSED(Phase.Active, "True/Granted", "True/DecisionsUnguarded", "True/Granted", "absent", request -> {
        approve(request).mesh().guard(new Guard.Broken("policy is missing"));
        return request.decided("revoked", People.OLGA).settle();
    }),
    SUSPENDED(
            Phase.Suspended,
            "False/SuspendedByConsumer",
            "True/Approved",
            "False/Deprovisioned",
            "absent",
            request -> approve(request).suspend(true).settle()),
    SUSPENDED_BEFORE_IT_BEGAN(
            Phase.Suspended, "False/SuspendedByProvider", "True/Approved", "False/NotGranted", "absent", request -> {
                request.mesh().port().suspend(true);
                return approve(request);
            }),
    RETIRED(Phase.Invalid, "False/PortRetired", "True/Approved", "False/Deprovisioned", "absent", request -> {
        approve(request).mesh().port().lifecycle(Lifecycle.Retired);
        return request.settle();
    }),
    CANCELLED(
            Phase.Cancelled,
            "True/Ended",
            "True/Approved",
            "False/Deprovisioned",
            "absent",
            request -> approve(request).cancel().settle()),
    CANCELLED_UNDECIDED(
            Phase.Cancelled,
            "True/Ended",
            "False/Cancelled",
            "False/NotGranted",
            "absent",
            request -> request.look().cancel().settle()),
    EXPIRED(Phase.Expired, "True/Ended", "True/Approved", "False/Deprovisioned", "absent", request -> {
        approve(request.until("2026-11-30")).mesh().at("2026-12-01T00:00:00Z");
        return request.settle();
    }),
    REVOKED(
            Phase.Revoked,
            "True/Ended",
            "False/Revoked",
            "False/Deprovisioned",
            "absent",
            request -> approve(request).decided("revoked", People.OLGA).settle()),
    PORT_DELETED(Phase.Revoked, "True/Ended", "False/Revoked", "False/Deprovisioned", "absent", request -> {
        approve(request).mesh().withoutPort();
        return request.settle();
    }),
    REVOKE_FAILED(Phase.Revoked, "False/Revoking", "False/Revoked", "True/NotRevoked", "absent", request -> {
        approve(request).mesh().platformRevokes(false);
        return request.decided("revoked", People.OLGA).settle();
    });

    public final Phase phase;
    public final String ready;
    public final String approved;
    public final String granted;
    public final String stalled;
    private final UnaryOperator<Case> story;

    Situation(Phase phase, String ready, String approved, String granted, String stalled, UnaryOperator<Case> story) {
        this.phase = phase;
        this.ready = ready;
        this.approved = approved;
        this.granted = granted;
        this.stalled = stalled;
        this.story = story;
    }

    /** An agreement that has come to rest in this situation, in a mesh of its own. */
    public Case make() {
        return story.apply(Mesh.standard().request());
    }

    private static Case approve(Case request) {
        return request.decided("approved", People.OLGA).settle();
    }
}
