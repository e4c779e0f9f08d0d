package dev.portcullis.it.admission;

import static dev.portcullis.it.admission.Act.annotates;
import static dev.portcullis.it.admission.Act.applies;
import static dev.portcullis.it.admission.Act.appliesNothingAs;
import static dev.portcullis.it.admission.Act.creates;
import static dev.portcullis.it.admission.Act.createsExactly;
import static dev.portcullis.it.admission.Act.crowds;
import static dev.portcullis.it.admission.Act.labels;
import static dev.portcullis.it.admission.Act.many;
import static dev.portcullis.it.admission.Act.merges;
import static dev.portcullis.it.admission.Act.owner;
import static dev.portcullis.it.admission.Act.replacesBy;
import static dev.portcullis.it.admission.Act.sendsJsonPatch;
import static dev.portcullis.it.admission.Act.sets;
import static dev.portcullis.it.admission.Act.updates;
import static dev.portcullis.it.admission.Decision.decides;
import static dev.portcullis.it.admission.Given.approved;
import static dev.portcullis.it.admission.Given.fresh;
import static dev.portcullis.it.admission.Given.nothing;
import static dev.portcullis.it.admission.Given.requested;
import static dev.portcullis.it.admission.People.ADMIN;
import static dev.portcullis.it.admission.People.BOB;
import static dev.portcullis.it.admission.People.COLLECTOR;
import static dev.portcullis.it.admission.People.JIRA;
import static dev.portcullis.it.admission.People.MALLORY;
import static dev.portcullis.it.admission.People.NINA;
import static dev.portcullis.it.admission.People.OLGA;
import static dev.portcullis.it.admission.People.OPERATOR;
import static dev.portcullis.it.admission.People.PETRA;
import static dev.portcullis.it.admission.People.PORTAL;
import static dev.portcullis.it.admission.People.TAYLOR;
import static dev.portcullis.it.admission.People.TINA;
import static dev.portcullis.it.admission.Row.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who requested, the operator's finalizer, and all that who may only decide must leave alone. */
final class OwnershipRows {
    private static final String REQUESTED_BY = "portcullis.dev/requested-by";
    private static final String WRITTEN_BY = "portcullis.dev/written-by";
    private static final String NEVER_CHANGES = "who requested an agreement never changes";
    private static final String NOTHING_ELSE = "may write a decision on this agreement and nothing else";
    private static final String RELEASE = "the verb release on datausageagreements in all namespaces is needed";
    private static final String ANOTHER = "request another agreement";
    private static final Given NEW = nothing(Target.Kind.AGREEMENT);
    private static final Given BY_PORTAL =
            fresh(PORTAL, agreement -> Manifests.annotated(agreement, Map.of(REQUESTED_BY, BOB)));

    private OwnershipRows() {}

    static Stream<Row> rows() {
        return Stream.of(requesters(), finalizers(), others(), annotations(), fixedFields(), manifests())
                .flatMap(List::stream);
    }

