package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.decision.DecisionStatus;
import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.cli.live.ClusterReader;
import dev.portcullis.cli.live.LiveMesh;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.manifests.ManifestsReader;
import dev.portcullis.cli.manifests.SourceFile;
import dev.portcullis.cli.plan.PlanMaker;
import dev.portcullis.cli.plan.Planned;
import dev.portcullis.cli.rehearsal.Appliers;
import dev.portcullis.cli.rehearsal.Mesh;
import dev.portcullis.cli.rehearsal.PlatformGrants;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.schema.SchemaCheck;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import dev.portcullis.engine.review.ObjectLines;
import dev.portcullis.local.Await;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A plan says exactly what the operator then does: random changes are planned against the live cluster, applied to it, and what has become of every agreement, Decision and
 * grant is compared with the plan.
 */
class PlanMatchesOperatorTest {
    /** 200 with -Pfull, a tenth otherwise. */
    private static final int TRIES = Integer.getInteger("portcullis.random.tries", 100) / 5;

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();
    private final String una = "una-" + story.checkout + "@example.com";
    private final String pat = "pat-" + story.checkout + "@example.com";
    private final String pia = "pia-" + story.checkout + "@example.com";
    private final EngineParts parts = EngineParts.ofTheOperator();
    private final ManifestsReader reader = new ManifestsReader(new PolicyManifestCheck(parts.expressions()));
    private final List<String> told = new ArrayList<>();
    private final PlanMaker plans = new PlanMaker(parts, List.of(), List.of(new SchemaCheck()));

