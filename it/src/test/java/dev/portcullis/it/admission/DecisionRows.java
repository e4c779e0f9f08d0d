package dev.portcullis.it.admission;

import static dev.portcullis.it.admission.Act.annotates;
import static dev.portcullis.it.admission.Act.applies;
import static dev.portcullis.it.admission.Act.creates;
import static dev.portcullis.it.admission.Act.dryRuns;
import static dev.portcullis.it.admission.Act.sendsJsonPatch;
import static dev.portcullis.it.admission.Decision.decides;
import static dev.portcullis.it.admission.Given.approved;
import static dev.portcullis.it.admission.Given.fresh;
import static dev.portcullis.it.admission.Given.freshFor;
import static dev.portcullis.it.admission.Given.nothing;
import static dev.portcullis.it.admission.Given.refused;
import static dev.portcullis.it.admission.Given.rejected;
import static dev.portcullis.it.admission.Given.requested;
import static dev.portcullis.it.admission.People.ADMIN;
import static dev.portcullis.it.admission.People.BOB;
import static dev.portcullis.it.admission.People.CARL;
import static dev.portcullis.it.admission.People.CLARA;
import static dev.portcullis.it.admission.People.DESK;
import static dev.portcullis.it.admission.People.FIONA;
import static dev.portcullis.it.admission.People.JIRA;
import static dev.portcullis.it.admission.People.MALLORY;
import static dev.portcullis.it.admission.People.NINA;
import static dev.portcullis.it.admission.People.NINA_IN_CAPITALS;
import static dev.portcullis.it.admission.People.ODD;
import static dev.portcullis.it.admission.People.OLGA;
import static dev.portcullis.it.admission.People.OPERATOR;
import static dev.portcullis.it.admission.People.PAM;
import static dev.portcullis.it.admission.People.PETRA;
import static dev.portcullis.it.admission.People.TAYLOR;
import static dev.portcullis.it.admission.People.TINA;
import static dev.portcullis.it.admission.People.UNICODE;
import static dev.portcullis.it.admission.Row.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Who may decide, when, in whose name, and what stands afterwards. */
final class DecisionRows {
    private static final String NEEDS_VERB =
            "the verb approve or decide on output port orders-v1 in namespace checkout is needed";
    private static final String NOT_SEEN = "the operator has not seen this agreement";
    private static final Given EXTERNAL = fresh().seen("External");
    private static final Given PENDING =
            requested().decided(OLGA, decides("approved").reason("fine").metadata("{}"));

    private DecisionRows() {}

    static Stream<Row> rows() {
        return Stream.of(
                        rights(),
                        moments(),
                        names(),
                        fourEyes(),
                        values(),
                        standing(),
                        refusals(),
                        records(),
                        creations())
                .flatMap(List::stream);
    }

