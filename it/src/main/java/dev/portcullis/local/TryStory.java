package dev.portcullis.local;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The quickstart as a story: every command is run as it is shown, every query is a consumer's own session, and every
 * sentence marked ok was checked.
 */
final class TryStory {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration EVENTS = Duration.ofSeconds(5);
    private static final String SAMPLES = "samples/quickstart/";
    private static final String ITEMS = "SELECT count(*), sum(quantity) FROM sales.order_items";
    private static final String PRICES = "SELECT max(price) FROM sales.order_items";
    private static final String ORDERS = "SELECT count(*) FROM sales.orders";
    private static final String CUSTOMERS = "SELECT count(*) FROM sales.customers";

    private final TryCluster cluster;
    private final TryConsole console;
    private final ShopDatabase shop;
    private final Set<String> toldEvents = new HashSet<>();

    TryStory(TryCluster cluster, TryConsole console) {
        this.cluster = cluster;
        this.console = console;
        this.shop = cluster.shop();
    }

    /** Something in the story was not as it has to be. */
    static final class StepFailed extends IllegalStateException {
        private static final long serialVersionUID = 1;

        StepFailed(String message) {
            super(message);
        }
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
        run("you", "get dataplatforms,teams");
        run("you", "get dp,port -n checkout");
        expect("the platform is ready", "True, ...", cluster.platform("warehouse"), s -> s.startsWith("True"));
        for (String port : List.of("orders-v1", "order-items-v1")) {
            expect(
                    "port " + port + " is ready",
                    "True, ...",
                    cluster.port("checkout", port),
                    s -> s.startsWith("True"));
        }
    }

    private void denied() {
        console.step("Nobody reads what was not granted");
        refusedQuery("taylor", ITEMS);
        refusedQuery("taylor", ORDERS);
    }

    private void automatic() {
        console.step("An agreement that a rule approves");
        console.text("Taylor, of marketing, asks for the order items. The port says autoApprove.");
        apply("taylor", "60-agreement-auto-approved.yaml", "marketing", "basket-items", Phase.Active);
        decidedBy("marketing", "basket-items", "auto-approve");
        answeredQuery("taylor", ITEMS);
        console.text("Exactly what the port names: not its other columns, not other tables, not other people.");
        refusedQuery("taylor", PRICES);
        refusedQuery("taylor", ORDERS);
        refusedQuery("quinn", ITEMS);
        memberships();
    }

    private void sameTeam() {
        console.step("A team's own data");
        console.text(
                "Robin, of checkout, asks for checkout's own orders. The port is manual, but nobody has to be asked.");
        apply("robin", "61-agreement-same-team.yaml", "checkout", "own-orders", Phase.Active);
        decidedBy("checkout", "own-orders", "same-team");
        answeredQuery("robin", ORDERS);
        refusedQuery("robin", CUSTOMERS);
    }

    private void requested() {
        console.step("An agreement that waits for a person");
        console.text("Taylor asks for the orders, too. This port's workflow is Manual.");
        apply("taylor", "62-agreement-manual.yaml", "marketing", "churn-orders", Phase.Requested);
        refusedQuery("taylor", ORDERS);
    }

    private void forged() {
        console.step("Nobody approves who may not");
        console.text("Taylor tries it, in the own name and in Olga's.");
        refusedCommand(
                "taylor",
                "annotate --as taylor@example.com -n marketing dua churn-orders portcullis.dev/decision=approved",
                "may not decide");
        refusedCommand(
                "taylor",
                "annotate --as taylor@example.com -n marketing dua churn-orders portcullis.dev/decision=approved"
                        + " portcullis.dev/decided-by=olga@example.com",
                "agreements.portcullis.dev");
        expectPhase("marketing", "churn-orders", Phase.Requested);
        refusedQuery("taylor", ORDERS);
    }

    private Connection approved() throws SQLException {
        console.step("The approver decides");
        long from = System.nanoTime();
        run(
                "olga",
                "annotate --as olga@example.com -n marketing dua churn-orders portcullis.dev/decision=approved"
                        + " portcullis.dev/decision-reason=\"fits the purpose\"");
        awaitPhase("marketing", "churn-orders", Phase.Active, from);
        decidedBy("marketing", "churn-orders", "olga@example.com");
        answeredQuery("taylor", ORDERS);
        refusedQuery("taylor", CUSTOMERS);
        return shop.server().connect(ShopDatabase.DATABASE, "taylor", ShopDatabase.passwordOf("taylor"));
    }

