package dev.portcullis.cli.rehearsal;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.decision.Authority;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionSpec;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether the API server lets somebody file a Decision, as decisions.portcullis.dev has it: in whose name, by which verb, and with which annotations. Of people in
 * groups nobody knows here what they may do. What the operator judges (four eyes, for one) is not asked here.
 */
final class FilingGate {
    private static final Set<Verdict> OF_REVIEW = Set.of(Verdict.approved, Verdict.rejected, Verdict.recertified);

    private final Appliers appliers;
    private final Rights rights;

    FilingGate(Appliers appliers, Rights rights) {
        this.appliers = appliers;
        this.rights = rights;
    }

    /** @param stored the Decision as it would be stored, if it is new */
    Optional<RefusedFiling> refusal(Decision stored) {
        Optional<String> applier = appliers.decidingIn(stored.getMetadata().getNamespace());
        if (applier.filter(rights::mayRestore).isPresent()) {
            return Optional.empty();
        }
        return applier.flatMap(
                        user -> new Filing(user, stored.getMetadata().getNamespace(), stored.getSpec()).refusal())
                .or(() -> byAnnotations(stored))
                .map(message -> new RefusedFiling(stored, message));
    }

    private static Optional<String> byAnnotations(Decision stored) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(stored.getMetadata().getAnnotations(), Map.of());
        return annotations.keySet().stream()
                .filter(key -> key.toLowerCase(Locale.ROOT).startsWith(Annotations.PREFIX))
                .sorted()
                .findFirst()
                .map(key -> "a Decision takes no annotation " + key
                        + (key.equals(Annotations.AGREEMENT_UID)
                                ? ", which the operator writes, so the API server does not take it: leave it out, and say in spec.agreement and spec.request what it is about"
                                : ", so the API server does not take it: what is decided stands in its spec"));
    }

    /** What somebody wants to file. */
    private final class Filing {
        private final String user;
        private final String namespace;
        private final DecisionSpec spec;
        private final String by;

        Filing(String user, String namespace, DecisionSpec spec) {
            this.user = user;
            this.namespace = namespace;
            this.spec = spec;
            this.by = Objects.requireNonNullElse(spec.by(), "");
        }

        Optional<String> refusal() {
            boolean decides = may("decide");
            boolean approves = decides || may("approve");
            if (!approves && !may("review")) {
                return Optional.of("it needs the verb approve, review or decide" + lacking()
                        + ", so the API server does not take it: somebody who has it decides");
            }
            if (!by.equals(user) && !decides) {
                return Optional.of("to record what " + by + " decided needs the verb decide" + lacking() + ": " + by
                        + " decides, or leave spec.by out");
            }
            if (!user.equals(spec.recordedBy())) {
                return Optional.of("spec.recordedBy has to be " + user
                        + ", who writes it, so the API server does not take it: leave it out");
            }
            return byAuthority(approves, decides);
        }

        private Optional<String> byAuthority(boolean approves, boolean decides) {
            Authority authority = spec.authority();
            boolean hasIt = authority == Authority.Review
                    || (authority == Authority.Approve && approves)
                    || (authority == Authority.Decide && decides);
            if (!hasIt) {
                return Optional.of("spec.authority " + authority + " needs the verb "
                        + String.valueOf(authority).toLowerCase(Locale.ROOT) + lacking() + ": leave it out");
            }
            if (!by.equals(user) && authority != Authority.Decide) {
                return Optional.of("spec.by names another, so spec.authority has to be Decide: leave it out");
            }
            return authority == Authority.Review && !OF_REVIEW.contains(spec.decision())
                    ? Optional.of("the verb review approves, rejects and recertifies, and \"" + spec.decision()
                            + "\" needs the verb approve on " + port()
                            + ", so the API server does not take it: somebody who has that decides")
                    : Optional.empty();
        }

        private boolean may(String verb) {
            return rights.may(user, verb, namespace, spec.outputPort());
        }

        private String lacking() {
            return " on " + port() + ", which by the Roles and bindings that are known here " + user + " has not";
        }

        private String port() {
            return "OutputPort " + spec.outputPort() + " in namespace " + namespace;
        }
    }
}
