package dev.portcullis.local;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.ProvisioningStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The agreements of the story: what becomes of each is awaited and told as its owner would see it. */
final class StoryAgreements {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration EVENTS = Duration.ofSeconds(5);

    private final TryCluster cluster;
    private final TryConsole console;
    private final Set<String> toldEvents = new HashSet<>();

    StoryAgreements(TryCluster cluster, TryConsole console) {
        this.cluster = cluster;
        this.console = console;
    }

    boolean exists(String namespace, String name) {
        return cluster.agreement(namespace, name) != null;
    }

    /** {@code from} is when the command was given that leads there. */
    void becomes(String namespace, String name, Phase wanted, long from) {
        await(namespace, name, wanted.toString(), s -> s.phase() == wanted, from);
    }

    /** As above, and what it gave is taken back. */
    void becomesRevoked(String namespace, String name, long from) {
        await(
                namespace,
                name,
                "Revoked and Deprovisioned",
                s -> s.phase() == Phase.Revoked
                        && s.provisioning() != null
                        && s.provisioning().status() == ProvisioningStatus.Deprovisioned,
                from);
    }

    void isStill(String namespace, String name, Phase wanted) {
        DataUsageAgreementStatus status = cluster.status(namespace, name);
        console.expect(
                name + " is still " + wanted,
                wanted.toString(),
                status == null ? "no status" : String.valueOf(status.phase()),
                wanted.toString()::equals);
    }

    /** The last decision names this rule, or this person. */
    void decidedBy(String namespace, String name, String who) {
        Approval approval = approval(namespace, name);
        String seen = approval == null || approval.decisions().isEmpty()
                ? "no decision"
                : approval.decisions().get(approval.decisions().size() - 1).by() + ", rule " + approval.rule();
        console.expect("decided by " + who, who, seen, s -> s.contains(who));
    }

    /** Tells all decisions; {@code wanted} has each as {@code approved: reason}. */
    void decisionsAre(String namespace, String name, String what, String wanted) {
        Approval approval = approval(namespace, name);
        List<DecisionRecord> decisions = approval == null ? List.of() : approval.decisions();
        for (DecisionRecord decision : decisions) {
            console.output(decision.at() + "  " + decision.decision() + " by " + decision.by() + ": "
                    + Objects.requireNonNullElse(decision.reason(), "-"));
        }
        console.expect(
                what,
                wanted,
                decisions.stream().map(d -> d.decision() + ": " + d.reason()).collect(Collectors.joining(", ")),
                wanted::equals);
    }

    private @Nullable Approval approval(String namespace, String name) {
        DataUsageAgreementStatus status = cluster.status(namespace, name);
        return status == null ? null : status.approval();
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
}
