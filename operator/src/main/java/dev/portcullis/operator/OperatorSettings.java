package dev.portcullis.operator;

import dev.portcullis.engine.time.Warnings;
import java.net.InetSocketAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Settings from the environment.
 *
 * @param namespace where the operator's own ConfigMap is
 * @param installation the installation's id, where it is chosen
 * @param health where liveness and readiness are answered
 * @param metrics where metrics are, on another port: who may read them does not come near what the kubelet asks
 * @param warnings how long before something ends people are warned
 * @param leaderElection whether others may be there that wait for their turn
 * @param watchNamespaces whose objects are looked at; none: all
 */
record OperatorSettings(
        String namespace,
        Optional<String> installation,
        InetSocketAddress health,
        InetSocketAddress metrics,
        Warnings warnings,
        boolean leaderElection,
        Set<String> watchNamespaces) {
    static final String WATCH_NAMESPACES = "PORTCULLIS_WATCH_NAMESPACES";
    private static final String HEALTH_PORT = "PORTCULLIS_HEALTH_PORT";
    private static final String METRICS_PORT = "PORTCULLIS_METRICS_PORT";
    private static final String LEADER_ELECTION = "PORTCULLIS_LEADER_ELECTION";
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final String WARNINGS = "PORTCULLIS_EXPIRY_WARNINGS";
    private static final Duration SHORTEST_WARNING = Duration.ofMinutes(1);
    private static final Duration LONGEST_WARNING = Duration.ofDays(366);
    private static final int MOST_WARNINGS = 8;

    static OperatorSettings from(Map<String, String> environment) {
        return new OperatorSettings(
                environment.getOrDefault("PORTCULLIS_NAMESPACE", "portcullis-system"),
                Optional.ofNullable(environment.get("PORTCULLIS_INSTALLATION_ID"))
                        .filter(id -> !id.isBlank()),
                address(environment, HEALTH_PORT, "8080"),
                address(environment, METRICS_PORT, "8081"),
                Optional.ofNullable(environment.get(WARNINGS))
                        .map(OperatorSettings::warnings)
                        .orElse(Warnings.STANDARD),
                leaderElection(environment.getOrDefault(LEADER_ELECTION, "false")),
                watchNamespaces(environment.getOrDefault(WATCH_NAMESPACES, "")));
    }

    private static boolean leaderElection(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new CannotStart(LEADER_ELECTION + " is " + text + ", neither true nor false");
        };
    }

    private static Set<String> watchNamespaces(String text) {
        if (text.isBlank()) {
            return Set.of();
        }
        Set<String> names =
                Arrays.stream(text.split(",", -1)).map(String::trim).collect(Collectors.toUnmodifiableSet());
        if (!names.stream().allMatch(name -> NAMESPACE.matcher(name).matches())) {
            throw new CannotStart(WATCH_NAMESPACES + " is " + text
                    + ", not names of namespaces like checkout,marketing; an empty one watches all");
        }
        return names;
    }

    private static InetSocketAddress address(Map<String, String> environment, String variable, String usual) {
        String port = environment.getOrDefault(variable, usual);
        try {
            return new InetSocketAddress(
                    environment.getOrDefault("PORTCULLIS_HEALTH_HOST", "127.0.0.1"), Integer.parseInt(port));
        } catch (IllegalArgumentException e) {
            throw new CannotStart(variable + " is " + port + ", not a port from 0 to 65535", e);
        }
    }

    private static Warnings warnings(String text) {
        try {
            Warnings warnings = new Warnings(
                    text.isBlank()
                            ? Warnings.NONE.before()
                            : Arrays.stream(text.split(",", -1))
                                    .map(String::trim)
                                    .map(Duration::parse)
                                    .toList());
            if (warnings.before().size() <= MOST_WARNINGS
                    && warnings.before().stream()
                            .allMatch(before -> before.compareTo(SHORTEST_WARNING) >= 0
                                    && before.compareTo(LONGEST_WARNING) <= 0)) {
                return warnings;
            }
            throw badWarnings(text, null);
        } catch (DateTimeException e) {
            throw badWarnings(text, e);
        }
    }

    private static CannotStart badWarnings(String text, @Nullable Exception cause) {
        return new CannotStart(
                WARNINGS + " is " + text
                        + ", not up to 8 durations from PT1M to P366D like P7D,P1D or P2D,PT12H; an empty one warns nobody",
                cause);
    }
}