    private static List<Row> requesters() {
        return List.of(
                row("requests in another's name", NEW, TAYLOR, creating(REQUESTED_BY, BOB))
                        .denied("portcullis.dev/requested-by must be " + TAYLOR, "the verb request-for")
                        .but(PORTAL),
                row("a tenant requests in another's name", NEW, TINA, creating(REQUESTED_BY, BOB))
                        .denied("the verb request-for on datausageagreements in all namespaces", "not a Role")
                        .but(PORTAL),
                row("requests in nobody's name", NEW, TAYLOR, creating(REQUESTED_BY, ""))
                        .denied("say who requests", REQUESTED_BY + ": " + TAYLOR)
                        .but(TAYLOR, creating(REQUESTED_BY, TAYLOR)),
                row("a portal requests for a blank", NEW, PORTAL, creating(REQUESTED_BY, " "))
                        .denied("names who requests"),
                row(
                                "a portal requests for a name with a space before it",
                                NEW,
                                PORTAL,
                                creating(REQUESTED_BY, " " + BOB))
                        .denied("no space around it")
                        .but(PORTAL, creating(REQUESTED_BY, BOB)),
                row("a portal requests for an invisible name", NEW, PORTAL, creating(REQUESTED_BY, BOB + "\u200d"))
                        .denied("no control or invisible characters"),
                row(
                                "a portal requests for a name of 257 characters",
                                NEW,
                                PORTAL,
                                creating(REQUESTED_BY, "b".repeat(257)))
                        .denied("at most 256 characters")
                        .but(PORTAL, creating(REQUESTED_BY, "b".repeat(256))),
                row("blames another for writing", NEW, TAYLOR, creating(WRITTEN_BY, OLGA))
                        .denied("portcullis.dev/written-by must be " + TAYLOR),
                row("a portal blames another for writing", NEW, PORTAL, creating(REQUESTED_BY, BOB, WRITTEN_BY, OLGA))
                        .denied("portcullis.dev/written-by must be " + PORTAL)
                        .but(PORTAL, creating(REQUESTED_BY, BOB)),
                row("a portal's name stands beside the requester's", NEW, PORTAL, creating(REQUESTED_BY, BOB))
                        .leaves(has(REQUESTED_BY, BOB).andThen(has(WRITTEN_BY, PORTAL))),
                row("changes the requester", requested(), TAYLOR, annotates(REQUESTED_BY, BOB))
                        .denied(NEVER_CHANGES, REQUESTED_BY + ": " + TAYLOR, ANOTHER)
                        .but(TAYLOR, labels("team", "ml")),
                row("a tenant changes the requester", requested(), TINA, annotates(REQUESTED_BY, TINA))
                        .denied(NEVER_CHANGES)
                        .but(TINA, labels("team", "ml")),
                row("a portal changes the requester", BY_PORTAL, PORTAL, annotates(REQUESTED_BY, TAYLOR))
                        .denied(NEVER_CHANGES),
                row("an approver takes the requester's place", requested(), NINA, annotates(REQUESTED_BY, BOB))
                        .denied(NEVER_CHANGES),
                row("an administrator changes the requester", requested(), ADMIN, annotates(REQUESTED_BY, BOB))
                        .denied(NEVER_CHANGES),
                row("removes the requester", requested(), TAYLOR, annotates(REQUESTED_BY, null))
                        .deniedOrPutBack(NEVER_CHANGES),
                row(
                                "removes the requester by JSON patch",
                                requested(),
                                TINA,
                                sendsJsonPatch(
                                        "[{\"op\": \"remove\", \"path\": \"/metadata/annotations/portcullis.dev~1requested-by\"}]"))
                        .deniedOrPutBack(NEVER_CHANGES),
                row(
                                "takes the requester over by server-side apply",
                                requested(),
                                TINA,
                                applies(Map.of("annotations", Map.of(REQUESTED_BY, TINA))))
                        .denied(NEVER_CHANGES)
                        .but(TINA, applies(Map.of("labels", Map.of("team", "ml")))),
                row("changes who wrote it", BY_PORTAL, TINA, annotates(WRITTEN_BY, TINA))
                        .denied(NEVER_CHANGES),
                row("adds who wrote it", requested(), TAYLOR, annotates(WRITTEN_BY, OLGA))
                        .denied(NEVER_CHANGES),
                row("removes who wrote it", BY_PORTAL, TINA, annotates(WRITTEN_BY, null))
                        .deniedOrPutBack(NEVER_CHANGES));
    }

