package dev.portcullis.it.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the API server writes down of the requests of one user. */
record AuditLog(Path policy, Path log) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static AuditLog of(String user, Path dir) throws IOException {
        Path policy = Files.writeString(dir.resolve("audit-policy.yaml"), """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules:
                - level: Metadata
                  users: ["%s"]
                - level: None
                """.formatted(user));
        return new AuditLog(policy, dir.resolve("audit.log"));
    }

    List<String> flags() {
        return List.of("--audit-policy-file=" + policy, "--audit-log-path=" + log, "--audit-log-mode=blocking-strict");
    }

    /** Verb and resource of every request that the API server has answered with a success. */
    Set<String> used() {
        return requests(true);
    }

    /** Of every request that RBAC refused. */
    Set<String> forbidden() {
        return requests(false);
    }

    private Set<String> requests(boolean allowed) {
        try {
            return Files.readAllLines(log).stream()
                    .map(AuditLog::event)
                    .filter(event -> event.at("/objectRef/resource").isTextual())
                    .filter(event -> event.at("/annotations/authorization.k8s.io~1decision")
                                    .asText()
                                    .equals("allow")
                            == allowed)
                    .filter(event ->
                            !allowed || event.at("/responseStatus/code").asInt() < 300)
                    .map(event -> right(
                            event.at("/verb").asText(),
                            event.at("/objectRef/apiGroup").asText(),
                            event.at("/objectRef/resource").asText(),
                            event.at("/objectRef/subresource").asText()))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code patch portcullis.dev/teams/status}. */
    static String right(String verb, String group, String resource, String subresource) {
        return verb + " " + (group.isEmpty() ? "" : group + "/") + resource
                + (subresource.isEmpty() ? "" : "/" + subresource);
    }

    private static JsonNode event(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }
}
