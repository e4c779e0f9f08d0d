package dev.portcullis.benchmark.load;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.local.LocalPostgres;
import dev.portcullis.local.OperatorProcess;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * A provider with many ports, and a consumer whose people ask for each of them: agreement {@code i} is of port {@code i % ports} and person {@code i / ports}.
 *
 * @param ports that approve by themselves; there is one more, where Olga decides
 */
record Workload(int agreements, int ports) {
    static final String CONSUMER = "marketing";
    static final String PROVIDER = "checkout";
    static final String MANUAL = "manual";
    static final String PLATFORM = "warehouse";
    static final String APPROVER = "olga@example.com";
    /** Prefix of the logins of people. */
    static final String PEOPLE = "person";

    private static final int LEAST_PORTS = 20;
    private static final int MOST_PORTS = 500;
    private static final int AGREEMENTS_PER_PORT = 50;

    static Workload of(int agreements) {
        return new Workload(agreements, Math.max(LEAST_PORTS, Math.min(MOST_PORTS, agreements / AGREEMENTS_PER_PORT)));
    }

    /** As many as are asked for something, and as many more, for single requests beside them. */
    int people() {
        return (agreements + ports - 1) / ports;
    }

    /** All of it but the agreements. */
    void apply(KubernetesClient admin, LocalPostgres postgres) {
        StringBuilder yaml = new StringBuilder(HEAD.replace("$port", Integer.toString(postgres.port()))
                .replace("$secrets", OperatorProcess.NAMESPACE));
        for (int i = 0; i < ports; i++) {
            yaml.append(PORT.formatted(port(i), "autoApprove: true"));
        }
        yaml.append(PORT.formatted(MANUAL, "autoApprove: false"));
        PortcullisManifests.parse(yaml.toString())
                .forEach(object -> admin.resource(object).forceConflicts().serverSideApply());
    }

    DataUsageAgreement agreement(int index) {
        return request("a-" + index, port(index % ports), person(index / ports));
    }

    static String port(int index) {
        return "orders-" + index;
    }

    /** A person, whose login has the same name. */
    static String person(int index) {
        return PEOPLE + index;
    }

    static DataUsageAgreement request(String name, String port, String person) {
        return Serialization.unmarshal(
                REQUEST.formatted(name, CONSUMER, PROVIDER, port, person), DataUsageAgreement.class);
    }

    private static final String REQUEST = """
            {"apiVersion": "portcullis.dev/v1alpha1", "kind": "DataUsageAgreement", "metadata": {"name": "%s", "namespace": "%s"},
             "spec": {"purpose": "Find out how much of it there can be.",
                      "provider": {"namespace": "%s", "outputPort": "%s"}, "consumer": {"user": "%s@example.com"}}}
            """;

    private static final String PORT = """
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: OutputPort
            metadata: {name: %s, namespace: checkout}
            spec:
              dataProduct: orders
              platform: warehouse
              postgresql: {database: shop, schema: sales, tables: [{name: orders}, {name: order_items}]}
              %s
            """;

    private static final String HEAD = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: checkout}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: marketing}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: Team
            metadata: {name: checkout}
            spec: {namespaces: [checkout], members: [{user: olga@example.com}]}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: Team
            metadata: {name: marketing}
            spec: {namespaces: [marketing]}
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataPlatform
            metadata: {name: warehouse}
            spec:
              postgresql:
                host: 127.0.0.1
                port: $port
                role: portcullis
                sslMode: disable
                credentials: {namespace: $secrets, name: warehouse-admin}
              principals: {user: "name.split('@')[0]"}
              exposes: [{namespaces: [checkout], postgresql: [{database: shop, schemas: [sales]}]}]
            ---
            apiVersion: portcullis.dev/v1alpha1
            kind: DataProduct
            metadata: {name: orders, namespace: checkout}
            spec: {title: Orders}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: olga-approves, namespace: checkout}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-approver}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: olga@example.com}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: olga-writes-decisions, namespace: marketing}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-decision-writer}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: olga@example.com}]
            """;
}