    private static List<Row> finalizers() {
        return List.of(
                row("strips the finalizer", approved(), TAYLOR, keepsFinalizers())
                        .deniedOrPutBack("may not remove the finalizer portcullis.dev/revoke", RELEASE)
                        .but(OPERATOR),
                row("a tenant strips the finalizer", approved(), TINA, keepsFinalizers())
                        .deniedOrPutBack("may not remove the finalizer", "not a Role")
                        .but(OPERATOR),
                row(
                                "strips the finalizer by JSON patch",
                                approved(),
                                TINA,
                                sendsJsonPatch("[{\"op\": \"remove\", \"path\": \"/metadata/finalizers\"}]"))
                        .deniedOrPutBack("may not remove the finalizer")
                        .but(OPERATOR),
                row(
                                "strips the finalizer of what is being deleted",
                                approved().decided(TAYLOR, Act.deletes()),
                                TINA,
                                keepsFinalizers())
                        .deniedOrPutBack("may not remove the finalizer")
                        .but(OPERATOR),
                row("swaps the finalizer for another", approved(), TINA, keepsFinalizers("example.com/other"))
                        .deniedOrPutBack("may not remove the finalizer"),
                row("an approver strips the finalizer", approved(), OLGA, keepsFinalizers())
                        .deniedOrPutBack("may not remove the finalizer"),
                row("the garbage collector strips the finalizer", approved(), COLLECTOR, keepsFinalizers())
                        .deniedOrPutBack("may not remove the finalizer"),
                row(
                                "adds another finalizer",
                                approved(),
                                TAYLOR,
                                keepsFinalizers("portcullis.dev/revoke", "example.com/other"))
                        .allowed(),
                row("sets orphan", approved(), TAYLOR, annotates("portcullis.dev/orphan", "gone"))
                        .denied("may not write portcullis.dev/orphan", RELEASE)
                        .but(OPERATOR),
                row("a tenant sets orphan", approved(), TINA, annotates("portcullis.dev/orphan", "gone"))
                        .denied("may not write portcullis.dev/orphan", "not a Role")
                        .but(ADMIN),
                row("an approver sets orphan", approved(), OLGA, annotates("portcullis.dev/orphan", "gone"))
                        .denied("may not write portcullis.dev/orphan"),
                row("creates it an orphan", NEW, TINA, creating("portcullis.dev/orphan", "gone"))
                        .denied("may not write portcullis.dev/orphan"),
                row(
                                "removes orphan",
                                approved().decided(ADMIN, annotates("portcullis.dev/orphan", "gone")),
                                TINA,
                                annotates("portcullis.dev/orphan", null))
                        .deniedOrPutBack("may not write portcullis.dev/orphan")
                        .but(OPERATOR));
    }

    private static List<Row> others() {
        return List.of(
                row(
                                "the consumer says labels and owners, and none",
                                requested(),
                                TINA,
                                appliesNothingAs("labels", "ownerReferences"))
                        .allowed(),
                row("an approver writes a label", requested(), OLGA, labels("team", "ml"))
                        .denied(
                                OLGA,
                                NOTHING_ELSE,
                                "changed: labels",
                                "the verb request on datausageagreements in namespace marketing")
                        .but(TAYLOR),
                row(
                                "an approver writes a label with the decision",
                                requested(),
                                OLGA,
                                merges(Map.of(
                                        "metadata",
                                        Map.of(
                                                "labels", Map.of("a", "b"),
                                                "annotations",
                                                        Map.of(
                                                                "portcullis.dev/decision",
                                                                "approved",
                                                                "portcullis.dev/decided-by",
                                                                OLGA,
                                                                "portcullis.dev/recorded-by",
                                                                OLGA)))))
                        .denied(NOTHING_ELSE, "changed: labels")
                        .but(OLGA, decides("approved")),
                row("an approver writes another annotation", requested(), OLGA, annotates("example.com/note", "x"))
                        .denied(NOTHING_ELSE, "other annotations")
                        .but(TAYLOR),
                row(
                                "an approver removes another annotation",
                                requested().decided(TAYLOR, annotates("example.com/note", "x")),
                                OLGA,
                                annotates("example.com/note", null))
                        .denied(NOTHING_ELSE, "other annotations")
                        .but(TAYLOR),
                row(
                                "an approver adds a finalizer",
                                requested(),
                                OLGA,
                                keepsFinalizers("portcullis.dev/revoke", "example.com/stay"))
                        .denied(NOTHING_ELSE, "finalizers")
                        .but(TAYLOR),
                row("an approver names an owner", requested(), OLGA, owner())
                        .denied(NOTHING_ELSE, "ownerReferences")
                        .but(TAYLOR),
                row("an approver suspends it", approved(), OLGA, sets("suspend", true))
                        .denied(NOTHING_ELSE, "changed: spec")
                        .but(TAYLOR),
                row("an approver cancels it", approved(), OLGA, sets("cancelled", true))
                        .denied(NOTHING_ELSE, "changed: spec")
                        .but(TAYLOR),
                row("a recorder changes the tags", requested(), BOB, sets("tags", List.of("x")))
                        .denied(NOTHING_ELSE)
                        .but(TAYLOR),
                row(
                                "a writer changes several things",
                                requested(),
                                MALLORY,
                                merges(Map.of(
                                        "metadata",
                                        Map.of("labels", Map.of("a", "b"), "annotations", Map.of("example.com/x", "y")),
                                        "spec",
                                        Map.of("suspend", true))))
                        .denied(NOTHING_ELSE, "changed: spec, labels, other annotations")
                        .but(TAYLOR),
                row(
                                "a writer updates it whole",
                                requested(),
                                MALLORY,
                                updates(stored -> stored.getMetadata().setLabels(Map.of("a", "b"))))
                        .denied(NOTHING_ELSE, "changed: labels")
                        .but(TAYLOR),
                row("an approver deletes it", requested(), OLGA, Act.deletes())
                        .noRights("cannot delete resource")
                        .but(TAYLOR),
                row(
                                "a stale update",
                                requested(),
                                TAYLOR,
                                updates(stored -> stored.getMetadata().setResourceVersion("1")))
                        .invalid("the object has been modified"),
                row(
                                "clears who owns which field",
                                requested().decided(OLGA, decides("approved")),
                                OLGA,
                                merges(Map.of("metadata", Map.of("managedFields", List.of(Map.of())))))
                        .leaves(has("portcullis.dev/decision", "approved")
                                .andThen(has("portcullis.dev/decided-by", OLGA))
                                .andThen(has(REQUESTED_BY, TAYLOR))),
                row(
                                "the garbage collector drops an owner",
                                requested().decided(TAYLOR, owner()),
                                COLLECTOR,
                                merges(Map.of("metadata", Map.of("ownerReferences", List.of()))))
                        .allowed(),
                row("the garbage collector writes a label", requested(), COLLECTOR, labels("a", "b"))
                        .denied(NOTHING_ELSE)
                        .but(TAYLOR),
                row("the operator changes a spec", requested(), OPERATOR, sets("suspend", true))
                        .denied(NOTHING_ELSE, "changed: spec")
                        .but(TAYLOR));
    }

