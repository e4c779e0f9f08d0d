package dev.portcullis.it.admission;

import static dev.portcullis.it.admission.Act.annotates;
import static dev.portcullis.it.admission.Act.appliesNothingAs;
import static dev.portcullis.it.admission.Act.creates;
import static dev.portcullis.it.admission.Act.merges;
import static dev.portcullis.it.admission.Act.sendsJsonPatch;
import static dev.portcullis.it.admission.Act.sets;
import static dev.portcullis.it.admission.Given.existing;
import static dev.portcullis.it.admission.Given.nothing;
import static dev.portcullis.it.admission.People.ADMIN;
import static dev.portcullis.it.admission.People.JIRA;
import static dev.portcullis.it.admission.People.OLGA;
import static dev.portcullis.it.admission.People.PAM;
import static dev.portcullis.it.admission.People.PAULA;
import static dev.portcullis.it.admission.People.PETER;
import static dev.portcullis.it.admission.People.PETRA;
import static dev.portcullis.it.admission.People.TINA;
import static dev.portcullis.it.admission.Row.row;
import static dev.portcullis.it.admission.Target.Kind.PORT;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What opens a port or makes it wider needs the verb that decides; what closes it does not. */
final class PortRows {
    private static final String NEEDS_APPROVE = "the verb approve on outputports in namespace checkout is needed";
    private static final Map<String, Object> ORDERS = Map.of("name", "orders");
    private static final Map<String, Object> ITEMS =
            Map.of("name", "items", "columns", List.of("id", "sku", "quantity"));
    private static final Given AS_IT_IS = existing(PORT);
    /** PETER approves for orders-v1 alone. */
    private static final Given PETERS = cluster -> {
        Target orders = new Target(PORT, "checkout", "orders-v1");
        if (cluster.found(orders) != null) {
            Act.deletes().by(ADMIN, orders, cluster);
        }
        return cluster.create(ADMIN, PORT, Manifests.port("orders-v1"));
    };

    private static final Given OPEN = existing(PORT, spec("autoApprove", true));
    private static final Given FOLLOWING = existing(PORT, spec("changes", "Follow"));
    private static final Given EXTERNAL = existing(PORT, spec("workflow", "External"));
    private static final Given FILTERED = existing(
            PORT,
            port -> Manifests.with(
                    port,
                    "postgresql",
                    Map.of(
                            "database",
                            "shop",
                            "schema",
                            "sales",
                            "tables",
                            List.of(ORDERS),
                            "rowFilters",
                            List.of(filter("eu-only", "country = 'DE'"), filter("cheap", "amount < 1000")))));
    private static final Given DELETABLE = AS_IT_IS.decided(ADMIN, annotates("portcullis.dev/allow-delete", "true"));

    private PortRows() {}

    static Stream<Row> rows() {
        return Stream.of(opening(), widening(), closing()).flatMap(List::stream);
    }

