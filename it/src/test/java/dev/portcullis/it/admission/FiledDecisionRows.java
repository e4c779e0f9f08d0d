package dev.portcullis.it.admission;

import static dev.portcullis.it.admission.Act.annotates;
import static dev.portcullis.it.admission.Act.appliesNothingAs;
import static dev.portcullis.it.admission.Act.createsExactly;
import static dev.portcullis.it.admission.Act.crowds;
import static dev.portcullis.it.admission.Act.deletes;
import static dev.portcullis.it.admission.Act.labels;
import static dev.portcullis.it.admission.Act.many;
import static dev.portcullis.it.admission.Act.merges;
import static dev.portcullis.it.admission.Act.owner;
import static dev.portcullis.it.admission.Act.sets;
import static dev.portcullis.it.admission.Act.updates;
import static dev.portcullis.it.admission.Act.writesStatus;
import static dev.portcullis.it.admission.Given.existing;
import static dev.portcullis.it.admission.Given.nothing;
import static dev.portcullis.it.admission.People.ADMIN;
import static dev.portcullis.it.admission.People.CLARA;
import static dev.portcullis.it.admission.People.FIONA;
import static dev.portcullis.it.admission.People.JIRA;
import static dev.portcullis.it.admission.People.OLGA;
import static dev.portcullis.it.admission.People.OPERATOR;
import static dev.portcullis.it.admission.People.PAM;
import static dev.portcullis.it.admission.People.PAT;
import static dev.portcullis.it.admission.People.PETRA;
import static dev.portcullis.it.admission.People.RESTORER;
import static dev.portcullis.it.admission.People.TAYLOR;
import static dev.portcullis.it.admission.People.TINA;
import static dev.portcullis.it.admission.Row.row;
import static dev.portcullis.it.admission.Target.Kind.AGREEMENT;
import static dev.portcullis.it.admission.Target.Kind.FILED_DECISION;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Nobody decides in another's name or by a verb that they have not, and a Decision never changes. */
final class FiledDecisionRows {
    private static final String NOT_YOU = "spec.by must be ";
    private static final String NO_RIGHT = "may not decide: the verb approve (of its provider), review";
    private static final String NEVER_CHANGES = "a Decision is evidence and never changes";
    private static final Given THERE = existing(FILED_DECISION, whole(OLGA, OLGA, "Approve"));

    private FiledDecisionRows() {}

    static Stream<Row> rows() {
        return Stream.of(filing(), malformed(), naming(), authority(), changing(), crowding(), restoring())
                .flatMap(List::stream);
    }

    private static Consumer<GenericKubernetesResource> as(String by) {
        return decision -> Manifests.with(decision, "by", by);
    }

    private static Consumer<GenericKubernetesResource> whole(String by, String recordedBy, String authority) {
        return decision -> {
            Map<String, Object> spec = Manifests.spec(decision);
            spec.put("by", by);
            spec.put("recordedBy", recordedBy);
            spec.put("authority", authority);
        };
    }

    private static Consumer<GenericKubernetesResource> saying(
            String verdict, Consumer<GenericKubernetesResource> rest) {
        return decision -> {
            Manifests.with(decision, "decision", verdict);
            rest.accept(decision);
        };
    }

    private static Act files(Consumer<GenericKubernetesResource> change) {
        return createsExactly(Manifests::filedDecision, change);
    }

    private static Row filing(String name, String who, Consumer<GenericKubernetesResource> change) {
        return row(name, nothing(FILED_DECISION), who, files(change));
    }

    private static void says(GenericKubernetesResource stored, String by, String recordedBy, String authority) {
        assertThat(Manifests.spec(stored))
                .containsEntry("by", by)
                .containsEntry("recordedBy", recordedBy)
                .containsEntry("authority", authority);
    }