    private static List<Row> rights() {
        return List.of(
                row("decides without the verb", requested(), MALLORY, decides("approved"))
                        .denied(MALLORY, "may not decide on this agreement", NEEDS_VERB)
                        .but(OLGA),
                row("rejects without the verb", requested(), MALLORY, decides("rejected"))
                        .denied(NEEDS_VERB)
                        .but(OLGA),
                row("the requester decides without the verb", requested(), TAYLOR, decides("approved"))
                        .denied(NEEDS_VERB)
                        .but(OLGA),
                row("a tenant with * in the consumer's namespace decides", requested(), TINA, decides("approved"))
                        .denied(TINA, NEEDS_VERB)
                        .but(PETRA),
                row("an approver of another namespace decides", requested(), FIONA, decides("approved"))
                        .denied(NEEDS_VERB)
                        .but(OLGA),
                row("an approver of another port decides", requested(), CLARA, decides("approved"))
                        .denied(NEEDS_VERB)
                        .but(
                                fresh(TAYLOR, agreement -> provider(agreement, "claims-v1"))
                                        .seen(),
                                CLARA,
                                decides("approved")),
                row("who maintains the port decides", requested(), PAM, decides("approved"))
                        .noRights("cannot patch resource")
                        .but(OLGA),
                row("the operator decides", requested(), OPERATOR, decides("approved"))
                        .denied(NEEDS_VERB)
                        .but(OLGA),
                row("an ended rejection is revived by who may only write", rejected(), MALLORY, decides("approved"))
                        .denied(NEEDS_VERB)
                        .but(requested(), OLGA, decides("approved")),
                row("revokes without the verb", approved(), MALLORY, decides("revoked"))
                        .denied(NEEDS_VERB)
                        .but(OLGA),
                row("the consumer's tenant revokes", approved(), TINA, decides("revoked"))
                        .denied(NEEDS_VERB)
                        .but(PETRA),
                row("a whole cluster administrator decides", requested(), ADMIN, decides("approved"))
                        .allowed(),
                row(
                                "decides with a server-side apply that takes the annotations over",
                                PENDING,
                                MALLORY,
                                applies(Map.of("annotations", Map.of("portcullis.dev/decision", "rejected"))))
                        .denied(NEEDS_VERB)
                        .but(
                                requested(),
                                OLGA,
                                applies(Map.of(
                                        "annotations",
                                        Map.of(
                                                "portcullis.dev/decision", "approved",
                                                "portcullis.dev/decided-by", OLGA,
                                                "portcullis.dev/recorded-by", OLGA)))),
                row(
                                "creates by server-side apply without the right to create",
                                nothing(Target.Kind.AGREEMENT),
                                MALLORY,
                                Act.appliesAll(Manifests::agreement))
                        // Kubernetes 1.30 says no more than that
                        .noRights("is forbidden: "),
                row(
                                "tries it as a dry run",
                                requested(),
                                MALLORY,
                                dryRuns(Map.of(
                                        "metadata",
                                        Map.of("annotations", Map.of("portcullis.dev/decision", "approved")))))
                        .denied(NEEDS_VERB));
    }

    private static List<Row> moments() {
        return List.of(
                row("approves before the operator has seen it", fresh(), OLGA, decides("approved"))
                        .denied(NOT_SEEN, "wait", "decide again")
                        .but(requested()),
                row("records before the operator has seen it", fresh(), JIRA, decides("approved"))
                        .denied(NOT_SEEN, "wait")
                        .but(requested()),
                row("approves while Invalid", fresh().invalid(), OLGA, decides("approved"))
                        .denied("Invalid")
                        .but(requested()),
                row(
                                "records while Invalid",
                                fresh().invalid(),
                                JIRA,
                                decides("rejected").by(OLGA))
                        .denied("Invalid")
                        .but(requested()),
                row(
                                "approves what turned Invalid",
                                fresh().operatorSays("Requested", "Manual", "Invalid", null),
                                OLGA,
                                decides("approved"))
                        .denied("Invalid", "condition Ready")
                        .but(requested()),
                row("approves External with approve only", EXTERNAL, OLGA, decides("approved"))
                        .denied("its workflow is External", "the verb decide on output port orders-v1")
                        .but(JIRA, decides("approved").by(OLGA)),
                row("rejects External with approve only", EXTERNAL, OLGA, decides("rejected"))
                        .denied("the verb decide")
                        .but(JIRA, decides("rejected").by(OLGA)),
                row(
                                "revokes an External approval with approve only",
                                EXTERNAL.decided(JIRA, decides("approved").by(BOB))
                                        .operatorSays("Approved", "External", "Active", null),
                                OLGA,
                                decides("revoked"))
                        .allowed(),
                row("revokes what was approved by rule", requested().taken("Approved"), OLGA, decides("revoked"))
                        .allowed(),
                row("approves what was approved by rule", requested().taken("Approved"), OLGA, decides("approved"))
                        .denied("approved already", "revoked")
                        .but(OLGA, decides("revoked")),
                row("revokes what is only requested", requested(), OLGA, decides("revoked"))
                        .denied("only an approved agreement can be revoked", "decision=rejected")
                        .but(OLGA, decides("rejected")),
                row("revokes what is rejected", rejected(), OLGA, decides("revoked"))
                        .denied("only an approved agreement can be revoked")
                        .but(approved(), OLGA, decides("revoked")));
    }

