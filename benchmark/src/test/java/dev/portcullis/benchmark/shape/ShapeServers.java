package dev.portcullis.benchmark.shape;

import dev.portcullis.benchmark.chaos.Relay;
import dev.portcullis.local.KubeControlPlane;
import dev.portcullis.local.LocalPostgres;
import dev.portcullis.local.OperatorProcess;
import dev.portcullis.local.PortcullisManifests;
import dev.portcullis.local.ShopDatabase;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An API server and a PostgreSQL behind networks that can be bad, and an operator that holds the Lease; a second one, which does not ask for it. */
final class ShapeServers implements AutoCloseable {
    /** The start of the logins of people. */
    static final String PEOPLE = "person";

    private static final Duration START = Duration.ofMinutes(3);
    private static final Pattern REQUESTS = Pattern.compile("apiserver_request_total\\{([^}]*)\\} (\\S+)");
    private static final Set<String> READS = Set.of("GET", "LIST", "WATCH");

    private final KubeControlPlane kube;
    private final LocalPostgres postgres;
    private final Relay apiNetwork;
    private final Relay lakeNetwork;
    private final OperatorProcess operator;
    private final OperatorProcess second;
    private final Connection catalogue;

    /** @param people who can log in */
    ShapeServers(Path directory, int people) throws IOException, SQLException {
        kube = KubeControlPlane.start(directory.resolve("kube"));
        postgres = LocalPostgres.start(directory.resolve("postgres"));
        ShopDatabase shop = ShopDatabase.create(postgres);
        catalogue = postgres.connect("postgres");
        run("DO $$ BEGIN FOR i IN 0.." + (people - 1) + " LOOP EXECUTE format('CREATE ROLE %I LOGIN', '" + PEOPLE
                + "' || i); END LOOP; END $$");
        PortcullisManifests manifests = new PortcullisManifests(kube.client());
        manifests.apply();
        kube.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(OperatorProcess.NAMESPACE)
                        .withName("warehouse-admin")
                        .endMetadata()
                        .withType("kubernetes.io/basic-auth")
                        .withStringData(
                                Map.of("username", ShopDatabase.OPERATOR_LOGIN, "password", shop.operatorPassword()))
                        .build())
                .create();
        lakeNetwork = Relay.to(postgres.port());
        apiNetwork = Relay.to(URI.create(kube.url()).getPort());
        Path kubeconfig = manifests.operatorKubeconfig(kube);
        Path late = Files.writeString(
                directory.resolve("operator.kubeconfig"),
                Files.readString(kubeconfig).replace(kube.url(), "https://127.0.0.1:" + apiNetwork.port()));
        List<String> jvm =
                List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1", "-Xmx512m");
        operator = new OperatorProcess(
                late, directory.resolve("operator.log"), Map.of("PORTCULLIS_LEADER_ELECTION", "true"), jvm);
        second = new OperatorProcess(kubeconfig, directory.resolve("second.log"), Map.of(), jvm);
        operator.start();
        operator.awaitReady(START);
    }

    KubernetesClient admin() {
        return kube.client();
    }

    int postgresPort() {
        return postgres.port();
    }

    Relay apiNetwork() {
        return apiNetwork;
    }

    /** To the same PostgreSQL, for a platform of its own. */
    Relay lakeNetwork() {
        return lakeNetwork;
    }

    OperatorProcess operator() {
        return operator;
    }

    /** Another, as somebody starts it who has forgotten the first, or the setting. */
    OperatorProcess startSecond() {
        second.start();
        second.awaitReady(START);
        return second;
    }

    /** What the operator has used of the processors since it was started. */
    Duration cpu() {
        return ProcessHandle.of(operator.pid())
                .orElseThrow()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO);
    }

    void apply(String yaml) {
        PortcullisManifests.parse(yaml)
                .forEach(object -> admin().resource(object).forceConflicts().serverSideApply());
    }

    /** Writes to a resource and its subresources that the API server has answered. */
    long writes(String resource) {
        long count = 0;
        Matcher lines = REQUESTS.matcher(admin().raw("/metrics"));
        while (lines.find()) {
            String labels = "," + lines.group(1) + ",";
            if (labels.contains(",resource=\"" + resource + "\",")
                    && READS.stream().noneMatch(verb -> labels.contains(",verb=\"" + verb + "\","))) {
                count += (long) Double.parseDouble(lines.group(2));
            }
        }
        return count;
    }

    /** Memberships in roles of ports. */
    long memberships() {
        return number(
                "SELECT count(*) FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member"
                        + " WHERE r.rolname LIKE 'portcullis\\_%' AND NOT r.rolcanlogin AND m.rolname LIKE '" + PEOPLE
                        + "%'");
    }

    /** In how many roles of ports somebody is. */
    long memberships(int person) {
        return number("SELECT count(*) FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid"
                + " WHERE r.rolname LIKE 'portcullis\\_%' AND a.member = '" + PEOPLE + person + "'::regrole");
    }

    private synchronized long number(String sql) {
        try (Statement statement = catalogue.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = catalogue.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        second.close();
        operator.close();
        apiNetwork.close();
        lakeNetwork.close();
        catalogue.close();
        postgres.close();
        kube.close();
    }
}
