package dev.portcullis.it.story;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * The manifests of a small mesh, and random changes to it. Keys begin with a digit: what is looked at by others comes first, and is applied first.
 */
final class RandomRepository {
    private static final List<String> TABLES = List.of(
            "[{name: orders}]",
            "[{name: orders}, {name: order_items}]",
            "[{name: order_items, columns: [order_id, sku]}]",
            "[{name: order_items, columns: [order_id, sku, quantity]}, {name: customers, columns: [email]}]",
            "[{name: customers}]");
    private static final List<String> RULES = List.of(
            "mode: Mandatory, rules: [{name: pii, when: port.containsPii, require: {approvals: [{from: {provider: true}}, {from: {team: privacy-$checkout}}]}}]",
            "mode: Mandatory, rules: [{name: not-p1, when: \"port.name == 'p1'\", reject: Ask for another port.}]",
            "mode: Default, rules: [{name: harmless, when: '!port.containsPii', approve: true, maxDuration: P30D}]",
            "mode: Default, rules: [{name: two, when: 'true', require: {approvals: [{from: {team: privacy-$checkout}, count: 2}]}}]",
            "mode: Mandatory, rules: [{name: short, when: \"port.name == 'p0'\", require: {maxDuration: P90D}}]");
    private static final int MOST_AGREEMENTS = 8;

    /** Kinds of changes, and how many of them concern what requests are judged by. */
    private static final int ALL = 15;

    private static final int JUDGED_BY = 8;

    private final Random random;
    private final Map<String, String> files = new TreeMap<>();
    private int requests;
    private int votes;
    private int votesBefore;
    private Set<String> undecided = Set.of();

    RandomRepository(Random random) {
        this.random = random;
        team("$checkout", List.of("$olga"));
        team("$marketing", List.of("$taylor", "$quinn"));
        files.put("1 privacy", """
                apiVersion: portcullis.dev/v1alpha1
                kind: Team
                metadata: {name: privacy-$checkout}
                spec: {namespaces: [], members: [{user: $pat}, {user: $pia}]}
                """);
        platform(true, "Allowed");
        product("false", "Active");
        port(0);
        port(1);
    }

    /** By key: a document each. */
    Map<String, String> files() {
        return new TreeMap<>(files);
    }

    void restore(Map<String, String> earlier) {
        files.clear();
        files.putAll(earlier);
    }