    private static List<Row> names() {
        return List.of(
                row(
                                "records a rule's decision",
                                requested(),
                                JIRA,
                                decides("approved").by("rule/auto-approve"))
                        .denied("not rule/, which is the operator's own"),
                row(
                                "decides in another's name",
                                requested(),
                                OLGA,
                                decides("approved").by(BOB))
                        .denied("portcullis.dev/decided-by must be " + OLGA, "the verb decide")
                        .but(JIRA, decides("approved").by(BOB)),
                row(
                                "has another write it down",
                                requested(),
                                OLGA,
                                decides("approved").recordedBy(BOB))
                        .denied("portcullis.dev/recorded-by must be " + OLGA)
                        .but(OLGA, decides("approved").recordedBy(OLGA)),
                row(
                                "records as if another system had",
                                requested(),
                                JIRA,
                                decides("approved").by(OLGA).recordedBy(DESK))
                        .denied("portcullis.dev/recorded-by must be " + JIRA)
                        .but(JIRA, decides("approved").by(OLGA)),
                row(
                                "records nobody's decision",
                                requested(),
                                JIRA,
                                decides("approved").by(""))
                        .denied("names who decided")
                        .but(JIRA, decides("approved").by(OLGA)),
                row(
                                "records a blank's decision",
                                requested(),
                                JIRA,
                                decides("approved").by("  "))
                        .denied("names who decided"),
                row(
                                "records a name with a space after it",
                                requested(),
                                JIRA,
                                decides("approved").by(OLGA + " "))
                        .denied("no space around it"),
                row(
                                "records a name of two lines",
                                requested(),
                                JIRA,
                                decides("approved").by("a\nb"))
                        .denied("no control or invisible characters"),
                row(
                                "records a name with an invisible character",
                                requested(),
                                JIRA,
                                decides("approved").by("olga\u200b"))
                        .denied("no control or invisible characters"),
                row(
                                "records a name that reads backwards",
                                requested(),
                                JIRA,
                                decides("approved").by("\u202eaglo"))
                        .denied("no control or invisible characters"),
                row(
                                "records a name of 257 characters",
                                requested(),
                                JIRA,
                                decides("approved").by("x".repeat(257)))
                        .denied("1 to 256 characters")
                        .but(JIRA, decides("approved").by("x".repeat(256))),
                row("a service account decides in its own name", requested(), JIRA, decides("approved"))
                        .leaves(isDecided("approved", JIRA, JIRA)),
                row("a name with quotes and colons decides", requested(), ODD, decides("approved"))
                        .leaves(isDecided("approved", ODD, ODD)),
                row(
                                "a name with quotes and colons is told what is wrong",
                                requested(),
                                ODD,
                                decides("approved").by(BOB))
                        .denied("portcullis.dev/decided-by must be " + ODD),
                row("a name beyond ASCII decides", requested(), UNICODE, decides("rejected"))
                        .leaves(isDecided("rejected", UNICODE, UNICODE)),
                row(
                                "what is recorded is kept as it was said",
                                requested(),
                                JIRA,
                                decides("approved")
                                        .by(OLGA)
                                        .reason("y")
                                        .link("https://t/1")
                                        .metadata("{\"id\": 7}"))
                        .leaves(isDecided("approved", OLGA, JIRA)));
    }