    private static List<Row> annotations() {
        return List.of(
                row("mistypes an annotation", requested(), OLGA, annotates("portcullis.dev/decison", "approved"))
                        .denied("there is no annotation portcullis.dev/decison", "portcullis.dev/decision")
                        .but(OLGA, decides("approved")),
                row(
                                "mistypes an annotation as the requester",
                                requested(),
                                TAYLOR,
                                annotates("portcullis.dev/request-by", BOB))
                        .denied("there is no annotation portcullis.dev/request-by"),
                row(
                                "writes an annotation in capitals",
                                requested(),
                                OLGA,
                                annotates("Portcullis.dev/Decision", "approved"))
                        .denied("there is no annotation Portcullis.dev/Decision"),
                row(
                                "creates it with a mistyped annotation",
                                NEW,
                                TAYLOR,
                                creating("portcullis.dev/allow-delete", "true"))
                        .denied("there is no annotation portcullis.dev/allow-delete")
                        .but(TAYLOR, creating("example.com/portcullis.dev", "true")),
                row(
                                "writes so many annotations that no decision could follow",
                                approved(),
                                TAYLOR,
                                crowds("annotations", many(200)))
                        .denied("too many annotations", "room for decisions")
                        .but(TAYLOR, crowds("annotations", many(100))),
                row(
                                "pads it until no decision would fit",
                                approved(),
                                TAYLOR,
                                crowds("annotations", Map.of("example.com/pad", "x".repeat(200_000))))
                        .denied("too many annotations", "64 KiB", "room for decisions")
                        .but(TAYLOR, crowds("annotations", Map.of("example.com/pad", "x".repeat(60_000)))),
                row(
                                "pads it with characters of four bytes",
                                approved(),
                                TINA,
                                crowds("annotations", Map.of("example.com/pad", "\uD83D\uDE00".repeat(65_000))))
                        .denied("too many annotations")
                        .but(TINA, crowds("annotations", Map.of("example.com/pad", "\uD83D\uDE00".repeat(16_000)))),
                row("crowds it out as a tenant", approved(), TINA, crowds("annotations", many(20_000)))
                        .denied("too many annotations"),
                row("crowds it out with labels", approved(), TINA, crowds("labels", many(200)))
                        .denied("too many labels")
                        .but(TINA, crowds("labels", many(100))),
                row(
                                "crowds it out with finalizers",
                                approved(),
                                TINA,
                                keepsFinalizers(
                                        Stream.concat(Stream.of("portcullis.dev/revoke"), many(16).keySet().stream())
                                                .toArray(String[]::new)))
                        .denied("too many finalizers"),
                row(
                                "decides where there is hardly room left",
                                approved().decided(TAYLOR, crowds("annotations", many(119))),
                                OLGA,
                                decides("revoked").reason("x").link("y").metadata("{}"))
                        .leaves(has("portcullis.dev/decision", "revoked")));
    }

