package dev.portcullis.benchmark.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Draws what is done next: things that make sense, most of the time. */
final class Dice {
    private static final int MANY_AGREEMENTS = 50;

    private final Random random;
    private final Model model;
    /** By the upper end of their range among all weights. */
    private final TreeMap<Integer, Supplier<@Nullable Operation>> kinds = new TreeMap<>();

    private int weights;
    private int requests;

    Dice(Random random, Model model) {
        this.random = random;
        this.model = model;
        kind(24, this::request);
        kind(14, this::decide);
        kind(8, () -> onAgreement(agreement -> new Operation.Delete(agreement.name)));
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

    private @Nullable Operation decide() {
        return onAgreement(agreement -> {
            boolean open = !agreement.decided && agreement.approvals + agreement.rejections == 0;
            return new Operation.Decide(
                    agreement.name, open ? random.nextInt(6) == 0 ? "rejected" : "approved" : "revoked");
        });
    }

    private @Nullable Operation onAgreement(java.util.function.Function<AgreementModel, Operation> operation) {
        List<AgreementModel> all = model.agreements().stream()
                .filter(agreement -> !agreement.deleted)
                .toList();
        return all.isEmpty() ? null : operation.apply(any(all));
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