    private static List<Row> fourEyes() {
        Given byNina = fresh(NINA, agreement -> {}).seen();
        return List.of(
                row("approves the own request", byNina, NINA, decides("approved"))
                        .denied(
                                "nobody decides on an agreement that they requested",
                                "requested by " + NINA,
                                "somebody else")
                        .but(OLGA),
                row("rejects the own request", byNina, NINA, decides("rejected"))
                        .denied("nobody decides")
                        .but(OLGA),
                row("approves the own request, spelled in capitals", byNina, NINA_IN_CAPITALS, decides("approved"))
                        .denied("nobody decides")
                        .but(OLGA),
                row(
                                "approves the request of the own name in capitals",
                                fresh(NINA_IN_CAPITALS, agreement -> {}).seen(),
                                NINA,
                                decides("approved"))
                        .denied("nobody decides")
                        .but(OLGA),
                row("approves the own benefit", freshFor(NINA).seen(), NINA, decides("approved"))
                        .denied("nobody decides", "for " + NINA)
                        .but(OLGA),
                row(
                                "approves the own benefit, spelled in capitals and spaces",
                                freshFor("  NINA@example.com ").seen(),
                                NINA,
                                decides("approved"))
                        .denied("nobody decides")
                        .but(OLGA),
                row("revokes the own benefit", freshFor(NINA).seen().taken("Approved"), NINA, decides("revoked"))
                        .allowed(),
                row(
                                "a system records the requester's decision",
                                requested(),
                                JIRA,
                                decides("approved").by(TAYLOR))
                        .denied("nobody decides", "decided by " + TAYLOR)
                        .but(JIRA, decides("approved").by(OLGA)),
                row(
                                "a system records the requester's decision in capitals",
                                requested(),
                                JIRA,
                                decides("approved").by("TAYLOR@EXAMPLE.COM"))
                        .denied("nobody decides")
                        .but(JIRA, decides("approved").by(OLGA)),
                row(
                                "a system records the beneficiary's decision",
                                requested(),
                                JIRA,
                                decides("approved").by(CARL))
                        .denied("nobody decides")
                        .but(JIRA, decides("approved").by(OLGA)),
                row(
                                "a system records on its own request",
                                fresh(JIRA, agreement -> {}).seen(),
                                JIRA,
                                decides("approved").by(OLGA))
                        .denied("nobody decides", "recorded by " + JIRA)
                        .but(OLGA, decides("approved")),
                row("who wrote the request for another decides", forTaylor(DESK).seen(), DESK, decides("approved"))
                        .denied("nobody decides", "written by " + DESK)
                        .but(DESK, decides("approved").by(OLGA)),
                row(
                                "the requester, named by a portal, decides",
                                forRequester(DESK, NINA).seen(),
                                NINA,
                                decides("approved"))
                        .denied("nobody decides")
                        .but(OLGA),
                row(
                                "a cluster administrator approves the own request",
                                fresh(ADMIN, agreement -> {}).seen(),
                                ADMIN,
                                decides("approved"))
                        .denied("nobody decides")
                        .but(OLGA),
                row(
                                "a tenant of both namespaces approves the own request",
                                fresh(NINA, agreement -> {}).seen(),
                                NINA,
                                decides("approved").reason("it is my port"))
                        .denied("nobody decides")
                        .but(PETRA));
    }

    private static List<Row> values() {
        String allowed = "it is approved or rejected, or, once the agreement is approved, revoked";
        return List.of(
                row("decides in capitals", requested(), OLGA, decides("Approved"))
                        .denied("portcullis.dev/decision cannot be \"Approved\"", allowed)
                        .but(OLGA, decides("approved")),
                row("decides something else", requested(), OLGA, decides("maybe"))
                        .denied("\"maybe\"", allowed),
                row("suspends by annotation", requested(), OLGA, decides("suspended"))
                        .denied(
                                allowed,
                                "To suspend, resume or recertify, file a Decision in the namespace of the port"),
                row("decides nothing", requested(), OLGA, decides("")).denied("\"\"", allowed),
                row("decides with a space", requested(), OLGA, decides("approved "))
                        .denied(allowed),
                row("decides two lines", requested(), OLGA, decides("approved\nrejected"))
                        .denied("portcullis.dev/decision is approved or rejected"),
                row("decides at length", requested(), OLGA, decides("y".repeat(9000)))
                        .denied(allowed),
                row(
                                "gives no JSON object",
                                requested(),
                                OLGA,
                                decides("approved").metadata("[1]"))
                        .denied("portcullis.dev/decision-metadata is a JSON object")
                        .but(OLGA, decides("approved").metadata(" {\"a\": 1} ")),
                row(
                                "gives too much JSON",
                                requested(),
                                OLGA,
                                decides("approved").metadata(json(8193)))
                        .denied("at most 8192 characters")
                        .but(OLGA, decides("approved").metadata(json(8192))),
                row(
                                "gives too much of a reason",
                                requested(),
                                OLGA,
                                decides("approved").reason("ä".repeat(2001)))
                        .denied("portcullis.dev/decision-reason has at most 2000 characters")
                        .but(OLGA, decides("approved").reason("ä".repeat(2000))),
                row(
                                "gives too long a link",
                                requested(),
                                OLGA,
                                decides("approved").link("x".repeat(2049)))
                        .denied("portcullis.dev/decision-link has at most 2048 characters")
                        .but(OLGA, decides("approved").link("x".repeat(2048))));
    }

