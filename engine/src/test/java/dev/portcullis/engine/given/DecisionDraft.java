package dev.portcullis.engine.given;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.decision.AgreementName;
import dev.portcullis.api.decision.Authority;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionSpec;
import dev.portcullis.api.decision.DecisionStatus;
import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.engine.decision.Fate;
import dev.portcullis.engine.decision.FateJudge;
import dev.portcullis.engine.decision.FiledDecision;
import dev.portcullis.engine.decision.Guard;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A Decision about the request of the standard mesh, as admission lets it through: by an approver, if nothing else is said. */
public final class DecisionDraft {
    private final String name;
    private final Instant created;
    private String namespace = "checkout";
    private String port = "orders-v1";
    private Verdict verdict = Verdict.approved;
    private String by = People.OLGA;
    private String recordedBy;
    private Authority authority = Authority.Approve;
    private String reason;
    private Map<String, Object> metadata;
    private String until;
    private SelectedObjects select;
    private String request;
    private String agreementUid;
    private DecisionStatus status;
    private final Map<String, String> annotations = new TreeMap<>();
    private final Map<String, String> labels = new TreeMap<>();
    private int writers;
    private boolean beingDeleted;

    DecisionDraft(String name, Instant created) {
        this.name = name;
        this.created = created;
    }

    public DecisionDraft says(Verdict word, String who) {
        verdict = word;
        by = who;
        return this;
    }

    /** By a member of another team, who has only the verb review. */
    public DecisionDraft asReviewer() {
        authority = Authority.Review;
        return this;
    }

    /** Written down by somebody with the verb decide. */
    public DecisionDraft recordedBy(String who) {
        recordedBy = who;
        authority = Authority.Decide;
        return this;
    }

    /** As only a cluster without the guard takes it. */
    public DecisionDraft unstamped() {
        by = null;
        authority = null;
        return this;
    }

    public DecisionDraft because(String why) {
        reason = why;
        return this;
    }

    public DecisionDraft withMetadata(Map<String, Object> object) {
        metadata = object;
        return this;
    }

    public DecisionDraft annotated(String key, String value) {
        annotations.put(key, value);
        return this;
    }

    public DecisionDraft labelled(String key, String value) {
        labels.put(key, value);
        return this;
    }

    /** So many have applied it with all that is in it, each of whom the API server notes; the operator reads only that there are so many. */
    public DecisionDraft appliedBy(int many) {
        writers = many;
        return this;
    }

    public DecisionDraft until(String date) {
        until = date;
        return this;
    }

    public DecisionDraft only(SelectedObjects objects) {
        select = objects;
        return this;
    }

    public DecisionDraft onRequest(String hash) {
        request = hash;
        return this;
    }

    public DecisionDraft aboutPort(String of, String named) {
        namespace = of;
        port = named;
        return this;
    }

    /** As whoever may change its annotations can leave it. */
    public DecisionDraft withoutAnnotation() {
        agreementUid = null;
        return this;
    }

    /** Somebody has deleted it, and another's finalizer keeps it. */
    public DecisionDraft beingDeleted() {
        beingDeleted = true;
        return this;
    }

    /** As whoever may change its status can leave it. */
    public DecisionDraft planted(String uid) {
        status = new DecisionStatus(uid, Outcome.Waiting, "Counted", null, null);
        return this;
    }

    /** As a backup brings it back that keeps no statuses. */
    public DecisionDraft withoutStatus() {
        status = null;
        return this;
    }

    public Decision build() {
        Decision decision = new Decision();
        decision.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid("decision-" + name)
                .withCreationTimestamp(created.toString())
                .withDeletionTimestamp(beingDeleted ? created.toString() : null)
                .withAnnotations(annotations())
                .withLabels(labels)
                .withManagedFields(Collections.nCopies(writers, new ManagedFieldsEntry()))
                .build());
        decision.setSpec(new DecisionSpec(
                port,
                new AgreementName("marketing", "churn-orders"),
                verdict,
                by,
                recordedBy == null ? by : recordedBy,
                authority,
                reason,
                null,
                metadata,
                until,
                select,
                request));
        decision.setStatus(status);
        return decision;
    }

    private Map<String, String> annotations() {
        Map<String, String> all = new TreeMap<>(annotations);
        if (agreementUid != null) {
            all.put(Annotations.AGREEMENT_UID, agreementUid);
        }
        return all;
    }

    void isBound(FateJudge judge, DataUsageAgreement agreement, Guard guard, Instant now) {
        if (judge.judge(FiledDecision.of(build()), Optional.of(agreement), guard, now) instanceof Fate.Bind bind) {
            agreementUid = bind.annotation();
        }
    }

    void meets(FateJudge judge, DataUsageAgreement agreement, Guard guard, Instant now) {
        Fate fate = judge.judge(FiledDecision.of(build()), Optional.of(agreement), guard, now);
        if (fate instanceof Fate.Bind bind) {
            agreementUid = bind.annotation();
        } else if (fate instanceof Fate.Taken taken) {
            status = new DecisionStatus(taken.agreementUid(), Outcome.Taken, "Taken", null, taken.at());
        } else if (fate instanceof Fate.Open open) {
            status = new DecisionStatus(
                    agreementUid == null ? null : agreementUid.substring(agreementUid.lastIndexOf(',') + 1),
                    open.outcome(),
                    open.why().reason(),
                    open.why().message(),
                    null);
        } else if (!(fate instanceof Fate.Stands)) {
            throw new AssertionError("no fate: " + fate);
        }
    }

    /** What became of it, as {@code Refused/SelfDecision}; {@code unseen} where nobody looked. */
    public String outcome() {
        return status == null ? "unseen" : status.outcome() + "/" + status.reason();
    }

    public String message() {
        return status == null || status.message() == null ? "" : status.message();
    }
}
