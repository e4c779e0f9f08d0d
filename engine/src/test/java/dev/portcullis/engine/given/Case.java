package dev.portcullis.engine.given;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.Consumer;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provider;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.engine.Assessment;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.selection.Selections;
import dev.portcullis.engine.time.Times;
import dev.portcullis.platform.Entitlement;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One agreement in a mesh, from the request on. What is said before the first look is how it is requested; afterwards only what may change does.
 * Every status that is written goes through the schema and back, as through an API server.
 */
public final class Case {
    private final Mesh mesh;
    private final String namespace;
    private final Map<String, String> annotations = new TreeMap<>();
    private final List<ManagedFieldsEntry> writers = new ArrayList<>();
    private final Instant created;
    private String uid = "agreement-1";
    private String user;
    private String product;
    private String team;
    private String port = "orders-v1";
    private String start;
    private String end;
    private String duration;
    private SelectedObjects select;
    private final Map<String, String> answers = new TreeMap<>();
    private String acceptedTerms;
    private final Map<String, String> policyTerms = new TreeMap<>();
    private boolean suspend;
    private boolean cancelled;
    private boolean beingDeleted;
    private long generation = 1;
    private DataUsageAgreementStatus status;
    private Optional<GrantReport> report = Optional.empty();

    Case(Mesh mesh, String namespace) {
        this.mesh = mesh;
        this.namespace = namespace;
        this.created = mesh.serverNow();
    }

    public Mesh mesh() {
        return mesh;
    }

    // ---- how it is requested

    public Case forUser(String name) {
        user = name;
        product = null;
        return this;
    }

    public Case forProduct(String name) {
        user = null;
        product = name;
        return this;
    }

    public Case forWholeTeam(String name) {
        user = null;
        product = null;
        team = name;
        return this;
    }

    public Case actingFor(String name) {
        team = name;
        return this;
    }

    public Case toPort(String name) {
        port = name;
        return this;
    }

    public Case requestedBy(String name) {
        return annotated(Annotations.REQUESTED_BY, name);
    }

    public Case writtenBy(String name) {
        return annotated(Annotations.WRITTEN_BY, name);
    }

    public Case withUid(String is) {
        uid = is;
        return this;
    }

    public Case from(String dateOrInstant) {
        start = dateOrInstant;
        return this;
    }

    public Case until(String dateOrInstant) {
        end = dateOrInstant;
        return this;
    }

    public Case lasting(String period) {
        duration = period;
        return this;
    }

    /** Asks for some tables and columns, each as {@code orders(id,country)}, and the rows that a filter lets through; null: all rows. */
    public Case selecting(String rowFilter, String... tables) {
        return selecting(PortDraft.selected(rowFilter, tables));
    }

    public Case selecting(SelectedObjects some) {
        select = some;
        return this;
    }

    public Case answering(String question, String answer) {
        answers.put(question, answer);
        return this;
    }

    public Case accepting(String revision) {
        acceptedTerms = revision;
        return this;
    }

    public Case acceptingOfPolicies(String terms, String revision) {
        policyTerms.put(terms, revision);
        return this;
    }

    // ---- what may change

    public Case suspend(boolean now) {
        suspend = now;
        generation++;
        return this;
    }

    public Case cancel() {
        cancelled = true;
        generation++;
        return this;
    }

    public Case delete() {
        beingDeleted = true;
        return this;
    }

    public Case annotated(String name, String value) {
        annotations.put(name, value);
        return this;
    }

    /** Somebody decides in their own name, now. */
    public Case decided(String decision, String by) {
        return recorded(decision, by, by);
    }

    /** A whole new record, as admission and the stamps make it. */
    public Case recorded(String decision, String by, String recordedBy) {
        cleared();
        annotations.put(Annotations.DECISION, decision);
        annotations.put(Annotations.DECIDED_BY, by);
        annotations.put(Annotations.RECORDED_BY, recordedBy);
        return writtenAt("kubectl-annotate", mesh.serverNow());
    }

    public Case because(String reason) {
        return annotated(Annotations.DECISION_REASON, reason);
    }