    private static List<Row> standing() {
        String stands = "stands as it was written";
        return List.of(
                row("decides over a decision nobody has looked at", PENDING, BOB, decides("rejected"))
                        .denied("approved by " + OLGA, "waits for the operator")
                        .but(requested()),
                row("overwrites the own decision before it is taken", PENDING, OLGA, decides("rejected"))
                        .denied("waits for the operator"),
                row("takes a decision over as one's own", PENDING, BOB, decides("approved"))
                        .deniedOrPutBack(stands),
                row(
                                "records the same decision for another",
                                PENDING,
                                JIRA,
                                decides("approved").by(BOB).reason("z"))
                        .denied(stands),
                row("rejects what is approved", approved(), BOB, decides("rejected"))
                        .denied("approved already", "decision=revoked")
                        .but(BOB, decides("revoked")),
                row("approves what is rejected", rejected(), BOB, decides("approved"))
                        .denied("rejected for good", "request another agreement"),
                row(
                                "approves what is revoked",
                                approved().decided(BOB, decides("revoked")).taken("Approved"),
                                OLGA,
                                decides("approved"))
                        .denied("revoked for good", "request another agreement"),
                row(
                                "revokes again",
                                approved()
                                        .decided(BOB, decides("revoked").reason("x"))
                                        .taken("Approved"),
                                OLGA,
                                decides("revoked").reason("y"))
                        .denied(stands),
                row(
                                "changes the reason afterwards",
                                PENDING,
                                OLGA,
                                annotates("portcullis.dev/decision-reason", "other"))
                        .denied(stands, "approved by " + OLGA)
                        .but(requested(), OLGA, decides("approved").reason("other")),
                row(
                                "changes the reason when it is taken",
                                approved(),
                                OLGA,
                                annotates("portcullis.dev/decision-reason", "other"))
                        .denied(stands, "decision=revoked"),
                row("removes the reason", approved(), OLGA, annotates("portcullis.dev/decision-reason", null))
                        .denied(stands),
                row("changes the metadata", approved(), OLGA, annotates("portcullis.dev/decision-metadata", "{}"))
                        .denied(stands),
                row("changes the link", approved(), OLGA, annotates("portcullis.dev/decision-link", "https://other"))
                        .denied("portcullis.dev/decision-link belongs to the decision"),
                row("removes the link", approved(), JIRA, annotates("portcullis.dev/decision-link", null))
                        .denied("portcullis.dev/decision-link belongs to the decision"),
                row("changes who decided", approved(), JIRA, annotates("portcullis.dev/decided-by", BOB))
                        .denied(stands),
                row("changes who recorded", approved(), JIRA, annotates("portcullis.dev/recorded-by", JIRA))
                        .denied(stands),
                row("removes who decided", approved(), JIRA, annotates("portcullis.dev/decided-by", null))
                        .deniedOrPutBack(stands),
                row("removes who recorded", approved(), OLGA, annotates("portcullis.dev/recorded-by", null))
                        .deniedOrPutBack(stands),
                row(
                                "moves the metadata into the reason by JSON patch",
                                requested()
                                        .decided(OLGA, decides("approved").metadata("{}"))
                                        .taken("Approved"),
                                OLGA,
                                sendsJsonPatch("""
                                        [{"op": "move", "from": "/metadata/annotations/portcullis.dev~1decision-metadata",
                                          "path": "/metadata/annotations/portcullis.dev~1decision-reason"}]"""))
                        .denied(stands),
                row(
                                "removes the decision by JSON patch",
                                approved(),
                                OLGA,
                                sendsJsonPatch(
                                        "[{\"op\": \"remove\", \"path\": \"/metadata/annotations/portcullis.dev~1decision\"}]"))
                        .denied("stands and cannot be removed", "decision=revoked")
                        .but(OLGA, decides("revoked")),
                row("removes the whole decision", approved(), OLGA, removesRecord())
                        .deniedOrPutBack("stands and cannot be removed", "decision=revoked")
                        .but(refused(), OLGA, removesRecord()),
                row("removes a decision nobody has looked at", PENDING, OLGA, removesRecord())
                        .deniedOrPutBack("stands and cannot be removed")
                        .but(refused(), BOB, removesRecord()),
                row(
                                "removes all annotations",
                                approved(),
                                OLGA,
                                sendsJsonPatch("[{\"op\": \"remove\", \"path\": \"/metadata/annotations\"}]"))
                        .deniedOrPutBack("stands and cannot be removed"),
                row("removes the record by a stranger's hand", approved(), MALLORY, removesRecord())
                        .deniedOrPutBack("may not decide"));
    }

