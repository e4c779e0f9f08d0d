package dev.portcullis.it.story;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.local.Await;
import dev.portcullis.local.ShopDatabase;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cast of one story: a provider namespace with a product, a consumer namespace with a team, and people with the rights of their roles. */
final class Story {
    final Installation installation;
    final String checkout;
    final String marketing;
    final String warehouse;
    final String olga;
    final String taylor;
    final String quinn;

    Story(Installation installation, int number) {
        this.installation = installation;
        this.checkout = "checkout-" + number;
        this.marketing = "marketing-" + number;
        this.warehouse = warehouse(number);
        this.olga = "olga" + number + "@example.com";
        this.taylor = "taylor" + number + "@example.com";
        this.quinn = "quinn" + number + "@example.com";
        List.of(olga, taylor, quinn).forEach(person -> shop().createLogin(login(person)));
        applyAsAdmin("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: $checkout}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: $marketing}
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: Team
                metadata: {name: team-$checkout}
                spec: {namespaces: [$checkout], members: [{user: $olga}]}
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: Team
                metadata: {name: team-$marketing}
                spec: {namespaces: [$marketing], members: [{user: $taylor}, {user: $quinn}]}
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: DataPlatform
                metadata: {name: $warehouse}
                spec:
                  postgresql:
                    host: 127.0.0.1
                    port: $postgresPort
                    role: portcullis
                    sslMode: disable
                    credentials: {namespace: portcullis-system, name: warehouse-admin}
                  principals: {user: "name.split('@')[0]", dataProduct: "'dp_' + name"}
                  exposes: [{namespaces: [$checkout], postgresql: [{database: shop, schemas: [sales]}]}]
                  drift: {interval: 2s}
                ---
                apiVersion: portcullis.dev/v1alpha1
                kind: DataProduct
                metadata: {name: orders, namespace: $checkout}
                spec: {title: Orders}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: olga-approves, namespace: $checkout}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-approver}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: $olga}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: olga-writes-decisions, namespace: $marketing}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-decision-writer}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: $olga}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: consumers, namespace: $marketing}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-consumer}
                subjects:
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: $taylor}
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: $quinn}
                """);
    }

    static String warehouse(int number) {
        return "warehouse-" + number;
    }

    static String login(String person) {
        return person.substring(0, person.indexOf('@'));
    }

    ShopDatabase shop() {
        return installation.shop();
    }

    /** A port on the given tables, as YAML flow: {@code [{name: orders}]}. */
    void offer(String port, String tables, String more) {
        applyAsAdmin("""
                apiVersion: portcullis.dev/v1alpha1
                kind: OutputPort
                metadata: {name: %s, namespace: $checkout}
                spec:
                  dataProduct: orders
                  platform: $warehouse
                  postgresql: {database: shop, schema: sales, tables: %s}
                  %s
                """.formatted(port, tables, more));
        Installation.await("port " + port + " offered", () -> {
            var status = installation.port(checkout, port).getStatus();
            return status != null
                    && status.conditions().stream().anyMatch(c -> c.reason().equals("Offered"));
        });
    }

    /** Requests access for a person, as that person. */
    void request(String name, String port, String person, String more) {
        apply(installation.as(person), """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: %s, namespace: $marketing}
                spec:
                  purpose: Find out what customers want next.
                  provider: {namespace: $checkout, outputPort: %s}
                  consumer: {user: %s}
                  %s
                """.formatted(name, port, person, more));
    }

    void decide(String person, String agreement, String decision) {
        annotate(installation.as(person), agreement, Map.of("portcullis.dev/decision", decision));
    }

    void annotate(KubernetesClient client, String agreement, Map<String, String> annotations) {
        String json = installation.whole(client, annotations).entrySet().stream()
                .map(entry -> '"' + entry.getKey() + "\":" + quoted(entry.getValue()))
                .collect(Collectors.joining(","));
        client.resources(DataUsageAgreement.class)
                .inNamespace(marketing)
                .withName(agreement)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"annotations\":{" + json + "}}}");
    }

    private static String quoted(@Nullable String value) {
        return value == null ? "null" : '"' + value.replace("\"", "\\\"") + '"';
    }

    void patchSpec(String agreement, String json) {
        installation
                .admin()
                .resources(DataUsageAgreement.class)
                .inNamespace(marketing)
                .withName(agreement)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + json + "}");
    }

    DataUsageAgreement agreement(String name) {
        return installation.agreement(marketing, name);
    }

    /** All that marketing has asked for. */
    List<DataUsageAgreement> requests() {
        return installation
                .admin()
                .resources(DataUsageAgreement.class)
                .inNamespace(marketing)
                .list()
                .getItems();
    }

    DataUsageAgreement awaitPhase(String name, Phase phase) {
        return awaitAgreement(
                name,
                "phase " + phase,
                agreement ->
                        agreement.getStatus() != null && agreement.getStatus().phase() == phase);
    }

    DataUsageAgreement awaitAgreement(String name, String what, Predicate<DataUsageAgreement> condition) {
        Await.until(
                Installation.SOON,
                () -> name + ": " + what + ", but it is " + agreement(name),
                () -> agreement(name) != null && condition.test(agreement(name)));
        return agreement(name);
    }

    void delete(String name) {
        installation
                .admin()
                .resources(DataUsageAgreement.class)
                .inNamespace(marketing)
                .withName(name)
                .delete();
    }

    /** Whether the person's own login reads the table. */
    boolean reads(String person, String table) {
        return shop().query(login(person), "SELECT count(*) FROM sales." + table)
                .allowed();
    }

    void awaitReads(String person, String table, boolean allowed) {
        Installation.await(
                person + (allowed ? " reads " : " does not read ") + table, () -> reads(person, table) == allowed);
    }

    /** With all that the chart's role for providers lets her do, not only decide. */
    void olgaProvides() {
        applyAsAdmin("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: olga-provides, namespace: $checkout}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-provider}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: $olga}]
                """);
    }

    void applyAsAdmin(String yaml) {
        apply(installation.admin(), yaml);
    }

    void apply(KubernetesClient client, String yaml) {
        installation.apply(client, filled(yaml));
    }

    String filled(String yaml) {
        return yaml.replace("$checkout", checkout)
                .replace("$marketing", marketing)
                .replace("$warehouse", warehouse)
                .replace("$olga", olga)
                .replace("$taylor", taylor)
                .replace("$quinn", quinn)
                .replace(
                        "$postgresPort",
                        Integer.toString(installation.postgres().port()));
    }

    /** Who is a member of any role of the port's, as PostgreSQL's catalogue says; the operator's own row as administrator left out. */
    Set<String> holders(String portUid) {
        return shop()
                .look("SELECT DISTINCT m.rolname FROM pg_auth_members am JOIN pg_roles r ON r.oid = am.roleid"
                        + " JOIN pg_roles m ON m.oid = am.member"
                        + " WHERE shobj_description(r.oid, 'pg_authid') LIKE '%port=" + portUid + " %'"
                        + " AND m.rolname <> 'portcullis'")
                .stream()
                .map(row -> row.get(0))
                .collect(Collectors.toSet());
    }

    /** The roles of the port, by name. */
    List<String> roles(String portUid) {
        return shop()
                .look("SELECT rolname FROM pg_roles WHERE shobj_description(oid, 'pg_authid') LIKE '%port=" + portUid
                        + " %' ORDER BY 1")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    String portUid(String port) {
        return installation.port(checkout, port).getMetadata().getUid();
    }

    void awaitHolders(String portUid, String... logins) {
        Await.until(
                Installation.SOON,
                () -> "holders " + Set.of(logins) + ", but they are " + holders(portUid),
                () -> holders(portUid).equals(Set.of(logins)));
    }
}
