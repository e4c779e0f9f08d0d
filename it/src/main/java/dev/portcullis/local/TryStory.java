package dev.portcullis.local;

import dev.portcullis.api.agreement.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The quickstart as a story: every command is run as it is shown, every query is a consumer's own session, and every
 * sentence marked ok was checked.
 */
final class TryStory {
    private static final String SAMPLES = "samples/quickstart/";
    private static final String ITEMS = "SELECT count(*), sum(quantity) FROM sales.order_items";
    private static final String PRICES = "SELECT max(price) FROM sales.order_items";
    private static final String ORDERS = "SELECT count(*) FROM sales.orders";
    private static final String CUSTOMERS = "SELECT count(*) FROM sales.customers";

    private final TryCluster cluster;
    private final TryConsole console;
    private final StoryCommands commands;
    private final StoryQueries queries;
    private final StoryAgreements agreements;

    TryStory(TryCluster cluster, TryConsole console) {
        this.cluster = cluster;
        this.console = console;
        this.commands = new StoryCommands(cluster, console);
        this.queries = new StoryQueries(cluster.shop(), console);
        this.agreements = new StoryAgreements(cluster, console);
    }

    void tell() {
        forgetEarlierTelling();
        offered();
        denied();
        automatic();
        sameTeam();
        requested();
        forged();
        try (Connection open = approved()) {
            revoked(open);
        } catch (SQLException e) {
            throw new StepFailed("the session of taylor: " + e.getMessage());
        }
        end();
    }

    // ---------------------------------------------------------------------------------------- the steps

    private void offered() {
        console.step("What is offered");
        console.text(
                "PostgreSQL is registered as the DataPlatform warehouse. Team checkout offers the data product orders,\n"
                        + "with two output ports; team marketing has nothing yet.");
        commands.run("you", "get dataplatforms,teams");
        commands.run("you", "get dp,port -n checkout");
        console.expect("the platform is ready", "True, ...", cluster.platform("warehouse"), s -> s.startsWith("True"));
        for (String port : List.of("orders-v1", "order-items-v1")) {
            console.expect(
                    "port " + port + " is ready",
                    "True, ...",
                    cluster.port("checkout", port),
                    s -> s.startsWith("True"));
        }
    }

    private void denied() {
        console.step("Nobody reads what was not granted");
        queries.refused("taylor", ITEMS);
        queries.refused("taylor", ORDERS);
    }

    private void automatic() {
        console.step("An agreement that a rule approves");
        console.text("Taylor, of marketing, asks for the order items. The port says autoApprove.");
        apply("taylor", "60-agreement-auto-approved.yaml", "marketing", "basket-items", Phase.Active);
        agreements.decidedBy("marketing", "basket-items", "auto-approve");
        queries.answered("taylor", ITEMS);
        console.text("Exactly what the port names: not its other columns, not other tables, not other people.");
        queries.refused("taylor", PRICES);
        queries.refused("taylor", ORDERS);
        queries.refused("quinn", ITEMS);
        queries.memberships();
    }

    private void sameTeam() {
        console.step("A team's own data");
        console.text(
                "Robin, of checkout, asks for checkout's own orders. The port is manual, but nobody has to be asked.");
        apply("robin", "61-agreement-same-team.yaml", "checkout", "own-orders", Phase.Active);
        agreements.decidedBy("checkout", "own-orders", "same-team");
        queries.answered("robin", ORDERS);
        queries.refused("robin", CUSTOMERS);
    }

    private void requested() {
        console.step("An agreement that waits for a person");
        console.text("Taylor asks for the orders, too. This port's workflow is Manual.");
        apply("taylor", "62-agreement-manual.yaml", "marketing", "churn-orders", Phase.Requested);
        queries.refused("taylor", ORDERS);
    }

    private void forged() {
        console.step("Nobody approves who may not");
        console.text("Taylor tries it, in the own name and in Olga's.");
        commands.refused(
                "taylor",
                "annotate --as taylor@example.com -n marketing dua churn-orders portcullis.dev/decision=approved",
                "may not decide");
        commands.refused(
                "taylor",
                "annotate --as taylor@example.com -n marketing dua churn-orders portcullis.dev/decision=approved"
                        + " portcullis.dev/decided-by=olga@example.com",
                "agreements.portcullis.dev");
        agreements.isStill("marketing", "churn-orders", Phase.Requested);
        queries.refused("taylor", ORDERS);
    }

    private Connection approved() throws SQLException {
        console.step("The approver decides");
        long from = System.nanoTime();
        commands.run(
                "olga",
                "annotate --as olga@example.com -n marketing dua churn-orders portcullis.dev/decision=approved"
                        + " portcullis.dev/decision-reason=\"fits the purpose\"");
        agreements.becomes("marketing", "churn-orders", Phase.Active, from);
        agreements.decidedBy("marketing", "churn-orders", "olga@example.com");
        queries.answered("taylor", ORDERS);
        queries.refused("taylor", CUSTOMERS);
        return queries.session("taylor");
    }

    private void revoked(Connection open) throws SQLException {
        console.step("And takes it back");
        queries.answeredIn(open, ORDERS);
        long from = System.nanoTime();
        commands.run(
                "olga",
                "annotate --overwrite --as olga@example.com -n marketing dua churn-orders"
                        + " portcullis.dev/decision=revoked portcullis.dev/decision-reason=\"the campaign is over\"");
        agreements.becomesRevoked("marketing", "churn-orders", from);
        queries.refused("taylor", ORDERS);
        queries.refusedIn(open, "taylor", ORDERS);
        console.text("The other agreement is not touched:");
        queries.answered("taylor", ITEMS);
        queries.memberships();
    }

    private void end() {
        console.step("What is left: a record of who decided what, when and why");
        commands.run("you", "get dua -A -o wide");
        agreements.decisionsAre(
                "marketing",
                "churn-orders",
                "both decisions are on record, each with its own reason",
                "approved: fits the purpose, revoked: the campaign is over");
    }

    // ---------------------------------------------------------------------------------------- around them

    private void forgetEarlierTelling() {
        boolean again = agreements.exists("marketing", "basket-items")
                || agreements.exists("marketing", "churn-orders")
                || agreements.exists("checkout", "own-orders");
        if (again) {
            console.line("");
            console.text("The story was told here before: its agreements go first.");
            commands.run("you", "delete dua -n marketing basket-items churn-orders --ignore-not-found --timeout=30s");
            commands.run("you", "delete dua -n checkout own-orders --ignore-not-found --timeout=30s");
        }
    }

    private void apply(String who, String file, String namespace, String name, Phase wanted) {
        try {
            console.output(Files.readString(Checkout.root().resolve(SAMPLES + file))
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("apiVersion:"))
                    .collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long from = System.nanoTime();
        commands.run(who, "apply --as " + who + "@example.com -f " + SAMPLES + file);
        agreements.becomes(namespace, name, wanted, from);
    }
}
