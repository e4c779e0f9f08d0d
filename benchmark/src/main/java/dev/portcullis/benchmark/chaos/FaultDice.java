package dev.portcullis.benchmark.chaos;

import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Draws what breaks next. */
final class FaultDice {
    private final Random random;
    private final List<Supplier<Fault>> kinds = List.of(
            OperatorKilled::new,
            OperatorStopped::new,
            ApiServerKilled::new,
            this::postgresStopped,
            () -> new PlatformNetwork(network()),
            () -> new ApiNetwork(network()),
            WatchesClosed::new,
            () -> new ApiTrouble(
                    any(ApiRoute.Trouble.CONFLICT, ApiRoute.Trouble.ANSWER_LOST, ApiRoute.Trouble.UNANSWERED)),
            () -> new ApiTrouble(any(ApiRoute.Trouble.TOO_MANY_REQUESTS, ApiRoute.Trouble.SERVER_ERROR)),
            () -> new PostgresTrouble(any(PostgresTrouble.Kind.values())),
            () -> new Locked(
                    any("pg_auth_members", "pg_authid", Mesh.SCHEMA + "." + any(Mesh.PORTS.toArray(String[]::new)))),
            this::credentialsChanged,
            SecondOperator::new);

    private final List<String> only;

    /** {@code only} names faults as {@link Fault#title} begins, and as one of {@link #titles} does; none: all of them. */
    FaultDice(Random random, List<String> only) {
        this.random = random;
        this.only = only;
    }

    /** What all faults are called: each kind is drawn often enough. */
    static SortedSet<String> titles() {
        FaultDice all = new FaultDice(new Random(0), List.of());
        return IntStream.range(0, 5000)
                .mapToObj(i -> all.next().title())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Fault next() {
        while (true) {
            Fault fault = kinds.get(random.nextInt(kinds.size())).get();
            if (only.isEmpty() || only.stream().anyMatch(fault.title()::startsWith)) {
                return fault;
            }
        }
    }

    private Fault postgresStopped() {
        return new PostgresStopped(random.nextBoolean());
    }

    private Fault credentialsChanged() {
        return new CredentialsChanged("changed-" + random.nextInt(1_000_000));
    }

    private Relay.State network() {
        return any(Relay.State.SLOW, Relay.State.SILENT, Relay.State.CUT);
    }

    @SafeVarargs
    private <T> T any(T... all) {
        return all[random.nextInt(all.length)];
    }
}