    private static List<Row> opening() {
        return List.of(
                row("switches autoApprove on", AS_IT_IS, PAM, sets("autoApprove", true))
                        .denied(PAM, "may not open output port", "autoApprove on", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "creates a port with autoApprove",
                                nothing(PORT),
                                PAM,
                                creates(Manifests::port, spec("autoApprove", true)))
                        .denied("autoApprove on", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "creates a port anew with autoApprove",
                                AS_IT_IS.decided(PAM, Act.deletes()),
                                PAM,
                                creates(Manifests::port, spec("autoApprove", true)))
                        .denied("autoApprove on", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "creates a port that approves nothing by itself",
                                nothing(PORT),
                                PAM,
                                creates(Manifests::port, port -> {}))
                        .allowed(),
                row(
                                "creates a port with autoApprove under a generated name",
                                nothing(PORT),
                                PETER,
                                creates(
                                        Manifests::port,
                                        spec("autoApprove", true).andThen(port -> {
                                            port.getMetadata().setGenerateName("orders-v1-");
                                            port.getMetadata().setName(null);
                                        })))
                        .denied(NEEDS_APPROVE),
                row("opens another port than one's own", AS_IT_IS, PETER, sets("autoApprove", true))
                        .denied(NEEDS_APPROVE)
                        .but(PETERS, PETER, sets("autoApprove", true)),
                row("switches containsPii off", AS_IT_IS, PAM, sets("containsPii", false))
                        .denied("containsPii off", NEEDS_APPROVE)
                        .but(PAULA),
                row("removes containsPii", AS_IT_IS, PAM, sets("containsPii", null))
                        .denied("containsPii off", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "does all of it at once",
                                AS_IT_IS,
                                PAM,
                                merges(Map.of(
                                        "spec",
                                        Map.of("autoApprove", true, "containsPii", false, "workflow", "External"))))
                        .denied("autoApprove on, containsPii off, workflow External", NEEDS_APPROVE)
                        .but(PAULA),
                row("lets who has access have what is added later", AS_IT_IS, PAM, sets("changes", "Follow"))
                        .denied("changes Follow", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "creates a port whose additions will be for all",
                                nothing(PORT),
                                PAM,
                                creates(Manifests::port, spec("changes", "Follow")))
                        .allowed(),
                row("hands the decision to another system", AS_IT_IS, PAM, sets("workflow", "External"))
                        .denied("workflow External", NEEDS_APPROVE)
                        .but(PAULA),
                row("takes the decision from the other system", EXTERNAL, PAM, sets("workflow", "Manual"))
                        .denied(
                                "out of the External workflow",
                                "the verb decide on outputports in namespace checkout is needed")
                        .but(PETRA),
                row(
                                "takes the decision from the other system with approve only",
                                EXTERNAL,
                                PAULA,
                                sets("workflow", "Manual"))
                        .denied("the verb decide")
                        .but(PETRA),
                row("removes the workflow, which makes it Manual", EXTERNAL, PAULA, sets("workflow", null))
                        .denied("the verb decide")
                        .but(PETRA),
                row("mistypes the annotation", AS_IT_IS, PAULA, annotates("portcullis.dev/allow-delet", "true"))
                        .denied(
                                "there is no annotation portcullis.dev/allow-delet",
                                "takes portcullis.dev/allow-delete"),
                row("mistypes it in capitals", AS_IT_IS, PAULA, annotates("Portcullis.dev/allow-delete", "true"))
                        .denied("there is no annotation Portcullis.dev/allow-delete"),
                row("says yes", AS_IT_IS, PAULA, annotates("portcullis.dev/allow-delete", "yes"))
                        .denied("portcullis.dev/allow-delete is true or false, not \"yes\""),
                row("allows it to be deleted", AS_IT_IS, PAM, annotates("portcullis.dev/allow-delete", "true"))
                        .denied("may not set portcullis.dev/allow-delete", "revokes everybody", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "creates a port that may be deleted",
                                nothing(PORT),
                                PAM,
                                creates(
                                        Manifests::port,
                                        port -> Manifests.annotated(
                                                port, Map.of("portcullis.dev/allow-delete", "true"))))
                        .denied("portcullis.dev/allow-delete", NEEDS_APPROVE)
                        .but(PAULA),
                row("opens a port of another namespace", AS_IT_IS, TINA, sets("autoApprove", true))
                        .noRights("cannot patch resource")
                        .but(PETRA),
                row("an approver who does not maintain the port opens it", AS_IT_IS, OLGA, sets("autoApprove", true))
                        .noRights("cannot patch resource")
                        .but(PAULA),
                row("a ticket system opens a port", AS_IT_IS, JIRA, sets("autoApprove", true))
                        .noRights("cannot patch resource")
                        .but(PAULA));
    }

    private static List<Row> widening() {
        return List.of(
                row("adds a table", AS_IT_IS, PAM, tables(ORDERS, ITEMS, Map.of("name", "customers")))
                        .denied("may not widen output port", "tables or columns added: customers", NEEDS_APPROVE)
                        .but(PAULA),
                row("adds a column", AS_IT_IS, PAM, tables(ORDERS, items("id", "sku", "quantity", "price")))
                        .denied("tables or columns added: items", NEEDS_APPROVE)
                        .but(PAULA),
                row("swaps a column", AS_IT_IS, PAM, tables(ORDERS, items("id", "sku", "price")))
                        .denied("items", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "removes the columns, which gives the whole table",
                                AS_IT_IS,
                                PAM,
                                tables(ORDERS, Map.of("name", "items")))
                        .denied("items", NEEDS_APPROVE)
                        .but(PAULA),
                row("swaps a table", AS_IT_IS, PAM, tables(Map.of("name", "customers"), ITEMS))
                        .denied("customers", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "adds a table by JSON patch",
                                AS_IT_IS,
                                PAM,
                                sendsJsonPatch(
                                        "[{\"op\": \"add\", \"path\": \"/spec/postgresql/tables/-\", \"value\": {\"name\": \"customers\"}}]"))
                        .denied("customers", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "adds a table with a name of two lines",
                                AS_IT_IS,
                                PAM,
                                tables(ORDERS, ITEMS, Map.of("name", "a\nb")))
                        .denied("the verb approve on the output port is needed"),
                row(
                                "adds many tables",
                                AS_IT_IS,
                                PAM,
                                tables(Stream.concat(
                                                Stream.of(ORDERS, ITEMS),
                                                Stream.iterate(0, i -> i + 1)
                                                        .limit(198)
                                                        .map(i -> Map.<String, Object>of("name", "t" + i)))
                                        .toList()))
                        .denied("198 tables", NEEDS_APPROVE)
                        .but(PAULA),
                row("adds a row filter", AS_IT_IS, PAM, filters(filter("eu-only", "country = 'DE'")))
                        .denied("may not add or change row filters of output port", "(eu-only)", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "adds a row filter to others",
                                FILTERED,
                                PAM,
                                filters(
                                        filter("eu-only", "country = 'DE'"),
                                        filter("cheap", "amount < 1000"),
                                        filter("rich", "salary > 100000")))
                        .denied("(rich)", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "changes the text of a row filter",
                                FILTERED,
                                PAM,
                                filters(filter("eu-only", "id IS NOT NULL"), filter("cheap", "amount < 1000")))
                        .denied("(eu-only)", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "swaps the texts of two row filters",
                                FILTERED,
                                PAM,
                                filters(filter("cheap", "country = 'DE'"), filter("eu-only", "amount < 1000")))
                        .denied("cheap, eu-only", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "changes a row filter by JSON patch",
                                FILTERED,
                                PAM,
                                sendsJsonPatch(
                                        "[{\"op\": \"replace\", \"path\": \"/spec/postgresql/rowFilters/0/where\", \"value\": \"id > 0\"}]"))
                        .denied("(eu-only)", NEEDS_APPROVE)
                        .but(PAULA),
                row(
                                "adds many row filters",
                                AS_IT_IS,
                                PAM,
                                filters(Stream.iterate(0, i -> i + 1)
                                        .limit(64)
                                        .map(i -> filter("f" + i, "id > " + "1".repeat(1000)))
                                        .toList()))
                        .denied("64 filters", NEEDS_APPROVE)
                        .but(PAULA),
                row("moves the port to another schema", AS_IT_IS, PAULA, sets("postgresql", Map.of("schema", "secret")))
                        .invalid("database and schema are fixed"),
                row("moves the port to another platform", AS_IT_IS, PAULA, sets("platform", "other"))
                        .invalid("spec.platform is fixed"));
    }

