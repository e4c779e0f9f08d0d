package dev.portcullis.it.admission;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How things stand before somebody tries something. Each row gets objects of its own. */
@FunctionalInterface
interface Given {
    Target in(Cluster cluster);

    // ---------------------------------------------------------------------------------------- objects

    /** No object, only a name for it. */
    static Given nothing(Target.Kind kind) {
        String namespace = switch (kind) {
            case AGREEMENT -> "marketing";
            case PORT, PRODUCT, GRANT, FILED_DECISION -> "checkout";
            case TEAM, PLATFORM -> "";
        };
        return cluster -> new Target(kind, namespace, cluster.freshName());
    }

    /** An agreement that taylor has requested for carl, and nobody has seen yet. */
    static Given fresh() {
        return fresh(People.TAYLOR, agreement -> {});
    }

    static Given fresh(String requester, Consumer<GenericKubernetesResource> change) {
        return cluster -> {
            GenericKubernetesResource agreement = Manifests.agreement(cluster.freshName());
            change.accept(agreement);
            Target target = cluster.create(requester, Target.Kind.AGREEMENT, agreement);
            if (cluster.mode() == Mode.PLAIN) {
                cluster.finalizer(target);
            }
            return target;
        };
    }

    static Given fresh(Map<String, String> annotations) {
        return fresh(People.TAYLOR, agreement -> Manifests.annotated(agreement, annotations));
    }

    /** An agreement for somebody. */
    static Given freshFor(String beneficiary) {
        return fresh(People.TAYLOR, agreement -> Manifests.with(agreement, "consumer", Map.of("user", beneficiary)));
    }

    /** An object of another kind, created by an administrator. */
    static Given existing(Target.Kind kind, Consumer<GenericKubernetesResource> change) {
        return cluster -> {
            String name = cluster.freshName();
            GenericKubernetesResource object = switch (kind) {
                case AGREEMENT -> Manifests.agreement(name);
                case PORT -> Manifests.port(name);
                case PRODUCT -> Manifests.product(name);
                case PLATFORM -> Manifests.platform(name);
                case TEAM -> Manifests.team(name);
                case GRANT -> Manifests.grant(name);
                case FILED_DECISION -> Manifests.filedDecision(name);
            };
            change.accept(object);
            return cluster.create(People.ADMIN, kind, object);
        };
    }

    static Given existing(Target.Kind kind) {
        return existing(kind, object -> {});
    }

    // ---------------------------------------------------------------------------------------- what the operator found

    static Given requested() {
        return fresh().seen();
    }

    default Given seen() {
        return seen("Manual");
    }

    default Given seen(String workflow) {
        return operatorSays("Requested", workflow, "Requested", null);
    }

    default Given invalid() {
        return operatorSays("Requested", null, "Invalid", null);
    }

    /** Decided, and not looked at by the operator yet. */
    default Given decided(String user, Act decision) {
        return after((target, cluster) -> decision.by(user, target, cluster));
    }

    default Given taken(String state) {
        return operatorSays(state, "Manual", state.equals("Approved") ? "Active" : state, null);
    }

    /** An approval by olga that the operator has taken. */
    static Given approved() {
        return requested()
                .decided(
                        People.OLGA,
                        Decision.decides("approved")
                                .reason("fine")
                                .link("https://tickets/1")
                                .metadata("{\"a\": 1}"))
                .taken("Approved");
    }

    static Given rejected() {
        return requested()
                .decided(People.OLGA, Decision.decides("rejected").reason("no"))
                .taken("Rejected");
    }

    /** The operator did not take the decision that stands there. */
    default Given refused(String decision) {
        return operatorSays("Requested", "Manual", "Requested", decision + " (0a1b2c3d)");
    }

    /** An approval by bob that the operator did not take. */
    static Given refused() {
        return requested()
                .decided(
                        People.BOB,
                        Decision.decides("approved")
                                .reason("mine")
                                .link("https://tickets/1")
                                .metadata("{\"a\": 1}"))
                .refused("approved by " + People.BOB);
    }

    default Given operatorSays(
            String state, @Nullable String workflow, String phase, @Nullable String refusedDecision) {
        return after((target, cluster) -> {
            Map<String, Object> approval = new HashMap<>(Map.of("status", state));
            if (workflow != null) {
                approval.put("workflow", workflow);
            }
            if (refusedDecision != null) {
                approval.put("refusedDecision", refusedDecision);
            }
            cluster.status(target, Map.of("phase", phase, "approval", approval, "history", List.of()));
        });
    }

    default Given status(Map<String, ?> status) {
        return after((target, cluster) -> cluster.status(target, status));
    }

    default Given after(Step step) {
        return cluster -> {
            Target target = in(cluster);
            step.with(target, cluster);
            return target;
        };
    }

    /** One more step of the preparation. */
    @FunctionalInterface
    interface Step {
        void with(Target target, Cluster cluster);
    }
}