    public Case withLink(String link) {
        return annotated(Annotations.DECISION_LINK, link);
    }

    public Case withMetadata(String json) {
        return annotated(Annotations.DECISION_METADATA, json);
    }

    /** The decision is taken out of its slot, with all that belongs to it. */
    public Case cleared() {
        annotations
                .keySet()
                .removeAll(Set.of(
                        Annotations.DECISION,
                        Annotations.DECIDED_BY,
                        Annotations.RECORDED_BY,
                        Annotations.DECISION_REASON,
                        Annotations.DECISION_LINK,
                        Annotations.DECISION_METADATA));
        writers.clear();
        return this;
    }

    /** The API server notes who wrote the decision's annotation, and when. */
    public Case writtenAt(String manager, Instant at) {
        return writtenAt(manager, at, Annotations.DECISION);
    }

    /** The API server notes who wrote an annotation, and when; a manager's time moves with any field of that manager's. */
    public Case writtenAt(String manager, Instant at, String annotation) {
        writers.removeIf(entry -> entry.getManager().equals(manager));
        ManagedFieldsEntry entry = new ManagedFieldsEntry();
        entry.setManager(manager);
        entry.setTime(at.toString());
        FieldsV1 fields = new FieldsV1();
        fields.setAdditionalProperty("f:metadata", Map.of("f:annotations", Map.of("f:" + annotation, Map.of())));
        entry.setFieldsV1(fields);
        writers.add(entry);
        return this;
    }

    /** As in a cache that keeps no managed fields. */
    public Case writersUnknown() {
        writers.clear();
        return this;
    }

    // ---- what the operator does

    /** One look: the status is judged and written, without an answer of the platform. */
    public Case look() {
        return write(assess(Optional.empty()).status());
    }

    /** Looks, lets the platform do what is asked, and looks again, until nothing changes. */
    public Case settle() {
        for (int round = 0; round < 10; round++) {
            DataUsageAgreementStatus before = status;
            write(assess(report).status());
            mesh.tend(object());
            write(assess(report).status());
            mesh.tend(object());
            Optional<GrantReport> answer = status.snapshot() == null
                    ? Optional.empty()
                    : Optional.of(mesh.answer(
                            access(),
                            Optional.ofNullable(status.provisioning())
                                    .map(Provisioning::principals)
                                    .orElse(List.of())));
            boolean calm = status.equals(before) && answer.equals(report);
            report = answer;
            if (calm) {
                return this;
            }
        }
        throw new AssertionError("does not come to rest: " + status);
    }

    /** The operator starts anew: the status is all it has. */
    public Case restart() {
        report = Optional.empty();
        return this;
    }

    /** As it was when this was its status; the operator starts anew. */
    public Case backTo(DataUsageAgreementStatus earlier) {
        status = earlier;
        return restart();
    }

    public Case reported(GrantReport read) {
        report = Optional.of(read);
        return write(assess(report).status());
    }

    public Assessment assess() {
        return assess(report);
    }

    public Assessment assess(Optional<GrantReport> read) {
        return mesh.engine().assess(object(), mesh.guard(), read, mesh.clocks());
    }

    private Case write(DataUsageAgreementStatus should) {
        status = should.equals(status) ? status : StatusSchema.storedAndRead(should);
        return this;
    }

    /** As if somebody had approved besides, and allowed only this; of a row filter with the text that the port has now. */
    public Case allowing(SelectedObjects select) {
        Approval before = status.approval();
        List<DecisionRecord> decisions = new ArrayList<>(before.decisions());
        decisions.add(Selections.pinned(
                mesh.offer(port),
                new DecisionRecord(
                        DecisionRecord.Verdict.approved,
                        People.OTTO,
                        People.OTTO,
                        mesh.now().toString(),
                        null,
                        null,
                        null,
                        DecisionRecord.Via.Decision,
                        null,
                        null,
                        select,
                        null,
                        List.of())));
        return decided(new Approval(
                before.status(), before.workflow(), before.rule(), decisions, List.of(), before.refusedDecision()));
    }

