package dev.portcullis.operator;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Settings from the environment.
 *
 * @param namespace where the operator's own ConfigMap is
 * @param installation the installation's id, where it is chosen
 * @param health where liveness and readiness are answered
 */
record OperatorSettings(String namespace, Optional<String> installation, InetSocketAddress health) {

    static OperatorSettings from(Map<String, String> environment) {
        String port = environment.getOrDefault("PORTCULLIS_HEALTH_PORT", "8080");
        try {
            return new OperatorSettings(
                    environment.getOrDefault("PORTCULLIS_NAMESPACE", "portcullis-system"),
                    Optional.ofNullable(environment.get("PORTCULLIS_INSTALLATION_ID"))
                            .filter(id -> !id.isBlank()),
                    new InetSocketAddress(
                            environment.getOrDefault("PORTCULLIS_HEALTH_HOST", "127.0.0.1"), Integer.parseInt(port)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("PORTCULLIS_HEALTH_PORT is " + port + ", not a port from 0 to 65535", e);
        }
    }
}
