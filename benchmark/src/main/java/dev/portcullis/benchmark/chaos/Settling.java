package dev.portcullis.benchmark.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Waits until the platform is what the model says. */
final class Settling {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration EVERY = Duration.ofMillis(200);

    private final Model model;
    private final Statuses statuses;
    private final Access access;
    private final Runnable meanwhile;

    /** {@code meanwhile} is done before each look. */
    Settling(Model model, Statuses statuses, Access access, Runnable meanwhile) {
        this.model = model;
        this.statuses = statuses;
        this.access = access;
        this.meanwhile = meanwhile;
    }

    /** How long it took; throws {@link Mismatch} where that does not come about. */
    Duration await() {
        long begin = System.nanoTime();
        while (true) {
            meanwhile.run();
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            Map<String, Told> told = statuses.all();
            Instant at = Instant.now();
            Set<Cell> wanted = model.wanted(told, at);
            Set<Cell> there = there();
            Map<String, String> contradictions = model.contradictions(told, at);
            if (wanted.equals(there) && contradictions.isEmpty()) {
                model.learn(told);
                return waited;
            }
            if (waited.compareTo(LIMIT) > 0) {
                throw new Mismatch(explained(told, wanted, there, contradictions));
            }
            Pause.of(EVERY);
        }
    }

    private Set<Cell> there() {
        try {
            return access.now();
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL is away, though nothing is broken", e);
        }
    }

    private String explained(
            Map<String, Told> told, Set<Cell> wanted, Set<Cell> there, Map<String, String> contradictions) {
        Set<Cell> missing = new LinkedHashSet<>(wanted);
        missing.removeAll(there);
        Set<Cell> extra = new LinkedHashSet<>(there);
        extra.removeAll(wanted);
        StringBuilder text = new StringBuilder("not settled after " + LIMIT.toSeconds() + " s\n");
        text.append("missing: ").append(missing).append('\n');
        text.append("extra: ").append(extra).append('\n');
        Set<String> concerned = new TreeSet<>(contradictions.keySet());
        contradictions.forEach(
                (name, wrong) -> text.append(name).append(": ").append(wrong).append('\n'));
        Set<Cell> cells = new LinkedHashSet<>(missing);
        cells.addAll(extra);
        concerned.addAll(about(cells));
        return text + stories(concerned, told);
    }

    /** The agreements that have to do with these accesses. */
    Set<String> about(Set<Cell> cells) {
        return model.agreements().stream()
                .filter(agreement -> cells.stream()
                        .anyMatch(cell -> agreement.port.equals(cell.port())
                                && (!(agreement.beneficiary instanceof Beneficiary.Person person)
                                        || person.login().equals(cell.login()))))
                .map(agreement -> agreement.name)
                .collect(Collectors.toSet());
    }

    /** What happened to agreements, and what the operator says of them. */
    String stories(Set<String> names, Map<String, Told> told) {
        return model.agreements().stream()
                .filter(agreement -> names.contains(agreement.name))
                .map(agreement -> agreement + "\n  told: " + told.get(agreement.name) + "\n  possible: "
                        + agreement.offers + "\n  "
                        + String.join("\n  ", agreement.story()) + "\n")
                .collect(Collectors.joining());
    }

    /** The platform is not what the model says. */
    static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1;

        Mismatch(String message) {
            super(message);
        }
    }
}
