package dev.portcullis.cli.report;

import dev.portcullis.engine.manifest.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a change would do.
 *
 * @param faults what would be refused; where there are some nothing else is said
 * @param edits how many manifests are another than before; absent where that cannot be told
 * @param notes what was taken for granted
 */
public record PlanResult(
        Instant now,
        List<Fault> faults,
        @Nullable Edits edits,
        List<AgreementChange> agreements,
        List<DecisionChange> decisions,
        List<PlatformChange> platforms,
        List<ObjectFinding> objects,
        List<Warning> warnings,
        List<String> notes) {
    /** Manifests that are new, another than before, or gone. */
    public record Edits(int added, int changed, int removed) {
        public int total() {
            return added + changed + removed;
        }
    }

    /** How an agreement comes to be in a plan. */
    public enum Kind {
        Added,
        Removed,
        /** Its own manifest, or what is around it, makes something else of it. */
        Changed
    }

    /**
     * An agreement of which something else comes than before.
     *
     * @param beneficiary who gets the access, for people
     * @param before its phase before; absent: it was not there
     * @param mayLose what access may go of which the grants say nothing: it waited by what is known, and the cluster may have approved it; absent: none
     */
    public record AgreementChange(
            Name agreement,
            Kind kind,
            Name port,
            String beneficiary,
            @Nullable String before,
            Outcome outcome,
            @Nullable MayLose mayLose) {}

    /** Where a decision is written. */
    public enum Via {
        Decision,
        /** On the agreement itself. */
        Annotation
    }

    /**
     * What becomes of a decision that is new.
     *
     * @param decision the object it is written on: a Decision, or the agreement itself
     * @param outcome Taken, Waiting or Refused
     * @param reason one word, which stays the same from one version to the next
     */
    public record DecisionChange(
            Via via,
            Name decision,
            Name agreement,
            String verdict,
            @Nullable String by,
            String outcome,
            String reason,
            String message) {
        /** The reason where the port is not there. */
        public static final String NO_PORT = "NoPort";

        /** Of those that wait: there is nothing that they could be about. */
        private static final Set<String> DANGLING = Set.of("NoAgreement", "OtherAgreement", NO_PORT);

        /** Whether it is not taken, and does not only wait for others. */
        public boolean isRefused() {
            return outcome.equals("Refused") || DANGLING.contains(reason);
        }
    }

    /**
     * A platform's grants.
     *
     * @param sql the changes in the platform's own language; empty where it has none
     */
    public record PlatformChange(
            String platform,
            List<Grant> added,
            List<Grant> removed,
            List<Moved> changed,
            List<String> refused,
            List<String> sql) {
        public boolean isNothing() {
            return added.isEmpty() && removed.isEmpty() && changed.isEmpty() && refused.isEmpty();
        }
    }

    /**
     * One principal may use one port.
     *
     * @param objects what of it, a line each
     * @param agreements which agreements explain it
     */
    public record Grant(String principal, Name port, List<String> objects, List<Name> agreements) {}

    /** One principal may use something else of a port. */
    public record Moved(String principal, Name port, List<String> gains, List<String> loses, List<Name> agreements) {}

    /**
     * A platform, product, port or policy that the operator would call not ready.
     *
     * @param about the object, as kind and name
     * @param file where it is written; absent where nobody knows
     * @param line of the file
     * @param reason one word, which stays the same from one version to the next
     * @param invalid whether something has to be mended; else somebody wants it so, or it may come yet
     */
    public record ObjectFinding(
            String about, @Nullable String file, int line, String reason, String message, boolean invalid) {}

    /**
     * Something to look at before merging.
     *
     * @param kind one word, which stays the same from one version to the next
     * @param about the object, as kind and name
     */
    public record Warning(String kind, String about, String message) {}

    /** Nothing but what would be refused. */
    public static PlanResult refused(Instant now, List<Fault> faults) {
        return new PlanResult(now, faults, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** The same with more to look at. */
    public PlanResult with(List<Warning> more, List<String> taken) {
        return new PlanResult(
                now,
                faults,
                edits,
                agreements,
                decisions,
                platforms,
                objects,
                Stream.concat(more.stream(), warnings.stream()).toList(),
                Stream.concat(taken.stream(), notes.stream()).toList());
    }

    /** Whether something is invalid. */
    public boolean isInvalid() {
        return !faults.isEmpty()
                || outcomes().anyMatch(Outcome.Invalid.class::isInstance)
                || objects.stream().anyMatch(ObjectFinding::invalid);
    }

    public boolean has(Trigger trigger) {
        return switch (trigger) {
            case waiting -> outcomes().anyMatch(Outcome.Waiting.class::isInstance);
            case reject -> outcomes().anyMatch(Outcome.Rejected.class::isInstance);
            case revoke ->
                agreements.stream().anyMatch(change -> change.mayLose() != null)
                        || platforms.stream()
                                .anyMatch(platform -> !platform.removed().isEmpty()
                                        || platform.changed().stream()
                                                .anyMatch(
                                                        moved -> !moved.loses().isEmpty()));
            case refused ->
                decisions.stream().anyMatch(DecisionChange::isRefused)
                        || platforms.stream()
                                .anyMatch(platform -> !platform.refused().isEmpty());
            case warning -> !warnings.isEmpty();
        };
    }

    /** What a pipeline may want to stop at. */
    public enum Trigger {
        waiting,
        revoke,
        reject,
        /** A decision that is new is not taken, or about nothing that is there; or the platform would refuse an access. */
        refused,
        warning
    }

    private Stream<Outcome> outcomes() {
        return agreements.stream().map(AgreementChange::outcome);
    }

    /** The changes of one platform. */
    public Optional<PlatformChange> platform(String name) {
        return platforms.stream()
                .filter(platform -> platform.platform().equals(name))
                .findFirst();
    }

    public boolean isNothing() {
        return faults.isEmpty()
                && agreements.isEmpty()
                && decisions.isEmpty()
                && platforms.stream().allMatch(PlatformChange::isNothing)
                && objects.isEmpty()
                && warnings.isEmpty();
    }
}
