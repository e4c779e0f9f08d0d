package dev.portcullis.it.admission;

import static dev.portcullis.it.admission.Act.annotates;
import static dev.portcullis.it.admission.Act.appliesAll;
import static dev.portcullis.it.admission.Act.cascades;
import static dev.portcullis.it.admission.Act.createsExactly;
import static dev.portcullis.it.admission.Act.deletes;
import static dev.portcullis.it.admission.Act.deletesCollection;
import static dev.portcullis.it.admission.Act.labels;
import static dev.portcullis.it.admission.Act.merges;
import static dev.portcullis.it.admission.Act.sendsJsonPatch;
import static dev.portcullis.it.admission.Act.sets;
import static dev.portcullis.it.admission.Act.updates;
import static dev.portcullis.it.admission.Act.writesStatus;
import static dev.portcullis.it.admission.Act.writesStatusAnd;
import static dev.portcullis.it.admission.Given.existing;
import static dev.portcullis.it.admission.Given.nothing;
import static dev.portcullis.it.admission.People.ADMIN;
import static dev.portcullis.it.admission.People.COLLECTOR;
import static dev.portcullis.it.admission.People.CONTROLLER;
import static dev.portcullis.it.admission.People.OPERATOR;
import static dev.portcullis.it.admission.People.PAM;
import static dev.portcullis.it.admission.People.PAULA;
import static dev.portcullis.it.admission.People.PETRA;
import static dev.portcullis.it.admission.Row.row;
import static dev.portcullis.it.admission.Target.Kind.GRANT;
import static dev.portcullis.it.admission.Target.Kind.PORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Only the operator writes AccessGrants, only their controller answers, and none goes before it has. Ports that offer external objects are like others. */
final class GrantRows {
    private static final String NEEDS_APPROVE = "the verb approve on outputports in namespace checkout is needed";
    private static final String NOT_YOURS = "may not write or delete AccessGrants: only the operator does";
    private static final String NOT_GONE = "goes when the grant controller has said Revoked after the deletion";

    private static final Given THERE = existing(GRANT);
    private static final Given LEAVING = THERE.decided(OPERATOR, deletes());
    private static final String OURS = "portcullis.dev/external";
    private static final Given LEAVING_IN_FOREGROUND = THERE.decided(ADMIN, cascades("Foreground"));
    private static final Given LEAVING_ALONE = THERE.decided(ADMIN, cascades("Orphan"));
    private static final Act DROPS_FINALIZER =
            sendsJsonPatch("[{\"op\": \"remove\", \"path\": \"/metadata/finalizers\"}]");

    private static final Given EXTERNAL_PORT =
            cluster -> cluster.create(ADMIN, PORT, Manifests.externalPort(cluster.freshName()));
    private static final Map<String, Object> ORDERS = Map.of("name", "topics/orders");
    private static final Map<String, Object> ITEMS =
            Map.of("name", "topics/items", "parts", List.of("id", "sku", "quantity"));

    private GrantRows() {}

    static Stream<Row> rows() {
        return Stream.of(writing(), answering(), ending(), collecting(), widening())
                .flatMap(List::stream);
    }

    private static Map<String, ?> answer(String state, int generation) {
        return Map.of(
                "observedGeneration",
                generation,
                "state",
                state,
                "conditions",
                List.of(Map.of(
                        "type",
                        "Granted",
                        "status",
                        state.equals("Granted") ? "True" : "False",
                        "reason",
                        state,
                        "message",
                        "as it is",
                        "lastTransitionTime",
                        "2026-11-22T12:00:00Z")));
    }