    private static List<Row> filing() {
        return List.of(
                filing("an approver decides, and says only what", OLGA, decision -> {})
                        .deniedUnlessStamped(NOT_YOU + OLGA)
                        .leaves(stored -> says(stored, OLGA, OLGA, "Approve")),
                filing("an approver decides, and says all", OLGA, whole(OLGA, OLGA, "Approve"))
                        .allowed()
                        .leaves(stored -> says(stored, OLGA, OLGA, "Approve")),
                filing("a second approver decides, and says only what", PAT, decision -> {})
                        .deniedUnlessStamped(NOT_YOU + PAT)
                        .leaves(stored -> says(stored, PAT, PAT, "Review")),
                filing("a ticket system records, and says only for whom", JIRA, as(OLGA))
                        .deniedUnlessStamped("spec.recordedBy must be " + JIRA)
                        .leaves(stored -> says(stored, OLGA, JIRA, "Decide")),
                filing("who holds everything in the port's namespace decides", PETRA, whole(PETRA, PETRA, "Approve"))
                        .allowed(),
                filing("who maintains ports decides", PAM, whole(PAM, PAM, "Approve"))
                        .noRights("cannot create resource"),
                filing("a consumer decides", TAYLOR, whole(TAYLOR, TAYLOR, "Approve"))
                        .noRights("cannot create resource"),
                filing("an approver of another namespace decides", FIONA, whole(FIONA, FIONA, "Approve"))
                        .noRights("cannot create resource"),
                filing("an approver of another port decides", CLARA, whole(CLARA, CLARA, "Approve"))
                        .noRights("cannot create resource"),
                row(
                                "who holds everything in the consumer's namespace files one there",
                                nothing(FILED_DECISION),
                                TINA,
                                (user, target, cluster) -> {
                                    Target there = new Target(FILED_DECISION, "marketing", target.name());
                                    GenericKubernetesResource mine = Manifests.filedDecision(target.name());
                                    mine.getMetadata().setNamespace("marketing");
                                    whole(TINA, TINA, "Approve").accept(mine);
                                    cluster.createExactly(user, there, mine);
                                })
                        // it decides on the ports of that namespace, and there is none of that name
                        .allowed(),
                filing(
                                "who may create Decisions and nothing else decides",
                                RESTORER,
                                whole(RESTORER, RESTORER, "Decide"))
                        .allowed());
    }

    /** Stamps come before the schema, and leave it to say what is wrong. */
    private static List<Row> malformed() {
        return List.of(
                filing("a list for a spec", OLGA, decision -> decision.setAdditionalProperty("spec", List.of("x")))
                        .invalid("spec in body must be of type object"),
                filing(
                                "a number for the port",
                                OLGA,
                                decision -> Manifests.spec(decision).put("outputPort", 7))
                        .invalid("spec.outputPort in body must be of type string"),
                filing("nothing for a spec", OLGA, decision -> decision.setAdditionalProperty("spec", null))
                        .invalid("spec"));
    }

    private static List<Row> naming() {
        return List.of(
                filing("an approver decides in another's name", OLGA, whole(PAT, OLGA, "Approve"))
                        .denied(NOT_YOU + OLGA, "the verb decide on output port orders-v1 in namespace checkout")
                        .but(JIRA, files(whole(PAT, JIRA, "Decide"))),
                filing("an approver claims that another wrote it", OLGA, whole(OLGA, PAT, "Approve"))
                        .denied("spec.recordedBy must be " + OLGA),
                filing("a ticket system claims that another wrote it", JIRA, whole(OLGA, OLGA, "Decide"))
                        .denied("spec.recordedBy must be " + JIRA),
                filing("a ticket system lets another approve", JIRA, whole(OLGA, JIRA, "Approve"))
                        .denied("spec.by names another", "spec.authority is Decide"),
                filing("a second approver decides in an approver's name", PAT, whole(OLGA, PAT, "Review"))
                        .denied(NOT_YOU + PAT),
                filing("a name with a line break", JIRA, whole("olga\nby root", JIRA, "Decide"))
                        .denied("no control or invisible characters"),
                filing("what a rule decided", JIRA, whole("rule/auto-approve", JIRA, "Decide"))
                        .denied("not rule/, which is the operator's own"),
                filing("a name with space around it", JIRA, whole(" olga@example.com", JIRA, "Decide"))
                        .denied("no space around it"));
    }