    /**
     * One commit: some changes. What requests are judged by changes in one place, since a request that waits for more than one is judged between the two: by what is
     * there then.
     *
     * @param undecided names of agreements that nobody decides on: a Decision waits already, and of two that wait it is the faster one that counts; or they are over, and
     *     a Decision is refused until something else has the agreement looked at
     */
    List<String> changes(int count, Set<String> undecided) {
        votesBefore = votes;
        this.undecided = undecided;
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(change(i == 0 ? random.nextInt(ALL) : JUDGED_BY + random.nextInt(ALL - JUDGED_BY)));
        }
        return changes;
    }

    private String change(int which) {
        return switch (which) {
            case 0 -> consumers();
            case 1 -> {
                boolean exposed = random.nextInt(3) > 0;
                String auto = one(List.of("Allowed", "Forbidden"));
                platform(exposed, auto);
                yield "platform exposes=" + exposed + " autoApprove=" + auto;
            }
            case 2 -> {
                String lifecycle = one(List.of("Active", "Active", "Deprecated", "Retired"));
                String suspend = one(List.of("false", "false", "true"));
                product(suspend, lifecycle);
                yield "product " + lifecycle + " suspend=" + suspend;
            }
            case 3, 4 -> {
                int port = random.nextInt(3);
                port(port);
                yield "port p" + port;
            }
            case 5, 6 -> {
                int policy = random.nextInt(2);
                String key = "3 policy" + policy;
                if (random.nextInt(4) == 0) {
                    files.remove(key);
                    yield "no policy " + policy;
                }
                String rules = one(RULES);
                files.put(key, """
                        apiVersion: portcullis.dev/v1alpha1
                        kind: ApprovalPolicy
                        metadata: {name: policy%d-$checkout}
                        spec: {ports: {namespaces: [$checkout]}, %s}
                        """.formatted(policy, rules));
                yield "policy " + policy + " " + rules;
            }
            case 7 -> {
                String port = "5 p" + random.nextInt(3);
                yield files.remove(port) == null ? request() : "no port " + port;
            }
            case 8, 9 -> request();
            case 10, 11, 12 -> vote();
            case 13 -> edit();
            default -> {
                List<String> there = keys("6 ");
                if (there.isEmpty()) {
                    yield request();
                }
                String gone = one(there);
                files.remove(gone);
                yield "no agreement " + gone;
            }
        };
    }

    private String consumers() {
        List<String> members = new ArrayList<>(List.of("$taylor", "$quinn", "$una"));
        members.removeIf(member -> random.nextInt(3) == 0);
        team("$marketing", members);
        return "consumer team " + members;
    }

    private void team(String namespace, List<String> members) {
        files.put("1 " + namespace, """
                apiVersion: portcullis.dev/v1alpha1
                kind: Team
                metadata: {name: team-%s}
                spec: {namespaces: [%s], members: [%s]}
                """.formatted(
                namespace,
                namespace,
                String.join(
                        ", ",
                        members.stream().map(user -> "{user: " + user + "}").toList())));
    }

    private void platform(boolean exposed, String autoApprove) {
        files.put("2 platform", """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataPlatform
                metadata: {name: plan-$checkout}
                spec:
                  postgresql:
                    host: 127.0.0.1
                    port: $postgresPort
                    role: portcullis
                    sslMode: disable
                    credentials: {namespace: portcullis-system, name: warehouse-admin}
                  principals: {user: "name.split('@')[0]"}
                  exposes: %s
                  approval: {autoApprove: %s}
                  drift: {interval: 1h}
                """.formatted(
                exposed ? "[{namespaces: [$checkout], postgresql: [{database: shop, schemas: [sales]}]}]" : "[]",
                autoApprove));
    }

    private void product(String suspend, String lifecycle) {
        files.put("4 product", """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataProduct
                metadata: {name: planned, namespace: $checkout}
                spec: {title: Orders, suspend: %s, lifecycle: %s}
                """.formatted(suspend, lifecycle));
    }

    private void port(int number) {
        files.put("5 p" + number, """
                apiVersion: portcullis.dev/v1alpha1
                kind: OutputPort
                metadata: {name: p%d, namespace: $checkout, annotations: {portcullis.dev/allow-delete: "%s"}}
                spec:
                  dataProduct: planned
                  platform: plan-$checkout
                  postgresql: {database: shop, schema: sales, tables: %s}
                  autoApprove: %s
                  containsPii: %s
                  suspend: %s
                  lifecycle: %s
                """.formatted(
                        number,
                        one(List.of("true", "false")),
                        one(TABLES),
                        one(List.of("true", "false")),
                        one(List.of("true", "false")),
                        one(List.of("false", "false", "false", "true")),
                        one(List.of("Active", "Active", "Active", "Deprecated"))));
    }

    private String request() {
        List<String> there = keys("6 ");
        if (there.size() >= MOST_AGREEMENTS) {
            files.remove(there.get(0));
            return "no agreement " + there.get(0);
        }
        String name = "a" + requests++;
        String user = one(List.of("$taylor", "$quinn", "$una"));
        String consumer = random.nextInt(4) == 0 ? "{team: team-$marketing}" : "{user: " + user + "}";
        String port = "p" + random.nextInt(3);
        String times = one(List.of(
                "",
                "end: " + LocalDate.of(2031, 1, 1).plusDays(random.nextInt(300)),
                "duration: P60D",
                "start: 2030-01-01"));
        files.put("6 " + name, """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: %s, namespace: $marketing, annotations: {portcullis.dev/requested-by: %s}}
                spec:
                  purpose: Find out what customers want next.
                  provider: {namespace: $checkout, outputPort: %s}
                  consumer: %s
                  %s
                """.formatted(name, user, port, consumer, times));
        return "agreement " + name + " for " + consumer + " on " + port + " " + times;
    }

    private String edit() {
        List<String> there = keys("6 ");
        if (there.isEmpty()) {
            return request();
        }
        String key = one(there);
        String text = files.get(key).replace("  suspend: true\n", "");
        String more = one(
                votes > votesBefore
                        ? List.of("", "  suspend: true\n")
                        : List.of("", "  suspend: true\n", "  cancelled: true\n"));
        files.put(key, text.contains("cancelled: true") || more.isEmpty() ? text : text + more);
        return key + " " + more.strip();
    }

    private String vote() {
        List<String> there = keys("6 ").stream()
                .filter(key -> !undecided.contains(key.substring(2)))
                .filter(key -> !files.get(key).contains("cancelled: true"))
                .toList();
        if (there.isEmpty() || votes > votesBefore) {
            return request();
        }
        String agreement = one(there);
        String text = files.get(agreement);
        String port = text.substring(text.indexOf("outputPort: ") + 12, text.indexOf("outputPort: ") + 14);
        boolean isOlga = random.nextBoolean();
        String by = isOlga ? "$olga" : one(List.of("$pat", "$pia"));
        String decision = isOlga
                ? one(List.of(
                        "approved",
                        "approved",
                        "approved",
                        "rejected",
                        "revoked",
                        "suspended",
                        "resumed",
                        "recertified"))
                : one(List.of("approved", "approved", "rejected"));
        String name = "v" + votes++;
        files.put("7 " + name, """
                apiVersion: portcullis.dev/v1alpha1
                kind: Decision
                metadata: {name: %s, namespace: $checkout}
                spec:
                  outputPort: %s
                  agreement: {namespace: $marketing, name: %s}
                  decision: %s
                  by: %s
                  recordedBy: %s
                  authority: %s
                """.formatted(
                        name, port, agreement.substring(2), decision, by, by, isOlga ? "Approve" : "Review"));
        return by + " " + decision + " on " + agreement;
    }

    private List<String> keys(String prefix) {
        return files.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