    private static List<Row> writing() {
        return List.of(
                row(
                                "a provider's tenant grants access without an agreement",
                                nothing(GRANT),
                                PETRA,
                                createsExactly(Manifests::grant, grant -> {}))
                        .denied(PETRA, NOT_YOURS, "the verb grant on accessgrants in all namespaces")
                        .but(OPERATOR),
                row("a provider's tenant applies one", nothing(GRANT), PETRA, appliesAll(Manifests::grant))
                        .denied(NOT_YOURS),
                row(
                                "who maintains ports grants access",
                                nothing(GRANT),
                                PAULA,
                                createsExactly(Manifests::grant, grant -> {}))
                        .noRights("cannot create resource"),
                row(
                                "the controller grants access by itself",
                                nothing(GRANT),
                                CONTROLLER,
                                createsExactly(Manifests::grant, grant -> {}))
                        .noRights("cannot create resource"),
                row(
                                "the operator forgets the finalizer",
                                nothing(GRANT),
                                OPERATOR,
                                createsExactly(
                                        Manifests::grant,
                                        grant -> grant.getMetadata().setFinalizers(List.of())))
                        .denied("is created with the finalizer portcullis.dev/external")
                        .but(OPERATOR, createsExactly(Manifests::grant, grant -> {})),
                row("a tenant changes the agreements", THERE, PETRA, sets("agreements", List.of()))
                        .denied(NOT_YOURS),
                row("a tenant labels it as another port's", THERE, PETRA, labels("portcullis.dev/platform", "x"))
                        .denied(NOT_YOURS)
                        .but(OPERATOR),
                row("a tenant annotates it", THERE, PETRA, annotates("example.com/x", "y"))
                        .denied(NOT_YOURS),
                row(
                                "a tenant puts it back changed",
                                THERE,
                                PETRA,
                                updates(grant -> Manifests.spec(grant).put("agreements", List.of())))
                        .denied(NOT_YOURS),
                row("the operator gives it to somebody else", THERE, OPERATOR, sets("principal", "mallory"))
                        .invalid("never changes, but for spec.agreements"),
                row("the operator adds an object", THERE, OPERATOR, sets("objects", List.of(ORDERS, ITEMS)))
                        .invalid("never changes, but for spec.agreements")
                        .but(
                                OPERATOR,
                                sets(
                                        "agreements",
                                        List.of(Map.of(
                                                "namespace",
                                                "marketing",
                                                "name",
                                                "a",
                                                "uid",
                                                "1",
                                                "purpose",
                                                "To see.")))));
    }

    private static List<Row> answering() {
        return List.of(
                row("a provider's tenant says that it is granted", THERE, PETRA, writesStatus(answer("Granted", 1)))
                        .denied(
                                "may not write the status of accessgrants: only their grant controller does",
                                "the verb patch on accessgrants/status in all namespaces")
                        .but(CONTROLLER),
                row("a provider's tenant says that it is gone", LEAVING, PETRA, writesStatus(answer("Revoked", 2)))
                        .denied("may not write the status of accessgrants")
                        .but(CONTROLLER),
                row("the operator answers for the controller", LEAVING, OPERATOR, writesStatus(answer("Revoked", 2)))
                        .noRights("cannot patch resource"),
                row(
                                "the controller says that it is gone and nobody ended it",
                                THERE,
                                CONTROLLER,
                                writesStatus(answer("Revoked", 1)))
                        .denied("Revoked answers the deletion of an AccessGrant")
                        .but(LEAVING),
                row("the controller answers the future", THERE, CONTROLLER, writesStatus(answer("Granted", 2)))
                        .denied("there is none so high yet")
                        .but(CONTROLLER, writesStatus(answer("Granted", 1))),
                row(
                                "the controller changes more than the status with its answer",
                                LEAVING,
                                CONTROLLER,
                                writesStatusAnd(
                                        answer("Pending", 2),
                                        Map.of("finalizers", List.of(), "labels", Map.of("a", "b"))))
                        .leaves(stored -> {
                            assertThat(stored.getMetadata().getFinalizers()).containsExactly(OURS);
                            assertThat(stored.getMetadata().getLabels()).isNullOrEmpty();
                        }),
                row(
                                "the condition says something else than the state",
                                THERE.status(answer("Granted", 1)),
                                CONTROLLER,
                                writesStatus(Map.of("state", "Refused")))
                        .invalid("status.conditions has one of type Granted")
                        .but(CONTROLLER, writesStatus(answer("Refused", 1))));
    }

    private static List<Row> ending() {
        return List.of(
                row("a provider's tenant ends it", THERE, PETRA, deletes())
                        .denied(NOT_YOURS)
                        .but(OPERATOR),
                row("a provider's tenant ends all", THERE, PETRA, deletesCollection())
                        .denied(NOT_YOURS),
                row("the controller ends it", THERE, CONTROLLER, deletes()).noRights("cannot delete resource"),
                row("a tenant takes the finalizer off", LEAVING, PETRA, DROPS_FINALIZER)
                        .denied(NOT_YOURS)
                        .but(LEAVING.status(answer("Revoked", 2)), OPERATOR, DROPS_FINALIZER),
                row("the controller takes the finalizer off", LEAVING, CONTROLLER, DROPS_FINALIZER)
                        .noRights("cannot patch resource"),
                row("the operator releases without an answer", LEAVING, OPERATOR, DROPS_FINALIZER)
                        .denied(NOT_GONE)
                        .but(ADMIN),
                row(
                                "the operator releases what is still granted",
                                LEAVING.status(answer("Granted", 2)),
                                OPERATOR,
                                DROPS_FINALIZER)
                        .denied(NOT_GONE),
                row(
                                "the operator releases what the controller will not take away",
                                LEAVING.status(answer("Refused", 2)),
                                OPERATOR,
                                DROPS_FINALIZER)
                        .denied(NOT_GONE)
                        .but(LEAVING.status(answer("Revoked", 2))),
                row(
                                "the operator takes the finalizer off what nobody ended",
                                THERE.status(answer("Granted", 1)),
                                OPERATOR,
                                DROPS_FINALIZER)
                        .denied(NOT_GONE),
                row(
                                "the controller says that it is gone before it saw the deletion",
                                LEAVING.status(answer("Revoked", 1)),
                                OPERATOR,
                                DROPS_FINALIZER)
                        .denied(NOT_GONE));
    }

