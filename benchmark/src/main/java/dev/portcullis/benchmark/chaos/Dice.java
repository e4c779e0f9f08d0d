package dev.portcullis.benchmark.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Draws what is done next: things that make sense, most of the time. */
final class Dice {
    private static final int MANY_AGREEMENTS = 90;

    private final Random random;
    private final Model model;
    /** By the upper end of their range among all weights. */
    private final TreeMap<Integer, Supplier<@Nullable Operation>> kinds = new TreeMap<>();

    private int weights;
    private int requests;

    Dice(Random random, Model model) {
        this.random = random;
        this.model = model;
        kind(30, this::request);
        kind(14, () -> onWaiting(agreement -> new Operation.Decide(agreement.name, approvedMostly())));
        kind(10, () -> onWaiting(agreement -> new Operation.Vote(agreement.name, approvedMostly())));
        kind(3, () -> onApproved(agreement -> new Operation.Decide(agreement.name, "revoked")));
        kind(3, () -> onApproved(agreement -> new Operation.Vote(agreement.name, "revoked")));
        kind(
                6,
                () -> onApproved(agreement ->
                        new Operation.Vote(agreement.name, agreement.pausedByProvider ? "resumed" : "suspended")));
        kind(4, () -> onApproved(agreement -> new Operation.Suspend(agreement.name, true)));
        kind(6, () -> on(agreement -> agreement.suspended, agreement -> new Operation.Suspend(agreement.name, false)));
        kind(
                4,
                () -> on(
                        agreement -> agreement.pausedByProvider,
                        agreement -> new Operation.Vote(agreement.name, "resumed")));
        kind(3, () -> onAgreement(agreement -> new Operation.Cancel(agreement.name)));
        kind(6, () -> onAgreement(agreement -> new Operation.Delete(agreement.name)));
        kind(12, () -> onPort(false, port -> new Operation.MakePort(port.name, columns(), random.nextBoolean())));
        kind(1, () -> onPort(true, port -> new Operation.DeletePort(port.name)));
        kind(5, () -> onPort(true, port -> new Operation.ChangeColumns(port.name, columns())));
        kind(3, () -> onPort(true, port -> new Operation.ChangeAutoApprove(port.name, !port.autoApprove.isNow())));
        kind(1, () -> onPort(true, port -> port.suspended ? null : new Operation.SuspendPort(port.name, true)));
        kind(8, () -> onPort(true, port -> port.suspended ? new Operation.SuspendPort(port.name, false) : null));
        kind(6, this::changeTeam);
        kind(2, () -> new Operation.ChangePolicy(some(Mesh.COLOURS)));
        kind(
                4,
                () -> new Operation.GrantByHand(
                        any(Mesh.PORTS),
                        any(random.nextBoolean() ? Mesh.STRANGERS : Mesh.PEOPLE),
                        random.nextBoolean()));
        kind(3, () -> new Operation.RevokeByHand(any(Mesh.PORTS)));
        kind(2, () -> new Operation.WidenByHand(any(Mesh.PORTS), any(Mesh.COLUMNS)));
    }

    private void kind(int weight, Supplier<@Nullable Operation> draw) {
        weights += weight;
        kinds.put(weights, draw);
    }

    /** The next one. */
    Operation next() {
        if (model.agreements().size() > MANY_AGREEMENTS) {
            Operation less = onAgreement(agreement -> new Operation.Delete(agreement.name));
            if (less != null) {
                return less;
            }
        }
        while (true) {
            Operation drawn =
                    kinds.higherEntry(random.nextInt(weights)).getValue().get();
            if (drawn != null) {
                return drawn;
            }
        }
    }

    /** The ports that are there at first. */
    List<Operation> first() {
        List<Operation> first = new ArrayList<>();
        for (int i = 0; i < Mesh.PORTS.size(); i++) {
            first.add(new Operation.MakePort(Mesh.PORTS.get(i), columns(), i % 2 == 0));
        }
        return first;
    }

    private Operation request() {
        boolean inside = random.nextInt(4) == 0;
        Beneficiary beneficiary =
                random.nextInt(5) == 0 ? new Beneficiary.Team() : new Beneficiary.Person(any(Mesh.PEOPLE));
        return new Operation.Request(
                "a" + requests++,
                inside ? Mesh.PROVIDER : Mesh.CONSUMER,
                any(Mesh.PORTS),
                beneficiary,
                random.nextInt(10) == 0 ? Duration.ofSeconds(1 + random.nextInt(5)) : null,
                random.nextInt(4) == 0 ? Duration.ofSeconds(6 + random.nextInt(30)) : null,
                any(Mesh.COLOURS));
    }

    private Operation changeTeam() {
        String namespace = random.nextBoolean() ? Mesh.CONSUMER : Mesh.PROVIDER;
        String login = any(Mesh.PEOPLE);
        return new Operation.ChangeTeam(
                namespace, login, !model.team(namespace).member(login).isNow());
    }

    private String approvedMostly() {
        return random.nextInt(6) == 0 ? "rejected" : "approved";
    }

    /** One that no rule decides, and nobody has. */
    private @Nullable Operation onWaiting(Function<AgreementModel, Operation> operation) {
        return on(
                agreement -> !agreement.ruleMayApprove
                        && !agreement.ruleMayReject
                        && agreement.approvals + agreement.rejections == 0,
                operation);
    }

    private @Nullable Operation onApproved(Function<AgreementModel, Operation> operation) {
        return on(agreement -> agreement.mayBeApproved() && !agreement.revoked, operation);
    }

    private @Nullable Operation onAgreement(Function<AgreementModel, Operation> operation) {
        return on(agreement -> true, operation);
    }

    private @Nullable Operation on(Predicate<AgreementModel> which, Function<AgreementModel, Operation> operation) {
        List<AgreementModel> all = model.agreements().stream()
                .filter(agreement -> !agreement.deleted && which.test(agreement))
                .toList();
        return all.isEmpty() ? null : operation.apply(any(all));
    }

    private @Nullable Operation onPort(boolean there, Function<PortModel, @Nullable Operation> operation) {
        List<PortModel> all = model.ports().stream()
                .filter(port -> port.there.isNow() == there)
                .toList();
        return all.isEmpty() ? null : operation.apply(any(all));
    }

    private <T> Set<T> some(Collection<T> all) {
        return all.stream().filter(one -> random.nextInt(3) == 0).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> columns() {
        Set<String> columns = new TreeSet<>();
        columns.add(any(Mesh.COLUMNS));
        Mesh.COLUMNS.stream().filter(column -> random.nextInt(3) > 0).forEach(columns::add);
        return columns;
    }

    private <T> T any(Collection<T> all) {
        return List.copyOf(all).get(random.nextInt(all.size()));
    }
}
