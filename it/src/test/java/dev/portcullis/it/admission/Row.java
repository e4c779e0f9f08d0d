package dev.portcullis.it.admission;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One row: who tries what, and what the API server answers.
 *
 * @param name the row in words
 * @param outcome what must happen
 * @param says what a refusal's message must contain
 * @param twin the honest attempt beside a refused one
 * @param leaves what an allowed attempt must leave behind
 */
record Row(
        String name,
        Given given,
        String user,
        Act act,
        Outcome outcome,
        List<String> says,
        @Nullable Twin twin,
        Consumer<GenericKubernetesResource> leaves) {

    /** What the API server does. */
    enum Outcome {
        ALLOWED,
        /** By our policies, with a sentence that a person can act on. */
        DENIED,
        /** As above, but the mutating policy, where there is one, puts back what is missing instead. */
        DENIED_OR_PUT_BACK,
        /** As DENIED, but the mutating policy, where there is one, makes the request whole. */
        DENIED_UNLESS_STAMPED,
        /** By a rule of the CRD, or by the API server itself. */
        INVALID,
        /** By RBAC, before our policies are asked. */
        NO_RIGHTS
    }

    /** What is allowed where the row is not: another state, another person or another act. */
    record Twin(Given given, String user, Act act) {}

    static Row row(String name, Given given, String user, Act act) {
        return new Row(name, given, user, act, Outcome.ALLOWED, List.of(), null, stored -> {});
    }

    Row denied(String... says) {
        return with(Outcome.DENIED, says);
    }

    Row deniedOrPutBack(String... says) {
        return with(Outcome.DENIED_OR_PUT_BACK, says);
    }

    Row deniedUnlessStamped(String... says) {
        return with(Outcome.DENIED_UNLESS_STAMPED, says);
    }

    Row invalid(String... says) {
        return with(Outcome.INVALID, says);
    }

    Row noRights(String... says) {
        return with(Outcome.NO_RIGHTS, says);
    }

    private Row with(Outcome wanted, String... message) {
        return new Row(name, given, user, act, wanted, List.of(message), twin, leaves);
    }

    Row allowed() {
        return this;
    }

    Row leaves(Consumer<GenericKubernetesResource> check) {
        return new Row(name, given, user, act, outcome, says, twin, check);
    }

    /** The honest twin: the same by somebody else. */
    Row but(String who) {
        return but(given, who, act);
    }

    Row but(String who, Act what) {
        return but(given, who, what);
    }

    Row but(Given when) {
        return but(when, user, act);
    }

    Row but(Given when, String who, Act what) {
        return new Row(name, given, user, act, outcome, says, new Twin(when, who, what), leaves);
    }

    @Override
    public String toString() {
        return name;
    }
}