    private void revoked(Connection open) throws SQLException {
        console.step("And takes it back");
        try (var statement = open.createStatement()) {
            statement.execute(ORDERS);
        }
        long from = System.nanoTime();
        run(
                "olga",
                "annotate --overwrite --as olga@example.com -n marketing dua churn-orders"
                        + " portcullis.dev/decision=revoked portcullis.dev/decision-reason=\"the campaign is over\"");
        await(
                "marketing",
                "churn-orders",
                "Revoked and Deprovisioned",
                s -> s.phase() == Phase.Revoked
                        && s.provisioning() != null
                        && s.provisioning().status() == ProvisioningStatus.Deprovisioned,
                from);
        refusedQuery("taylor", ORDERS);
        try (var statement = open.createStatement()) {
            statement.execute(ORDERS);
            throw new StepFailed(
                    "expected: the session that taylor opened before is refused, too\nseen: it still reads");
        } catch (SQLException e) {
            console.passed("a session that taylor opened before is refused, too: " + firstLine(e.getMessage()));
        }
        console.text("The other agreement is not touched:");
        answeredQuery("taylor", ITEMS);
        memberships();
    }

    private void end() {
        console.step("What is left: a record of who decided what, when and why");
        run("you", "get dua -A -o wide");
        DataUsageAgreementStatus status = cluster.status("marketing", "churn-orders");
        Approval approval = status == null ? null : status.approval();
        List<DecisionRecord> decisions = approval == null ? List.of() : approval.decisions();
        for (DecisionRecord decision : decisions) {
            console.output(decision.at() + "  " + decision.decision() + " by " + decision.by() + ": "
                    + Objects.requireNonNullElse(decision.reason(), "-"));
        }
        expect(
                "both decisions are on record, each with its own reason",
                "approved: fits the purpose, revoked: the campaign is over",
                decisions.stream().map(d -> d.decision() + ": " + d.reason()).collect(Collectors.joining(", ")),
                s -> s.equals("approved: fits the purpose, revoked: the campaign is over"));
    }

    // ---------------------------------------------------------------------------------------- how they are told

    private void forgetEarlierTelling() {
        boolean again = cluster.agreement("marketing", "basket-items") != null
                || cluster.agreement("marketing", "churn-orders") != null
                || cluster.agreement("checkout", "own-orders") != null;
        if (again) {
            console.line("");
            console.text("The story was told here before: its agreements go first.");
            run("you", "delete dua -n marketing basket-items churn-orders --ignore-not-found --timeout=30s");
            run("you", "delete dua -n checkout own-orders --ignore-not-found --timeout=30s");
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
        run(who, "apply --as " + who + "@example.com -f " + SAMPLES + file);
        awaitPhase(namespace, name, wanted, from);
    }

    private void awaitPhase(String namespace, String name, Phase wanted, long from) {
        await(namespace, name, wanted.toString(), s -> s.phase() == wanted, from);
    }

    /** And tells what the operator said. */
    private void await(
            String namespace, String name, String wanted, Predicate<DataUsageAgreementStatus> test, long from) {
        long returned = System.nanoTime();
        DataUsageAgreementStatus status = awaitStatus(namespace, name, wanted, test);
        long now = System.nanoTime();
        console.passed(name + " is " + console.bold(wanted) + ", "
                + TryConsole.seconds(Duration.ofNanos(now - returned)) + " after kubectl had returned ("
                + TryConsole.seconds(Duration.ofNanos(now - from)) + " with kubectl)");
        console.output("Ready: " + TryCluster.ready(status.conditions()));
        tellEvents(namespace, name);
    }

    /** The new ones; they come a moment after the status, which does not wait for them. */
    private void tellEvents(String namespace, String name) {
        DataUsageAgreement agreement = cluster.agreement(namespace, name);
        if (agreement == null) {
            return;
        }
        long end = System.nanoTime() + EVENTS.toNanos();
        while (System.nanoTime() < end) {
            Map<String, String> events = cluster.events(namespace, agreement);
            events.keySet().removeAll(toldEvents);
            if (!events.isEmpty()) {
                toldEvents.addAll(events.keySet());
                events.values().forEach(event -> console.output("Event: " + event));
                return;
            }
            Await.pause(Duration.ofMillis(20));
        }
        throw new StepFailed("expected: an Event about " + namespace + "/" + name + " within " + EVENTS.toSeconds()
                + " s, which is what its owner waits for\nseen: none");
    }

    private DataUsageAgreementStatus awaitStatus(
            String namespace, String name, String what, Predicate<DataUsageAgreementStatus> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            DataUsageAgreementStatus status = cluster.status(namespace, name);
            if (status != null && wanted.test(status)) {
                return status;
            }
            if (System.nanoTime() > end) {
                throw new StepFailed("expected: " + what + " of " + namespace + "/" + name + " within "
                        + PATIENCE.toSeconds() + " s\nseen: " + inWords(status));
            }
            Await.pause(Duration.ofMillis(20));
        }
    }