    private static List<Row> closing() {
        return List.of(
                row("switches autoApprove off", OPEN, PAM, sets("autoApprove", false))
                        .allowed(),
                row("keeps who has access to what was asked for", FOLLOWING, PAM, sets("changes", "Snapshot"))
                        .allowed(),
                row("says annotations and labels, and none", AS_IT_IS, PAM, appliesNothingAs("annotations", "labels"))
                        .allowed(),
                row("leaves changes as they are", FOLLOWING, PAM, sets("description", "x"))
                        .allowed(),
                row(
                                "adds a table for all who have access",
                                FOLLOWING,
                                PAM,
                                tables(ORDERS, ITEMS, Map.of("name", "customers")))
                        .denied("tables or columns added: customers", NEEDS_APPROVE)
                        .but(PAULA),
                row("leaves autoApprove on", OPEN, PAM, sets("description", "x"))
                        .allowed(),
                row(
                                "marks it as personal data",
                                existing(PORT, spec("containsPii", false)),
                                PAM,
                                sets("containsPii", true))
                        .allowed(),
                row("takes a table off", AS_IT_IS, PAM, tables(ORDERS)).allowed(),
                row("takes a column off", AS_IT_IS, PAM, tables(ORDERS, items("id", "sku")))
                        .allowed(),
                row(
                                "narrows a whole table to columns",
                                AS_IT_IS,
                                PAM,
                                tables(Map.of("name", "orders", "columns", List.of("id")), ITEMS))
                        .allowed(),
                row("changes the order", AS_IT_IS, PAM, tables(items("quantity", "sku", "id"), ORDERS))
                        .allowed(),
                row("takes a row filter off", FILTERED, PAM, filters(filter("cheap", "amount < 1000")))
                        .allowed(),
                row(
                                "takes all row filters off",
                                FILTERED,
                                PAM,
                                sendsJsonPatch("[{\"op\": \"remove\", \"path\": \"/spec/postgresql/rowFilters\"}]"))
                        .allowed(),
                row(
                                "changes the order of row filters",
                                FILTERED,
                                PAM,
                                filters(filter("cheap", "amount < 1000"), filter("eu-only", "country = 'DE'")))
                        .allowed(),
                row("suspends it", AS_IT_IS, PAM, sets("suspend", true)).allowed(),
                row("takes the suspension off", existing(PORT, spec("suspend", true)), PAM, sets("suspend", false))
                        .allowed(),
                row("retires it", AS_IT_IS, PAM, sets("lifecycle", "Retired")).allowed(),
                row("forbids deletion again", DELETABLE, PAM, annotates("portcullis.dev/allow-delete", null))
                        .allowed(),
                row(
                                "says that deletion is not allowed",
                                AS_IT_IS,
                                PAM,
                                annotates("portcullis.dev/allow-delete", "false"))
                        .allowed());
    }

    // ---------------------------------------------------------------------------------------- words

    private static Consumer<GenericKubernetesResource> spec(String field, Object value) {
        return port -> Manifests.with(port, field, value);
    }

    private static Map<String, Object> items(String... columns) {
        return Map.of("name", "items", "columns", List.of(columns));
    }

    @SafeVarargs
    private static Act tables(Map<String, Object>... tables) {
        return tables(List.of(tables));
    }

    private static Map<String, Object> filter(String name, String where) {
        return Map.of("name", name, "where", where);
    }

    @SafeVarargs
    private static Act filters(Map<String, Object>... filters) {
        return filters(List.of(filters));
    }

    private static Act filters(List<Map<String, Object>> filters) {
        return sets("postgresql", Map.of("rowFilters", filters));
    }

    private static Act tables(List<Map<String, Object>> tables) {
        return sets("postgresql", Map.of("tables", tables));
    }
}
