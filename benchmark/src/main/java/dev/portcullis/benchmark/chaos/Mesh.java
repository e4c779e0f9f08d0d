package dev.portcullis.benchmark.chaos;

import dev.portcullis.local.OperatorProcess;
import dev.portcullis.local.PortcullisManifests;
import dev.portcullis.local.ShopDatabase;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names of everything, and what is there before the first operation. Each port offers columns of a table of its own, by the port's name. */
final class Mesh {
    static final String PROVIDER = "checkout";
    static final String CONSUMER = "marketing";
    /** Writes requests; a member of both teams, who is never taken out. */
    static final String REQUESTER = "rita";
    /** Decides on all ports of the provider; a member of no team, since nobody decides on what they get themselves. */
    static final String APPROVER = "olga";

    static final String PLATFORM = "warehouse";
    static final String SECRET = "warehouse-admin";
    static final String SCHEMA = "mesh";
    static final String DRIFT_INTERVAL = "5s";
    static final List<String> COLUMNS = List.of("c0", "c1", "c2", "c3");
    static final List<String> COLOURS = List.of("red", "green", "blue");
    static final List<String> PORTS = named("p", 6);
    static final List<String> PEOPLE = named("u", 14);
    /** Whom nobody ever asks anything for. */
    static final List<String> STRANGERS = named("s", 4);

    private Mesh() {}

    /** Everybody whose access is looked at. */
    static List<String> logins() {
        return Stream.of(PEOPLE, STRANGERS, List.of(REQUESTER, APPROVER))
                .flatMap(List::stream)
                .toList();
    }

    /** By namespace: who is in its team at first. */
    static Map<String, List<String>> firstMembers() {
        return Map.of(
                CONSUMER,
                        Stream.concat(Stream.of(REQUESTER), PEOPLE.subList(0, 5).stream())
                                .toList(),
                PROVIDER,
                        Stream.concat(Stream.of(REQUESTER), PEOPLE.subList(8, 11).stream())
                                .toList());
    }

    static String user(String login) {
        return login + "@example.com";
    }

    /** Tables and logins. */
    static void create(ShopDatabase shop) {
        logins().stream().filter(login -> !ShopDatabase.PEOPLE.contains(login)).forEach(shop::createLogin);
        String columns = COLUMNS.stream().map(column -> column + " integer").collect(Collectors.joining(", "));
        String tables = PORTS.stream()
                .map(port -> "CREATE TABLE " + SCHEMA + "." + port + " (" + columns + ");")
                .collect(Collectors.joining());
        shop.execute(
                ShopDatabase.DATABASE,
                "SET ROLE shop_owner; CREATE SCHEMA " + SCHEMA + ";" + tables + "GRANT USAGE ON SCHEMA " + SCHEMA
                        + " TO portcullis WITH GRANT OPTION; GRANT SELECT ON ALL TABLES IN SCHEMA " + SCHEMA
                        + " TO portcullis WITH GRANT OPTION");
    }

    /** Namespaces, teams, rights, the platform and the product. */
    static void create(KubernetesClient admin, int platformPort) {
        PortcullisManifests.parse(HEAD.replace("$port", Integer.toString(platformPort))
                        .replace("$interval", DRIFT_INTERVAL)
                        .replace("$secrets", OperatorProcess.NAMESPACE))
                .forEach(object -> admin.resource(object).forceConflicts().serverSideApply());
        firstMembers()
                .forEach((namespace, members) ->
                        admin.resource(Requests.team(namespace, members)).create());
    }

    private static List<String> named(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

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
              exposes: [{namespaces: [checkout], postgresql: [{database: shop, schemas: [mesh]}]}]
              drift: {interval: $interval}
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
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: olga-writes-decisions, namespace: checkout}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-decision-writer}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: olga@example.com}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: consumers, namespace: marketing}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-consumer}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: rita@example.com}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: consumers, namespace: checkout}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-consumer}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: rita@example.com}]
            """;
}