    private static String inWords(@Nullable DataUsageAgreementStatus status) {
        return status == null
                ? "no status at all: the operator has not looked at it"
                : "phase " + status.phase() + ", Ready " + TryCluster.ready(status.conditions()) + ", provisioning "
                        + status.provisioning();
    }

    private void expectPhase(String namespace, String name, Phase wanted) {
        DataUsageAgreementStatus status = cluster.status(namespace, name);
        expect(
                name + " is still " + wanted,
                wanted.toString(),
                status == null ? "no status" : String.valueOf(status.phase()),
                wanted.toString()::equals);
    }

    /** The last decision names this rule, or this person. */
    private void decidedBy(String namespace, String name, String who) {
        DataUsageAgreementStatus status = cluster.status(namespace, name);
        Approval approval = status == null ? null : status.approval();
        String seen = approval == null || approval.decisions().isEmpty()
                ? "no decision"
                : approval.decisions().get(approval.decisions().size() - 1).by() + ", rule " + approval.rule();
        expect("decided by " + who, who, seen, s -> s.contains(who));
    }

    private TryCluster.Ran run(String who, String arguments) {
        console.command(who, "kubectl " + arguments);
        TryCluster.Ran ran = cluster.shell("kubectl " + arguments);
        console.output(ran.output());
        if (!ran.succeeded()) {
            throw new StepFailed("expected: kubectl " + arguments + "\nto succeed\nseen: exit code " + ran.code() + ", "
                    + ran.output());
        }
        return ran;
    }

    private void refusedCommand(String who, String arguments, String because) {
        console.command(who, "kubectl " + arguments);
        TryCluster.Ran ran = cluster.shell("kubectl " + arguments);
        console.output(ran.output());
        if (ran.succeeded() || !ran.output().contains(because)) {
            throw new StepFailed("expected: kubectl " + arguments + "\nto be refused with \"" + because
                    + "\"\nseen: exit code " + ran.code() + ", " + ran.output());
        }
        console.passed("refused");
    }

    private void answeredQuery(String login, String sql) {
        ShopDatabase.Answer answer = query(login, sql);
        if (!answer.allowed()) {
            throw new StepFailed("expected: " + login + " may run " + sql + "\nseen: " + answer.error());
        }
        console.passed("allowed");
    }

    private void refusedQuery(String login, String sql) {
        ShopDatabase.Answer answer = query(login, sql);
        if (!answer.error().contains("permission denied")) {
            throw new StepFailed("expected: " + login + " is refused " + sql + " with \"permission denied\"\nseen: "
                    + (answer.allowed() ? answer.rows() : answer.error()));
        }
        console.passed("refused");
    }

    private ShopDatabase.Answer query(String login, String sql) {
        console.command(login + "@shop", sql);
        ShopDatabase.Answer answer = shop.query(login, sql);
        console.output(
                answer.allowed()
                        ? answer.rows().stream()
                                .map(row -> String.join(" | ", row))
                                .collect(Collectors.joining("\n"))
                        : firstLine(answer.error()));
        return answer;
    }

    private void memberships() {
        console.command(
                "postgres@shop", "SELECT roleid::regrole, member::regrole FROM pg_auth_members -- as the DBA sees it");
        List<List<String>> rows = shop.look(
                "SELECT roleid::regrole, member::regrole FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
                        + " WHERE roleid::regrole::text LIKE '%portcullis\\_%' AND rolname NOT LIKE 'portcullis%' ORDER BY 1, 2");
        console.output(
                rows.isEmpty()
                        ? "(no rows)"
                        : rows.stream().map(row -> String.join(" | ", row)).collect(Collectors.joining("\n")));
    }

    private void expect(String what, String wanted, String seen, Predicate<String> test) {
        if (!test.test(seen)) {
            throw new StepFailed("expected: " + what + " (" + wanted + ")\nseen: " + seen);
        }
        console.passed(what);
    }

    private static String firstLine(@Nullable String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }
}