    private static List<Row> authority() {
        return List.of(
                filing("a second approver claims to approve", PAT, whole(PAT, PAT, "Approve"))
                        .denied("spec.authority is the verb that " + PAT + " decides by")
                        .but(OLGA, files(whole(OLGA, OLGA, "Approve"))),
                filing("an approver claims to record", OLGA, whole(OLGA, OLGA, "Decide"))
                        .denied("spec.authority is the verb that " + OLGA + " decides by"),
                filing("an approver is content with less", OLGA, whole(OLGA, OLGA, "Review"))
                        .allowed(),
                filing("no authority at all", PETRA, decision -> {
                            whole(PETRA, PETRA, "").accept(decision);
                            Manifests.spec(decision).remove("authority");
                        })
                        .deniedUnlessStamped("spec.authority is the verb")
                        .leaves(stored -> says(stored, PETRA, PETRA, "Decide")),
                filing("a second approver revokes", PAT, saying("revoked", whole(PAT, PAT, "Review")))
                        .denied("to revoke, suspend or resume, the verb approve")
                        .but(OLGA, files(saying("revoked", whole(OLGA, OLGA, "Approve")))),
                filing("a second approver suspends", PAT, saying("suspended", whole(PAT, PAT, "Review")))
                        .denied("to revoke, suspend or resume, the verb approve"),
                filing("a second approver resumes", PAT, saying("resumed", whole(PAT, PAT, "Review")))
                        .denied("to revoke, suspend or resume, the verb approve"),
                filing("a second approver rejects", PAT, saying("rejected", whole(PAT, PAT, "Review")))
                        .allowed());
    }

    private static List<Row> changing() {
        return List.of(
                row("says annotations, and none", THERE, PETRA, appliesNothingAs("annotations", "labels"))
                        .allowed(),
                row("who holds everything changes what was decided", THERE, PETRA, sets("decision", "rejected"))
                        .invalid(NEVER_CHANGES),
                row("who holds everything changes who decided", THERE, PETRA, sets("by", PETRA))
                        .invalid(NEVER_CHANGES),
                row("who holds everything takes the reason away", THERE, PETRA, sets("reason", null))
                        .invalid(NEVER_CHANGES),
                row("who holds everything adds a request", THERE, PETRA, sets("request", "sha256:" + "0".repeat(64)))
                        .invalid(NEVER_CHANGES),
                row("an administrator changes what was decided", THERE, ADMIN, sets("decision", "rejected"))
                        .invalid(NEVER_CHANGES),
                row("who holds everything labels it", THERE, PETRA, labels("ticket", "7"))
                        .allowed(),
                row("an approver deletes the evidence", THERE, OLGA, deletes()).noRights("cannot delete resource"),
                row(
                                "who holds everything says which agreement it is about",
                                THERE,
                                PETRA,
                                annotates("portcullis.dev/agreement-uid", "u-1"))
                        .denied("the operator writes it")
                        .but(OPERATOR),
                row(
                                "who holds everything says it is about another",
                                THERE.decided(OPERATOR, annotates("portcullis.dev/agreement-uid", "u-1")),
                                PETRA,
                                annotates("portcullis.dev/agreement-uid", "u-2"))
                        .denied("the operator writes it"),
                row(
                                "who holds everything forgets what it is about",
                                THERE.decided(OPERATOR, annotates("portcullis.dev/agreement-uid", "u-1")),
                                PETRA,
                                annotates("portcullis.dev/agreement-uid", null))
                        .denied("the operator writes it"),
                row("a decision with a binding of its author's", nothing(FILED_DECISION), OLGA, files(decision -> {
                            whole(OLGA, OLGA, "Approve").accept(decision);
                            Manifests.annotated(decision, Map.of("portcullis.dev/agreement-uid", "u-1"));
                        }))
                        .denied("the operator writes it"),
                row("an annotation of ours that there is none", THERE, PETRA, annotates("portcullis.dev/decision", "x"))
                        .denied("takes no annotation under portcullis.dev/"),
                row(
                                "who holds everything says what became of it",
                                THERE,
                                PETRA,
                                writesStatus(Map.of("outcome", "Taken")))
                        .denied("may not write the status of decisions")
                        .but(OPERATOR),
                row("the operator changes what was decided", THERE, OPERATOR, sets("decision", "rejected"))
                        .invalid(NEVER_CHANGES),
                row(
                                "the operator decides",
                                nothing(FILED_DECISION),
                                OPERATOR,
                                files(whole(OPERATOR, OPERATOR, "Decide")))
                        .noRights("cannot create resource"),
                row(
                                "who holds everything puts another spec in its place",
                                THERE,
                                PETRA,
                                updates(stored -> Manifests.with(stored, "decision", "revoked")))
                        .invalid(NEVER_CHANGES));
    }