    private static List<Row> refusals() {
        Given another = PENDING.refused("approved by somebody else");
        Given longer = requested().decided(JIRA, decides("approved").by("ann")).refused("approved by ann (x)");
        return List.of(
                row(
                                "decides the same anew, another person",
                                refused(),
                                OLGA,
                                decides("approved").reason("I looked"))
                        .leaves(isDecided("approved", OLGA, OLGA)
                                .andThen(has("decision-reason", "I looked"))
                                .andThen(has("decision-metadata", null))
                                .andThen(has("decision-link", "https://tickets/1"))),
                row("decides otherwise anew", refused(), OLGA, decides("rejected"))
                        .leaves(isDecided("rejected", OLGA, OLGA).andThen(has("decision-reason", null))),
                row(
                                "decides the same anew with another reason",
                                refused(),
                                BOB,
                                decides("approved").reason("now with reason"))
                        .leaves(isDecided("approved", BOB, BOB).andThen(has("decision-reason", "now with reason"))),
                row("decides anew without the verb", refused(), MALLORY, decides("rejected"))
                        .denied(NEEDS_VERB)
                        .but(OLGA),
                row(
                                "the requester decides anew",
                                refused(),
                                TAYLOR,
                                decides("approved").reason("please"))
                        .denied(NEEDS_VERB)
                        .but(OLGA),
                row(
                                "decides anew in another's name",
                                refused(),
                                OLGA,
                                decides("approved").by(PETRA).reason("x"))
                        .denied("portcullis.dev/decided-by must be " + OLGA)
                        .but(JIRA, decides("approved").by(OLGA).reason("x")),
                row(
                                "decides anew what is Invalid by now",
                                refused()
                                        .operatorSays("Requested", "Manual", "Invalid", "approved by " + BOB + " (00)"),
                                OLGA,
                                decides("rejected"))
                        .denied("Invalid")
                        .but(refused()),
                row("decides anew while another decision was the refused one", another, BOB, decides("rejected"))
                        .denied("waits for the operator")
                        .but(refused()),
                row(
                                "decides anew while a longer name's decision was the refused one",
                                longer,
                                OLGA,
                                decides("rejected"))
                        .denied("waits for the operator")
                        .but(requested()
                                .decided(JIRA, decides("approved").by("ann (x)"))
                                .refused("approved by ann (x)")),
                row("removes what was refused, without the verb", refused(), MALLORY, removesRecord())
                        .deniedOrPutBack(NEEDS_VERB)
                        .but(OLGA),
                row("removes half of what was refused", refused(), OLGA, annotates("portcullis.dev/decision", null))
                        .denied("remove it whole")
                        .but(OLGA, removesRecord()),
                row("decides anew after removing", refused().decided(OLGA, removesRecord()), BOB, decides("approved"))
                        .allowed(),
                row(
                                "revokes anew what was refused as planted",
                                approved()
                                        .decided(BOB, decides("revoked"))
                                        .operatorSays("Approved", "Manual", "Active", "revoked by " + BOB + " (00)"),
                                OLGA,
                                decides("revoked").reason("indeed"))
                        .leaves(isDecided("revoked", OLGA, OLGA)),
                row(
                                "a system records the same refused person again, and does not become the decider",
                                requested()
                                        .decided(
                                                JIRA,
                                                decides("approved").by(BOB).reason("first"))
                                        .refused("approved by " + BOB),
                                JIRA,
                                decides("approved").by(BOB).reason("second"))
                        .leaves(isDecided("approved", BOB, JIRA).andThen(has("decision-reason", "second"))),
                row(
                                "a person decides what a system recorded in vain",
                                requested()
                                        .decided(
                                                JIRA,
                                                decides("approved").by(BOB).reason("first"))
                                        .refused("approved by " + BOB),
                                OLGA,
                                decides("approved").reason("second"))
                        .leaves(isDecided("approved", OLGA, OLGA)));
    }

