package dev.portcullis.benchmark.chaos;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.team.Team;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** The manifests of what is asked for and offered. */
final class Requests {
    private Requests() {}

    static DataUsageAgreement of(AgreementModel agreement) {
        String consumer = agreement.beneficiary instanceof Beneficiary.Person person
                ? "{user: " + Mesh.user(person.login()) + "}"
                : "{team: " + agreement.namespace + "}";
        return Serialization.unmarshal(
                """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: %s, namespace: %s}
                spec:
                  purpose: Find out what happens to a %s request.
                  provider: {namespace: %s, outputPort: %s}
                  consumer: %s
                """.formatted(
                                        agreement.name,
                                        agreement.namespace,
                                        agreement.colour,
                                        Mesh.PROVIDER,
                                        agreement.port,
                                        consumer)
                        + (agreement.start == null ? "" : "  start: \"" + agreement.start + "\"\n")
                        + (agreement.end == null ? "" : "  end: \"" + agreement.end + "\"\n"),
                DataUsageAgreement.class);
    }

    static OutputPort port(Operation.MakePort make) {
        return Serialization.unmarshal(
                """
                apiVersion: portcullis.dev/v1alpha1
                kind: OutputPort
                metadata: {name: %s, namespace: %s}
                spec:
                  dataProduct: orders
                  platform: %s
                  postgresql: {database: shop, schema: %s, tables: %s}
                  autoApprove: %s
                """.formatted(
                                make.port(),
                                Mesh.PROVIDER,
                                Mesh.PLATFORM,
                                Mesh.SCHEMA,
                                tables(make.port(), make.columns()),
                                make.autoApprove()),
                OutputPort.class);
    }

    static Decision decision(AgreementModel agreement, String name, String decision) {
        return Serialization.unmarshal(
                """
                apiVersion: portcullis.dev/v1alpha1
                kind: Decision
                metadata: {name: %s, namespace: %s}
                spec: {outputPort: %s, agreement: {namespace: %s, name: %s}, decision: %s}
                """.formatted(name, Mesh.PROVIDER, agreement.port, agreement.namespace, agreement.name, decision),
                Decision.class);
    }

    /** Rejects requests of these colours, whoever else would approve them. */
    static ApprovalPolicy policy(Set<String> colours) {
        String when = colours.stream()
                .map(colour -> "agreement.purpose.contains('" + colour + "')")
                .collect(Collectors.joining(" || "));
        return Serialization.unmarshal("""
                apiVersion: portcullis.dev/v1alpha1
                kind: ApprovalPolicy
                metadata: {name: colours}
                spec:
                  mode: Mandatory
                  rules: [{name: not-these, when: "%s", reject: Ask for another colour.}]
                """.formatted(when), ApprovalPolicy.class);
    }

    /** The team of a namespace, by its name. */
    static Team team(String namespace, Collection<String> logins) {
        return Serialization.unmarshal("""
                apiVersion: portcullis.dev/v1alpha1
                kind: Team
                metadata: {name: %1$s}
                spec: {namespaces: [%1$s], members: %2$s}
                """.formatted(namespace, members(logins)), Team.class);
    }

    /** As YAML and as JSON. */
    static String members(Collection<String> logins) {
        return logins.stream()
                .map(login -> "{\"user\": \"" + Mesh.user(login) + "\"}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** As YAML and as JSON. */
    static String tables(String port, Set<String> columns) {
        return "[{\"name\": \"" + port + "\", \"columns\": [\"" + String.join("\", \"", columns) + "\"]}]";
    }
}
