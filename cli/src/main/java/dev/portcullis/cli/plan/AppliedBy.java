package dev.portcullis.cli.plan;

import dev.portcullis.cli.console.Nearest;
import dev.portcullis.cli.rehearsal.Appliers;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say who applies a change. */
final class AppliedBy {
    private static final String AS_IN = "--as-in";
    private static final String DECIDES_IN = "--decides-in";

    private final Map<String, String> users = new TreeMap<>();
    private final Map<String, String> deciders = new TreeMap<>();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "Who applies the change: the requester and the decider where manifests do not say.")
    private @Nullable String user;

    @Option(
            names = AS_IN,
            paramLabel = "NAMESPACE=USER",
            description =
                    "Who applies what is in a namespace, where repositories have an account each; may be given again.")
    void appliesIn(Map<String, String> said) {
        take(AS_IN, said, users);
    }

    @Option(
            names = DECIDES_IN,
            paramLabel = "NAMESPACE=USER",
            description =
                    "Who files the Decisions in a namespace, where that is another account than applies the rest; may be given again.")
    void decidesIn(Map<String, String> said) {
        take(DECIDES_IN, said, deciders);
    }

    Appliers appliers() {
        return new Appliers(users, deciders, Optional.ofNullable(user));
    }

    /** @throws ParameterException where one of them names nobody */
    void check() {
        if (user != null && user.isBlank()) {
            throw wrong("--as names nobody: say who applies the change, or leave it out");
        }
        checkNames(AS_IN, users);
        checkNames(DECIDES_IN, deciders);
    }

    /** Of namespaces that are named, and in which there is nothing. */
    Stream<String> questions(Collection<String> namespaces) {
        return Stream.concat(questions(AS_IN, users, namespaces), questions(DECIDES_IN, deciders, namespaces));
    }

    private static Stream<String> questions(String option, Map<String, String> said, Collection<String> namespaces) {
        return said.keySet().stream()
                .filter(namespace -> !namespaces.contains(namespace))
                .map(namespace -> option + ": there is no manifest in namespace " + namespace
                        + Nearest.question(namespace, namespaces));
    }

    private void take(String option, Map<String, String> said, Map<String, String> all) {
        said.forEach((namespace, name) -> {
            @Nullable String other = all.put(namespace, name);
            if (other != null && !other.equals(name)) {
                throw wrong(option + " names " + other + " and " + name + " for namespace " + namespace
                        + ": say who of them applies it");
            }
        });
    }

    private void checkNames(String option, Map<String, String> said) {
        if (said.entrySet().stream()
                .anyMatch(one -> one.getKey().isBlank() || one.getValue().isBlank())) {
            throw wrong(option + " names nobody: write NAMESPACE=USER");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }
}
