package dev.portcullis.it.admission;

import static dev.portcullis.it.admission.Act.annotates;
import static dev.portcullis.it.admission.Act.deletes;
import static dev.portcullis.it.admission.Act.deletesCollection;
import static dev.portcullis.it.admission.Act.replacesStatus;
import static dev.portcullis.it.admission.Act.writesStatus;
import static dev.portcullis.it.admission.Given.approved;
import static dev.portcullis.it.admission.Given.existing;
import static dev.portcullis.it.admission.Given.requested;
import static dev.portcullis.it.admission.People.ADMIN;
import static dev.portcullis.it.admission.People.OLGA;
import static dev.portcullis.it.admission.People.OPERATOR;
import static dev.portcullis.it.admission.People.PAM;
import static dev.portcullis.it.admission.People.PAULA;
import static dev.portcullis.it.admission.People.PETRA;
import static dev.portcullis.it.admission.People.TAYLOR;
import static dev.portcullis.it.admission.People.TINA;
import static dev.portcullis.it.admission.Row.row;
import static dev.portcullis.it.admission.Target.Kind.PLATFORM;
import static dev.portcullis.it.admission.Target.Kind.PORT;
import static dev.portcullis.it.admission.Target.Kind.PRODUCT;
import static dev.portcullis.it.admission.Target.Kind.TEAM;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Only the operator writes status, and what is in use is not deleted by mistake. */
final class StatusAndDeletionRows {
    private static final Map<String, ?> APPROVED =
            Map.of("phase", "Active", "active", true, "approval", Map.of("status", "Approved", "workflow", "Manual"));
    private static final Map<String, ?> IN_USE = Map.of("agreements", Map.of("active", 3, "requested", 1));
    private static final Map<String, ?> UNUSED = Map.of("agreements", Map.of("active", 0, "requested", 7));
    private static final Given USED_PORT = existing(PORT).status(IN_USE);
    private static final Given USED_PRODUCT = existing(PRODUCT).status(IN_USE);
    private static final Given USED_PLATFORM = existing(PLATFORM).status(Map.of("ports", 2, "entitlements", 0));

    private StatusAndDeletionRows() {}

    static Stream<Row> rows() {
        return Stream.concat(status().stream(), deletion().stream());
    }

    private static List<Row> status() {
        return List.of(
                row("a tenant approves by writing the status", requested(), TINA, writesStatus(APPROVED))
                        .denied(
                                TINA,
                                "may not write the status of datausageagreements",
                                "the verb patch on datausageagreements/status in all namespaces",
                                "not a Role")
                        .but(OPERATOR),
                row("a tenant replaces the status", requested(), TINA, replacesStatus(APPROVED))
                        .denied("may not write the status of datausageagreements")
                        .but(OPERATOR, writesStatus(APPROVED)),
                row(
                                "a tenant names a decision as refused",
                                approved(),
                                TINA,
                                writesStatus(Map.of("approval", Map.of("refusedDecision", "x"))))
                        .denied("may not write the status")
                        .but(OPERATOR),
                row("the requester writes the status", requested(), TAYLOR, writesStatus(APPROVED))
                        .noRights("cannot patch resource")
                        .but(OPERATOR),
                row("a provider's tenant makes a port look unused", USED_PORT, PETRA, writesStatus(UNUSED))
                        .denied("may not write the status of outputports")
                        .but(OPERATOR),
                row("a provider's tenant makes a product look unused", USED_PRODUCT, PETRA, writesStatus(UNUSED))
                        .denied("may not write the status of dataproducts")
                        .but(OPERATOR),
                row("a tenant writes a platform's status", USED_PLATFORM, TINA, writesStatus(Map.of("ports", 0)))
                        .noRights("cannot patch resource")
                        .but(OPERATOR),
                row(
                                "a tenant writes a team's status",
                                existing(TEAM),
                                TINA,
                                writesStatus(Map.of("observedGeneration", 9)))
                        .noRights("cannot patch resource")
                        .but(OPERATOR),
                row("the requester replaces a status whole", requested(), TAYLOR, replacesStatus(APPROVED))
                        .noRights("cannot update resource")
                        .but(OPERATOR),
                row("a tenant replaces a status whole", requested(), TINA, replacesStatus(APPROVED))
                        .denied("may not write the status")
                        .but(OPERATOR));
    }

    private static List<Row> deletion() {
        return List.of(
                row("deletes a port in use", USED_PORT, PAM, deletes())
                        .denied(
                                "3 approved agreement(s) use output port",
                                "portcullis.dev/allow-delete=true",
                                "the verb approve")
                        .but(existing(PORT).status(UNUSED)),
                row("deletes a port in use, with approve but without saying so", USED_PORT, PAULA, deletes())
                        .denied("portcullis.dev/allow-delete=true")
                        .but(
                                USED_PORT.decided(PAULA, annotates("portcullis.dev/allow-delete", "true")),
                                PAM,
                                deletes()),
                row(
                                "deletes a port in use with a half-hearted yes",
                                USED_PORT.decided(PAULA, annotates("portcullis.dev/allow-delete", "false")),
                                PAULA,
                                deletes())
                        .denied("portcullis.dev/allow-delete=true"),
                row("a provider's tenant deletes a port in use", USED_PORT, PETRA, deletes())
                        .denied("3 approved agreement(s)")
                        .but(
                                PETRA,
                                annotates("portcullis.dev/allow-delete", "true").then(deletes())),
                row("an administrator deletes a port in use", USED_PORT, ADMIN, deletes())
                        .denied("3 approved agreement(s)"),
                row("deletes all ports at once", USED_PORT, PAM, deletesCollection())
                        .denied("3 approved agreement(s)")
                        .but(existing(PORT).status(UNUSED)),
                row("deletes a port that the operator has not seen", existing(PORT), PAM, deletes())
                        .allowed(),
                row("deletes a product in use", USED_PRODUCT, PAM, deletes())
                        .denied(
                                "3 active agreement(s) use output ports of data product",
                                "delete its ports first",
                                "Retired")
                        .but(existing(PRODUCT).status(UNUSED)),
                row("deletes all products at once", USED_PRODUCT, PAM, deletesCollection())
                        .denied("delete its ports first")
                        .but(existing(PRODUCT)),
                row("deletes a platform with ports", USED_PLATFORM, ADMIN, deletes())
                        .denied("in use by 2 output port(s) and 0 entitlement(s)", "delete the ports first")
                        .but(existing(PLATFORM)),
                row(
                                "deletes a platform with grants",
                                existing(PLATFORM).status(Map.of("ports", 0, "entitlements", 5)),
                                ADMIN,
                                deletes())
                        .denied("5 entitlement(s)")
                        .but(existing(PLATFORM).status(Map.of("ports", 0, "entitlements", 0))),
                row("deletes an active agreement, which waits for its revocation", approved(), TAYLOR, deletes())
                        .leaves(stored -> org.assertj.core.api.Assertions.assertThat(
                                        stored.getMetadata().getDeletionTimestamp())
                                .isNotNull()),
                row("an approver deletes all agreements at once", approved(), OLGA, deletesCollection())
                        .noRights("cannot deletecollection resource")
                        .but(TAYLOR));
    }
}