    private static List<Row> records() {
        return List.of(
                row(
                                "revokes and leaves the approval's reason",
                                approved(),
                                BOB,
                                decides("revoked").bare())
                        .deniedUnlessStamped(
                                "a new decision does not inherit from the earlier one (approved by " + OLGA,
                                "portcullis.dev/decision-reason, portcullis.dev/decision-metadata, portcullis.dev/decision-link")
                        .but(BOB, decides("revoked"))
                        .leaves(has("decision-reason", null)),
                row(
                                "decides anew and leaves another's reason",
                                refused(),
                                OLGA,
                                decides("rejected").bare())
                        .deniedUnlessStamped("does not inherit", "approved by " + BOB)
                        .but(OLGA, decides("rejected"))
                        .leaves(has("decision-reason", null).andThen(has("decision-link", "https://tickets/1"))),
                row(
                                "decides anew and keeps the own reason",
                                refused(),
                                BOB,
                                decides("approved").metadata("{}").bare())
                        .leaves(has("decision-reason", "mine")),
                row(
                                "gives a reason without a decision",
                                requested(),
                                OLGA,
                                annotates("portcullis.dev/decision-reason", "because"))
                        .denied("written together with portcullis.dev/decision")
                        .but(OLGA, decides("approved").reason("because")),
                row(
                                "names a decider without a decision",
                                requested(),
                                JIRA,
                                annotates("portcullis.dev/decided-by", OLGA))
                        .denied("written together with portcullis.dev/decision"),
                row(
                                "a link before the decision, without the verb",
                                requested(),
                                TAYLOR,
                                annotates("portcullis.dev/decision-link", "https://t/1"))
                        .denied(NEEDS_VERB)
                        .but(OLGA),
                row(
                                "a link before the operator has seen it",
                                fresh(),
                                JIRA,
                                annotates("portcullis.dev/decision-link", "https://t/1"))
                        .allowed(),
                row(
                                "a link on what another system decides",
                                EXTERNAL,
                                OLGA,
                                annotates("portcullis.dev/decision-link", "https://t/1"))
                        .denied("its workflow is External")
                        .but(JIRA),
                row(
                                "the link stays when the decision comes",
                                requested().decided(JIRA, annotates("portcullis.dev/decision-link", "https://t/1")),
                                OLGA,
                                decides("approved"))
                        .leaves(isDecided("approved", OLGA, OLGA).andThen(has("decision-link", "https://t/1"))),
                row("revokes, and nothing of the approval stays", approved(), BOB, decides("revoked"))
                        .leaves(isDecided("revoked", BOB, BOB)
                                .andThen(has("decision-reason", null))
                                .andThen(has("decision-link", null))
                                .andThen(has("decision-metadata", null))),
                row(
                                "revokes with a record of its own",
                                approved(),
                                BOB,
                                decides("revoked")
                                        .reason("leak")
                                        .link("https://t/2")
                                        .metadata("{\"b\": 2}"))
                        .leaves(isDecided("revoked", BOB, BOB)
                                .andThen(has("decision-reason", "leak"))
                                .andThen(has("decision-link", "https://t/2"))
                                .andThen(has("decision-metadata", "{\"b\": 2}"))),
                row("the approver revokes with nothing but the word", approved(), OLGA, decides("revoked"))
                        .leaves(isDecided("revoked", OLGA, OLGA).andThen(has("decision-reason", null))));
    }