    @Test
    void whatIsPlannedIsWhatHappens() {
        long seed =
                Optional.ofNullable(Long.getLong("portcullis.random.seed")).orElseGet(() -> new Random().nextLong());
        told.add("-Dportcullis.random.seed=" + seed);
        System.out.println("plans: " + told());
        installation.shop().createLogin(Story.login(una));
        story.applyAsAdmin(filled("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: $checkout}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: privacy, namespace: $checkout}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-second-approver}
                subjects:
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: $pat}
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: $pia}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: $checkout-admin}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects:
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: kubernetes-admin}
                """));
        RandomRepository repository = new RandomRepository(new Random(seed));
        Map<String, String> applied = new TreeMap<>();
        Random sizes = new Random(seed);
        Optional<SortedSet<String>> expected = Optional.empty();
        for (int i = 0; i < TRIES; ) {
            Map<String, String> earlier = repository.files();
            LiveMesh live = new ClusterReader(installation.admin()).read(reader);
            told.add(i + ": " + repository.changes(i == 0 ? 0 : 1 + sizes.nextInt(3), undecided(live)));
            // nothing has happened since that was not planned
            assertThat(expected.map(all -> difference(all, seen())).orElse(""))
                    .as(told())
                    .isEmpty();
            Manifests after = after(live.manifests(), applied, repository.files());
            Planned planned = plans.plan(
                    live.manifests(),
                    live.mesh(),
                    after,
                    new PlanMaker.Request(
                            Appliers.all("kubernetes-admin"),
                            Instant.now(),
                            true,
                            live.installation().orElseThrow()));
            if (planned.after().isEmpty()) {
                // a port in use is not deleted
                told.add("refused: "
                        + planned.result().faults().stream().map(Fault::message).toList());
                repository.restore(earlier);
                continue;
            }
            apply(applied, repository.files());
            applied = repository.files();
            SortedSet<String> wanted = expected(planned.after().get());
            Await.until(LONGEST, () -> told() + "\n" + difference(wanted, seen()), () -> seen().equals(wanted));
            expected = Optional.of(wanted);
            i++;
        }
    }

    private Set<String> undecided(LiveMesh live) {
        Stream<String> waiting = live.mesh().decisions().values().stream()
                .filter(decision -> decision.getMetadata().getNamespace().equals(story.checkout))
                .filter(decision -> decision.getStatus().outcome() == DecisionStatus.Outcome.Waiting)
                .map(decision -> decision.getSpec().agreement().name());
        Stream<String> over = live.mesh().agreements().values().stream()
                .filter(agreement -> agreement.getMetadata().getNamespace().equals(story.marketing))
                .filter(agreement -> agreement.getStatus().phase().isOver())
                .map(agreement -> agreement.getMetadata().getName());
        return Stream.concat(waiting, over).collect(Collectors.toSet());
    }

    private String told() {
        return String.join("\n", told);
    }

    private static String difference(SortedSet<String> wanted, SortedSet<String> seen) {
        return Stream.concat(
                        wanted.stream().filter(line -> !seen.contains(line)).map(line -> "planned: " + line),
                        seen.stream().filter(line -> !wanted.contains(line)).map(line -> "is:      " + line))
                .collect(Collectors.joining("\n"));
    }

    /** All that the cluster has, with what was applied of the repository replaced. */
    private Manifests after(Manifests live, Map<String, String> before, Map<String, String> files) {
        Manifests gone = manifests(before);
        Manifests rest = new Manifests(
                live.resources().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                kind -> kind.getValue().entrySet().stream()
                                        .filter(one -> gone.find(kind.getKey(), one.getKey())
                                                .isEmpty())
                                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))),
                live.rights(),
                List.of());
        return rest.with(manifests(files));
    }

    private Manifests manifests(Map<String, String> files) {
        Manifests read = reader.read(() -> files.entrySet().stream()
                .map(file -> new SourceFile(file.getKey(), filled(file.getValue())))
                .toList());
        assertThat(read.faults()).isEmpty();
        return read;
    }

    /** First what is looked at, and only when the operator has seen that, who looks at it. */
    private void apply(Map<String, String> before, Map<String, String> after) {
        Map<String, String> changed = new LinkedHashMap<>(after);
        changed.entrySet().removeIf(file -> file.getValue().equals(before.get(file.getKey())));
        List<String> gone = before.keySet().stream()
                .filter(key -> !after.containsKey(key))
                .sorted((one, other) -> other.compareTo(one))
                .toList();
        // what nobody has to look at any more goes before what it is about
        gone.stream().filter(key -> key.compareTo("6") >= 0).forEach(key -> delete(before.get(key)));
        gone.stream().filter(key -> key.compareTo("6") < 0).forEach(key -> delete(before.get(key)));
        changed.forEach((key, text) -> {
            KubernetesClient client = key.startsWith("7") ? installation.as(author(text)) : installation.admin();
            for (GenericKubernetesResource object : PortcullisManifests.parse(filled(text))) {
                client.resource(object).forceConflicts().serverSideApply();
                if (!key.startsWith("7")) {
                    awaitSeen(object);
                }
            }
        });
    }

    private String author(String decision) {
        String filled = filled(decision);
        int at = filled.indexOf("recordedBy: ") + "recordedBy: ".length();
        return filled.substring(at, filled.indexOf('\n', at));
    }

    private void delete(String text) {
        for (GenericKubernetesResource object : PortcullisManifests.parse(filled(text))) {
            installation.admin().resource(object).delete();
            Await.until(
                    LONGEST,
                    () -> told() + "\n" + object.getKind() + " "
                            + object.getMetadata().getName() + " is still there",
                    () -> installation.admin().resource(object).get() == null);
        }
    }

    /** The operator has looked at what is there now: requests that come after are judged by it, and Decisions count on a request that was judged before. */
    private void awaitSeen(GenericKubernetesResource object) {
        Await.until(
                LONGEST,
                () -> told() + "\nseen is "
                        + installation.admin().resource(object).get(),
                () -> {
                    GenericKubernetesResource now =
                            installation.admin().resource(object).get();
                    return Objects.equals(
                            generation(now.get("status", "observedGeneration")),
                            now.getMetadata().getGeneration());
                });
    }

    private static Long generation(Object value) {
        return value instanceof Number number ? Long.valueOf(number.longValue()) : Long.valueOf(-1);
    }

    /** What the plan leads to, a line for each agreement, Decision and grant. */
    private SortedSet<String> expected(Settled after) {
        SortedSet<String> lines = lines(after.mesh());
        PlatformGrants grants = after.grants().get("plan-" + story.checkout);
        if (grants != null) {
            grants.wishes()
                    .entitlements()
                    .forEach(entitlement -> ObjectLines.of(entitlement.profile().toSnapshot())
                            .forEach(object -> lines.add(
                                    "grant to " + entitlement.principal().name() + " of "
                                            + entitlement.port().name() + ": " + object)));
        }
        return lines;
    }

    private SortedSet<String> seen() {
        LiveMesh live = new ClusterReader(installation.admin()).read(reader);
        SortedSet<String> lines = lines(live.mesh());
        lines.addAll(granted());
        return lines;
    }

    private SortedSet<String> lines(Mesh mesh) {
        SortedSet<String> lines = new TreeSet<>();
        mesh.agreements().values().stream()
                .filter(agreement -> agreement.getMetadata().getNamespace().equals(story.marketing))
                .forEach(agreement -> lines.add(line(agreement)));
        mesh.decisions().values().stream()
                .filter(decision -> decision.getMetadata().getNamespace().equals(story.checkout))
                .forEach(decision ->
                        lines.add("Decision " + decision.getMetadata().getName() + " "
                                + (decision.getStatus() == null
                                        ? "not seen"
                                        : decision.getStatus().outcome() + " "
                                                + decision.getStatus().reason())));
        return lines;
    }

    private static String line(DataUsageAgreement agreement) {
        DataUsageAgreementStatus status = agreement.getStatus();
        if (status == null || status.approval() == null) {
            return agreement.getMetadata().getName() + " not seen";
        }
        // of a request that is over, what was asked for last depends on whether the end came before the rest of the
        // change
        boolean isDropped = status.phase().isOver() && status.approval().status() == ApprovalStatus.Requested;
        String asked = isDropped
                ? ""
                : " by " + status.approval().rule() + " missing "
                        + status.approval().missing();
        return agreement.getMetadata().getName() + " " + status.approval().status() + asked + ", " + status.phase()
                + " "
                + status.conditions().stream()
                        .filter(condition -> condition.type().equals("Ready"))
                        .map(Condition::reason)
                        .toList()
                + status.approval().decisions().stream()
                        .map(record -> " " + record.decision() + " " + record.by())
                        .sorted()
                        .toList();
    }

    /** What PostgreSQL's own catalogue says: members of roles of our ports, and what those roles may read. */
    private List<String> granted() {
        return installation.shop().look("""
                WITH ours AS (
                  SELECT r.oid, substring(shobj_description(r.oid, 'pg_authid') FROM ' name=[^/]*/([^ ]*)') AS port
                  FROM pg_roles r WHERE shobj_description(r.oid, 'pg_authid') LIKE '%% platform=plan-%1$s %%'),
                reads AS (
                  SELECT o.oid, o.port, c.relname AS object FROM ours o, pg_class c, aclexplode(c.relacl) a
                  WHERE a.grantee = o.oid AND a.privilege_type = 'SELECT'
                  UNION ALL
                  SELECT o.oid, o.port, c.relname || ' (' || string_agg(t.attname, ', ' ORDER BY t.attname) || ')'
                  FROM ours o, pg_class c, pg_attribute t, aclexplode(t.attacl) a
                  WHERE t.attrelid = c.oid AND a.grantee = o.oid AND a.privilege_type = 'SELECT' GROUP BY 1, 2, c.relname)
                SELECT DISTINCT 'grant to ' || m.rolname || ' of ' || reads.port || ': shop.sales.' || reads.object
                FROM reads, pg_auth_members am, pg_roles m
                WHERE am.roleid = reads.oid AND m.oid = am.member AND m.rolname <> 'portcullis'
                """.formatted(story.checkout)).stream()
                .map(row -> row.get(0))
                .toList();
    }

    private String filled(String yaml) {
        return story.filled(yaml).replace("$una", una).replace("$pat", pat).replace("$pia", pia);
    }
}