    private static List<Row> fixedFields() {
        Given plain = fresh(TAYLOR, agreement -> Manifests.spec(agreement).remove("end"));
        return List.of(
                row("changes the provider", requested(), TAYLOR, sets("provider", Map.of("outputPort", "other")))
                        .invalid("spec.provider", ANOTHER)
                        .but(TAYLOR, sets("suspend", true)),
                row("a tenant changes the beneficiary", requested(), TINA, sets("consumer", Map.of("user", TINA)))
                        .invalid("spec.consumer", ANOTHER)
                        .but(TINA, sets("links", Map.of("a", "b"))),
                row("adds the acting team", requested(), TAYLOR, sets("consumer", Map.of("team", "finance")))
                        .invalid("spec.consumer", ANOTHER),
                row(
                                "an administrator changes the purpose",
                                approved(),
                                ADMIN,
                                sets("purpose", "Something else entirely."))
                        .invalid("spec.purpose", ANOTHER),
                row("changes the end", approved(), TAYLOR, sets("end", "2037-03-31"))
                        .invalid("spec.end", ANOTHER),
                row("removes the end", approved(), TAYLOR, sets("end", null)).invalid("spec.end", ANOTHER),
                row("adds an end", plain, TAYLOR, sets("end", "2037-03-31")).invalid("spec.end", ANOTHER),
                row("adds a start", approved(), TAYLOR, sets("start", "2026-01-01"))
                        .invalid("spec.start", ANOTHER),
                row(
                                "takes a cancellation back",
                                approved().decided(TAYLOR, sets("cancelled", true)),
                                TAYLOR,
                                sets("cancelled", false))
                        .invalid("stays cancelled")
                        .but(approved(), TAYLOR, sets("cancelled", true)),
                row(
                                "names another team, which admission cannot judge",
                                NEW,
                                TAYLOR,
                                creates(
                                        Manifests::agreement,
                                        agreement -> Manifests.with(agreement, "consumer", Map.of("team", "finance"))))
                        .allowed());
    }