    private static List<Row> creations() {
        return List.of(
                row(
                                "creates it approved, with approve only",
                                nothing(Target.Kind.AGREEMENT),
                                NINA,
                                createsDecided("approved", NINA, ""))
                        .denied("may not decide while creating", "the verb decide on output port orders-v1")
                        .but(DESK, createsDecided("approved", TAYLOR, OLGA)),
                row(
                                "creates it approved, without any verb",
                                nothing(Target.Kind.AGREEMENT),
                                TAYLOR,
                                createsDecided("approved", TAYLOR, ""))
                        .denied(NEEDS_VERB),
                row(
                                "creates it approved, as a tenant",
                                nothing(Target.Kind.AGREEMENT),
                                TINA,
                                createsDecided("approved", TINA, ""))
                        .denied(NEEDS_VERB),
                row("creates it revoked", nothing(Target.Kind.AGREEMENT), DESK, createsDecided("revoked", TAYLOR, OLGA))
                        .denied("cannot be \"revoked\" on a new agreement")
                        .but(DESK, createsDecided("rejected", TAYLOR, OLGA)),
                row(
                                "creates it approved by the requester",
                                nothing(Target.Kind.AGREEMENT),
                                DESK,
                                createsDecided("approved", TAYLOR, TAYLOR))
                        .denied("nobody decides"),
                row(
                                "creates it approved for itself",
                                nothing(Target.Kind.AGREEMENT),
                                DESK,
                                createsDecided("approved", DESK, OLGA))
                        .denied("nobody decides"),
                row(
                                "creates it with a link",
                                nothing(Target.Kind.AGREEMENT),
                                TAYLOR,
                                creates(Manifests::agreement, annotating("portcullis.dev/decision-link", "https://t")))
                        .denied(NEEDS_VERB)
                        .but(DESK),
                row(
                                "creates it approved under a generated name",
                                nothing(Target.Kind.AGREEMENT),
                                TAYLOR,
                                creates(
                                        Manifests::agreement,
                                        annotating("portcullis.dev/decision", "approved")
                                                .andThen(agreement -> {
                                                    agreement.getMetadata().setGenerateName("x-");
                                                    agreement.getMetadata().setName(null);
                                                })))
                        .denied(NEEDS_VERB));
    }

    // ---------------------------------------------------------------------------------------- words

    private static Act createsDecided(String decision, String requester, String decider) {
        return creates(Manifests::agreement, agreement -> {
            annotating("portcullis.dev/decision", decision).accept(agreement);
            annotating("portcullis.dev/requested-by", requester).accept(agreement);
            if (!decider.isEmpty()) {
                annotating("portcullis.dev/decided-by", decider).accept(agreement);
            }
        });
    }

    private static Consumer<GenericKubernetesResource> annotating(String key, String value) {
        return agreement -> {
            if (agreement.getMetadata().getAnnotations() == null) {
                agreement.getMetadata().setAnnotations(new java.util.HashMap<>());
            }
            agreement.getMetadata().getAnnotations().put(key, value);
        };
    }

    private static Act removesRecord() {
        return annotates(
                "portcullis.dev/decision", null,
                "portcullis.dev/decided-by", null,
                "portcullis.dev/recorded-by", null,
                "portcullis.dev/decision-reason", null,
                "portcullis.dev/decision-metadata", null);
    }

    private static Given forTaylor(String portal) {
        return forRequester(portal, TAYLOR);
    }

    private static Given forRequester(String portal, String requester) {
        return fresh(portal, annotating("portcullis.dev/requested-by", requester));
    }

    private static void provider(GenericKubernetesResource agreement, String port) {
        Manifests.with(agreement, "provider", Map.of("namespace", "checkout", "outputPort", port));
    }

    private static String json(int size) {
        return "{\"a\": \"" + "x".repeat(size - 9) + "\"}";
    }

    private static Consumer<GenericKubernetesResource> isDecided(String decision, String by, String recordedBy) {
        return has("decision", decision).andThen(has("decided-by", by)).andThen(has("recorded-by", recordedBy));
    }

    private static Consumer<GenericKubernetesResource> has(
            String key, @org.jspecify.annotations.Nullable String value) {
        return stored -> assertThat(stored.getMetadata().getAnnotations().get("portcullis.dev/" + key))
                .as(key)
                .isEqualTo(value);
    }
}