    /** What holds the object besides our finalizer goes as it would anywhere; ours waits for the answer. */
    private static List<Row> collecting() {
        Given others = existing(GRANT, grant -> grant.getMetadata().setFinalizers(List.of(OURS, "example.com/audit")))
                .decided(OPERATOR, deletes());
        return List.of(
                row(
                                "the garbage collector ends a deletion in the foreground",
                                LEAVING_IN_FOREGROUND,
                                COLLECTOR,
                                holds(OURS))
                        .leaves(stored ->
                                assertThat(stored.getMetadata().getFinalizers()).containsExactly(OURS)),
                row("the garbage collector ends a deletion that leaves orphans", LEAVING_ALONE, COLLECTOR, holds(OURS))
                        .leaves(stored ->
                                assertThat(stored.getMetadata().getFinalizers()).containsExactly(OURS)),
                row(
                                "the garbage collector takes ours off with it",
                                LEAVING_IN_FOREGROUND,
                                COLLECTOR,
                                sendsJsonPatch("[{\"op\": \"remove\", \"path\": \"/metadata/finalizers\"}]"))
                        .denied(NOT_YOURS)
                        .but(COLLECTOR, holds(OURS)),
                row(
                                "a tenant changes labels with it",
                                LEAVING_IN_FOREGROUND,
                                PETRA,
                                merges(Map.of(
                                        "metadata", Map.of("finalizers", List.of(OURS), "labels", Map.of("a", "b")))))
                        .denied(NOT_YOURS)
                        .but(PETRA, holds(OURS)),
                row("a tenant takes another's finalizer off", others, PETRA, holds(OURS))
                        .denied(NOT_YOURS)
                        .but(OPERATOR),
                row(
                                "the operator releases what another holds too",
                                others.status(answer("Revoked", 2)),
                                OPERATOR,
                                holds("example.com/audit"))
                        .allowed());
    }

    private static Act holds(String... finalizers) {
        return merges(Map.of("metadata", Map.of("finalizers", List.of(finalizers))));
    }

    /** As with tables and columns. */
    private static List<Row> widening() {
        List<Row> rows = new ArrayList<>();
        rows.add(row("adds an object", EXTERNAL_PORT, PAM, offers(ORDERS, ITEMS, Map.of("name", "topics/customers")))
                .denied(PAM, "may not widen output port", "objects or parts added: topics/customers", NEEDS_APPROVE)
                .but(PAULA));
        rows.add(row(
                        "adds a part",
                        EXTERNAL_PORT,
                        PAM,
                        offers(ORDERS, Map.of("name", "topics/items", "parts", List.of("id", "price"))))
                .denied("objects or parts added: topics/items", NEEDS_APPROVE)
                .but(PAULA));
        rows.add(row("offers the whole object", EXTERNAL_PORT, PAM, offers(ORDERS, Map.of("name", "topics/items")))
                .denied("objects or parts added: topics/items", NEEDS_APPROVE)
                .but(PAULA));
        rows.add(row(
                        "offers another object instead",
                        EXTERNAL_PORT,
                        PAM,
                        offers(Map.of("name", "topics/customers"), ITEMS))
                .denied("objects or parts added: topics/customers", NEEDS_APPROVE)
                .but(PAULA));
        rows.add(row("takes an object off", EXTERNAL_PORT, PAM, offers(ITEMS)).allowed());
        rows.add(row(
                        "takes parts off",
                        EXTERNAL_PORT,
                        PAM,
                        offers(ITEMS, Map.of("name", "topics/orders", "parts", List.of("id"))))
                .allowed());
        rows.add(row("writes them in another order", EXTERNAL_PORT, PAM, offers(ITEMS, ORDERS))
                .allowed());
        rows.add(row(
                        "offers tables instead",
                        EXTERNAL_PORT,
                        PAULA,
                        merges(Map.of(
                                "spec", Act.map("external", null), "metadata", Map.of("labels", Map.of("a", "b")))))
                .invalid("one of spec.postgresql and spec.external is required"));
        return rows;
    }

    private static Act offers(Object... objects) {
        return sets("external", Map.of("objects", List.of(objects)));
    }
}