    private static List<Row> manifests() {
        Consumer<GenericKubernetesResource> asItWas = manifest -> {};
        return List.of(
                row("replaces by the own manifest before the decision", requested(), TAYLOR, replacesBy(suspended()))
                        .deniedUnlessStamped(
                                NEVER_CHANGES, REQUESTED_BY + ": " + TAYLOR, "kubectl replace needs it in the manifest")
                        .but(TAYLOR, replacesBy(suspended().andThen(whole(Map.of(REQUESTED_BY, TAYLOR)))))
                        .leaves(isWhole()),
                row("replaces by the own manifest after the decision", approved(), TAYLOR, replacesBy(suspended()))
                        .deniedUnlessStamped("may not decide")
                        .leaves(isWhole()
                                .andThen(has("portcullis.dev/decision", "approved"))
                                .andThen(has("portcullis.dev/decided-by", OLGA))
                                .andThen(has("portcullis.dev/recorded-by", OLGA))
                                .andThen(has("portcullis.dev/decision-reason", "fine"))
                                .andThen(has("portcullis.dev/decision-metadata", "{\"a\": 1}"))
                                .andThen(has("portcullis.dev/decision-link", "https://tickets/1"))),
                row(
                                "replaces by the own manifest what was written for another",
                                BY_PORTAL.seen(),
                                PORTAL,
                                replacesBy(whole(Map.of(REQUESTED_BY, BOB)).andThen(suspended())))
                        .deniedUnlessStamped(NEVER_CHANGES, WRITTEN_BY + ": " + PORTAL)
                        .leaves(has(WRITTEN_BY, PORTAL)),
                row(
                                "replaces by the own manifest with a link on it",
                                requested().decided(JIRA, annotates("portcullis.dev/decision-link", "https://t")),
                                TAYLOR,
                                replacesBy(suspended()))
                        .deniedUnlessStamped("may not decide")
                        .leaves(isWhole().andThen(has("portcullis.dev/decision-link", "https://t"))),
                row(
                                "replaces by the own manifest when the decision was refused",
                                Given.refused(),
                                TAYLOR,
                                replacesBy(suspended()))
                        .deniedUnlessStamped("may not decide")
                        .leaves(isWhole()
                                .andThen(has("portcullis.dev/decision", "approved"))
                                .andThen(has("portcullis.dev/decided-by", BOB))),
                row("replaces by another's manifest", approved(), MALLORY, replacesBy(suspended()))
                        .denied(MALLORY),
                row("merges the own manifest before the decision", requested(), TAYLOR, sets("suspend", true))
                        .leaves(isWhole()),
                row("merges the own manifest after the decision", approved(), TAYLOR, sets("suspend", true))
                        .leaves(isWhole().andThen(has("portcullis.dev/decision", "approved"))),
                row(
                                "applies the own manifest, server-side, after the decision",
                                approved(),
                                TAYLOR,
                                applies(Map.of("labels", Map.of("team", "ml"))))
                        .leaves(isWhole().andThen(has("portcullis.dev/decision", "approved"))),
                row(
                                "creates it with the least a client can say",
                                NEW,
                                TAYLOR,
                                createsExactly(Manifests::agreement, asItWas))
                        .deniedUnlessStamped("say who requests", REQUESTED_BY + ": " + TAYLOR)
                        .leaves(isWhole()),
                row(
                                "creates it with a status, owners and finalizers",
                                NEW,
                                TAYLOR,
                                creates(Manifests::agreement, agreement -> {
                                    agreement.setAdditionalProperty(
                                            "status",
                                            Map.of("phase", "Active", "approval", Map.of("status", "Approved")));
                                    agreement.getMetadata().setFinalizers(List.of("example.com/other"));
                                }))
                        .leaves(stored -> {
                            assertThat(stored.getAdditionalProperties()).doesNotContainKey("status");
                            assertThat(stored.getMetadata().getFinalizers()).contains("example.com/other");
                        }),
                row("creates it under a generated name", NEW, TAYLOR, creates(Manifests::agreement, agreement -> {
                            agreement.getMetadata().setGenerateName("generated-");
                            agreement.getMetadata().setName(null);
                        }))
                        .allowed(),
                row("the provider's tenant reads, and cannot replace", approved(), PETRA, replacesBy(asItWas))
                        .noRights("cannot update resource"));
    }

    // ---------------------------------------------------------------------------------------- words

    private static Act creating(String... keysAndValues) {
        return creates(Manifests::agreement, agreement -> {
            Map<String, String> annotations = new HashMap<>();
            for (int i = 0; i < keysAndValues.length; i += 2) {
                annotations.put(keysAndValues[i], keysAndValues[i + 1]);
            }
            Manifests.annotated(agreement, annotations);
        });
    }

    private static Act keepsFinalizers(String... names) {
        return merges(Map.of("metadata", Map.of("finalizers", List.of(names))));
    }

    private static Consumer<GenericKubernetesResource> suspended() {
        return manifest -> Manifests.with(manifest, "suspend", true);
    }

    /** What the manifest must say itself where nobody puts it back. */
    private static Consumer<GenericKubernetesResource> whole(Map<String, String> annotations) {
        return manifest -> {
            Manifests.annotated(manifest, annotations);
            manifest.getMetadata().setFinalizers(List.of("portcullis.dev/revoke"));
        };
    }

    private static Consumer<GenericKubernetesResource> isWhole() {
        return has(REQUESTED_BY, TAYLOR)
                .andThen(stored ->
                        assertThat(stored.getMetadata().getFinalizers()).contains("portcullis.dev/revoke"));
    }

    private static Consumer<GenericKubernetesResource> has(String key, @Nullable String value) {
        return stored -> assertThat(stored.getMetadata().getAnnotations().get(key))
                .as(key)
                .isEqualTo(value);
    }
}