    /** Whoever may patch Decisions must not keep the operator from taking one, nor have it deleted without the right to. */
    private static List<Row> crowding() {
        Given crowded = existing(FILED_DECISION, decision -> {
            whole(OLGA, OLGA, "Approve").accept(decision);
            Manifests.annotated(decision, many(200));
        });
        return List.of(
                row(
                                "so many annotations that it cannot be bound any more",
                                THERE,
                                PAT,
                                crowds("annotations", many(200)))
                        .denied("too many annotations", "room for what the operator writes")
                        .but(PAT, crowds("annotations", many(24))),
                row(
                                "so long an annotation that it cannot be bound any more",
                                THERE,
                                PETRA,
                                crowds("annotations", Map.of("example.com/pad", "x".repeat(200_000))))
                        .denied("too many annotations", "64 KiB")
                        .but(PETRA, crowds("annotations", Map.of("example.com/pad", "x".repeat(60_000)))),
                row("a decision that comes crowded", nothing(FILED_DECISION), OLGA, files(decision -> {
                            whole(OLGA, OLGA, "Approve").accept(decision);
                            Manifests.annotated(decision, many(200));
                        }))
                        .denied("too many annotations"),
                row("so many labels", THERE, PETRA, crowds("labels", many(200)))
                        .denied("too many labels")
                        .but(PETRA, crowds("labels", many(16))),
                row(
                                "so many finalizers",
                                THERE,
                                PETRA,
                                merges(Map.of("metadata", Map.of("finalizers", List.copyOf(many(5).keySet())))))
                        .denied("too many finalizers")
                        .but(PETRA, merges(Map.of("metadata", Map.of("finalizers", List.copyOf(many(4).keySet()))))),
                row("fewer of too many", crowded, PETRA, annotates("x/n1", null))
                        .allowed(),
                row(
                                "the operator binds one that is crowded all the same",
                                crowded,
                                OPERATOR,
                                annotates("portcullis.dev/agreement-uid", "u-1"))
                        .allowed(),
                row("a second approver gives it an owner that is not there, so that it is deleted", THERE, PAT, owner())
                        .denied("the verb delete on decisions")
                        .but(PETRA));
    }

    private static List<Row> restoring() {
        Consumer<GenericKubernetesResource> backup = decision -> {
            whole(OLGA, OLGA, "Approve").accept(decision);
            Manifests.annotated(decision, Map.of("portcullis.dev/agreement-uid", "u-1"));
        };
        return List.of(
                filing("who restores brings a Decision back as it was", RESTORER, backup)
                        .allowed()
                        .leaves(stored -> says(stored, OLGA, OLGA, "Approve")),
                filing("a ticket system brings one back", JIRA, backup).denied("spec.recordedBy must be " + JIRA),
                row(
                                "who holds everything says that an agreement was restored",
                                existing(AGREEMENT),
                                TINA,
                                annotates("portcullis.dev/restored-uid", "u-1"))
                        .denied("the verb release on datausageagreements in all namespaces is needed")
                        .but(RESTORER),
                row(
                                "a consumer asks for one with the UID of another",
                                nothing(AGREEMENT),
                                TAYLOR,
                                Act.creates(
                                        Manifests::agreement,
                                        agreement -> Manifests.annotated(
                                                agreement, Map.of("portcullis.dev/restored-uid", "u-1"))))
                        .denied("the verb release on datausageagreements in all namespaces is needed"),
                row(
                                "a consumer replaces what says that it was restored",
                                existing(AGREEMENT).decided(RESTORER, annotates("portcullis.dev/restored-uid", "u-1")),
                                TAYLOR,
                                Act.replacesBy(agreement -> {
                                    agreement
                                            .getMetadata()
                                            .setAnnotations(Map.of("portcullis.dev/requested-by", ADMIN));
                                    agreement.getMetadata().setFinalizers(List.of("portcullis.dev/revoke"));
                                }))
                        .deniedOrPutBack("the verb release on datausageagreements"));
    }
}