    /** A decision comes on record, now, whatever way it came. */
    public Case onRecord(Verdict verdict, String by) {
        return onRecord(verdict, by, null);
    }

    /** @param until the last day or instant that is allowed; null: as asked for */
    public Case onRecord(Verdict verdict, String by, String until) {
        Approval before = approval();
        List<DecisionRecord> decisions = new ArrayList<>(before.decisions());
        decisions.add(new DecisionRecord(
                verdict,
                by,
                by,
                Times.text(mesh.now()),
                null,
                null,
                null,
                DecisionRecord.Via.Decision,
                null,
                until,
                null,
                null,
                null));
        return decided(new Approval(
                before.status(),
                before.workflow(),
                before.rule(),
                decisions,
                before.missing(),
                before.refusedDecision()));
    }

    /** The last vote that was missing makes it approved. */
    public Case approvedByVotes() {
        Approval votes = approval();
        return decided(new Approval(
                ApprovalStatus.Approved, votes.workflow(), votes.rule(), votes.decisions(), List.of(), null));
    }

    private Case decided(Approval approval) {
        return write(new DataUsageAgreementStatus(
                status.observedGeneration(),
                status.phase(),
                status.consumer(),
                approval,
                status.active(),
                status.provisioning(),
                status.snapshot(),
                status.history(),
                status.conditions(),
                status.ends(),
                status.recertifyBy()));
    }

    // ---- what is seen

    public DataUsageAgreement object() {
        DataUsageAgreement agreement = new DataUsageAgreement();
        agreement.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("churn-orders")
                .withUid(uid)
                .withGeneration(generation)
                .withCreationTimestamp(created.toString())
                .withDeletionTimestamp(beingDeleted ? mesh.now().toString() : null)
                .withAnnotations(new TreeMap<>(annotations))
                .withManagedFields(writers)
                .build());
        agreement.setSpec(new DataUsageAgreementSpec(
                "Train the monthly churn model.",
                new Provider("checkout", port),
                new Consumer(user, product, team),
                start,
                end,
                duration,
                suspend,
                cancelled,
                List.of(),
                Map.of(),
                Map.copyOf(answers),
                acceptedTerms,
                Map.copyOf(policyTerms),
                select));
        agreement.setStatus(status);
        return agreement;
    }

    public DataUsageAgreementStatus status() {
        return status;
    }

    public Phase phase() {
        return status.phase();
    }

    public Approval approval() {
        return status.approval();
    }

    /** The decisions taken, each as {@code approved by olga@example.com}. */
    public List<String> decisions() {
        return approval().decisions().stream()
                .map(decision -> decision.decision() + " by " + decision.by())
                .toList();
    }

    public DecisionRecord lastDecision() {
        return approval().decisions().get(approval().decisions().size() - 1);
    }

    public ProvisioningStatus provisioning() {
        return Optional.ofNullable(status.provisioning())
                .map(Provisioning::status)
                .orElse(null);
    }

    public boolean isActive() {
        return Boolean.TRUE.equals(status.active());
    }

    public Access access() {
        return mesh.engine().access(object(), mesh.clocks());
    }

    public Set<Entitlement> entitlements() {
        return access() instanceof Access.Wanted wanted ? wanted.entitlements() : Set.of();
    }

    /** Who shall have access, each as {@code principal: objects}; empty: nobody. */
    public Set<String> granted() {
        return entitlements().stream()
                .map(entitlement -> entitlement.principal().name() + ": "
                        + entitlement.profile().canonical())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The condition as {@code True/Ended}; {@code absent} where there is none. */
    public String condition(String type) {
        return find(type)
                .map(condition -> condition.status() + "/" + condition.reason())
                .orElse("absent");
    }

    public String ready() {
        return condition("Ready");
    }

    public String message(String type) {
        return find(type).map(Condition::message).orElse("");
    }

    public Optional<Condition> find(String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** The phases it has been in, oldest first. */
    public List<Phase> phases() {
        return status.history().stream().map(transition -> transition.phase()).toList();
    }

    public Optional<Instant> wakeAt() {
        return assess().wakeAt();
    }
}
