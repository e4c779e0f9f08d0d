package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionSpec;
import dev.portcullis.it.story.KubectlPlugin.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** plugin/kubectl-agreement on a real API server with the operator, by dash and by bash. */
class KubectlPluginTest {
    /** What would break out of a shell, of JSON, of a terminal, of a table or of Mermaid. */
    private static final String HOSTILE =
            "Find 'it' \"out\" \\ $(exit 9) `exit 9` %s\n\tPhase: Active\u001b[2J\u202e\u0085 \"]; click n1 <b>";

    @TempDir
    private Path work;

    private final Installation installation = Installation.get();

    /** Who has the full run sees both shells do all of it. */
    @ParameterizedTest
    @MethodSource("shells")
    void everyCommand(String shell) throws IOException {
        Story story = installation.newStory();
        Commands all = new Commands(story, new KubectlPlugin(installation.kube(), shell(shell), work));
        all.offer();
        all.request();
        all.look();
        all.approveByDecision();
        all.decideByAnnotation();
        all.refuseToDecideTwice();
        all.pause();
        all.audit();
        all.end();
    }

    static List<String> shells() {
        return Boolean.getBoolean("portcullis.full") ? List.of("dash", "bash") : List.of("dash");
    }

    /** None of these asks the API server for anything but at most a name that is not there. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            frobnicate                                  ; unknown command: frobnicate
            approve                                     ; name an agreement
            approve --nope x                            ; unknown flag: --nope
            approve x --reason                          ; flag needs a value: --reason
            approve x --phase=Active                    ; --phase is no flag of approve
            approve -- --all                            ; no name of an agreement: "--all"
            approve a,b                                 ; no name of an agreement: "a,b"
            approve -n -A x                             ; no name of a namespace: "-A"
            approve one/x -n other                      ; one/x is not in namespace other
            approve x --decision --annotation           ; either --decision or --annotation
            approve x --annotation --until=2030-01-01   ; an annotation cannot say --until
            approve x y --request=sha256:1              ; --request is the hash of one agreement
            approve x --dry-run=maybe                   ; --dry-run is none, server or client
            approve x -o table                          ; no output format of approve: "table"
            recertify x --annotation                    ; recertify needs a Decision
            revoke x --until=2030-01-01                 ; --until, --table and --row-filter belong to approve
            approve x --until=2020-01-31                ; --until=2020-01-31 is over
            recertify x --until=2020-01-31T10:00:00Z    ; is over: name today
            request                                     ; name one output port
            request a/b                                 ; say what the data will be used for
            request a/b --purpose=p --answer=x          ; --answer is NAME=VALUE, not "x"
            request a/b --purpose=p --name=-x           ; no name of an agreement: "-x"
            request a/b --purpose=p --for-user=u --for-team=t ; gets the access
            request -f file --purpose=p                 ; with -f everything that is asked for stands in the file
            list x                                      ; list takes no name
            list --phase=Actve                          ; no phase: "Actve"
            list --mine --to-decide                     ; either --mine or --to-decide
            why x                                       ; name a user and an output port
            why --for-product=x a/b                     ; --for-product is NAMESPACE/PRODUCT
            who a/b/c                                   ; no name of an output port: "b/c"
            """)
    void wrongUses(String words, String message) throws IOException {
        for (String shell : List.of("dash", "bash")) {
            Said said = new KubectlPlugin(installation.kube(), shell(shell), work).agreement(words.split(" "));
            assertThat(said.code()).as(shell + " " + said).isEqualTo(2);
            assertThat(said.out()).isEmpty();
            assertThat(said.err()).startsWith("error: ").contains(message).contains("--help' for usage");
        }
    }

    /** By kubectl, which finds plugin and completion on its PATH. */
    @Test
    void kubectlFindsItAndCompletes() throws IOException {
        Story story = installation.newStory();
        story.offer("orders", "[{name: orders}]", "");
        story.request("asked-for", "orders", story.taylor, "");
        story.awaitPhase("asked-for", Phase.Requested);
        KubectlPlugin plugin = new KubectlPlugin(installation.kube(), shell("bash"), work);

        assertThat(plugin.kubectl("agreement", "version").out()).matches("kubectl-agreement \\d+\\.\\d+\\.\\d+\n");
        assertThat(plugin.kubectl("agreement", "--help").out())
                .contains("recertify ")
                .contains("Exit codes");
        assertThat(plugin.kubectl("__complete", "agreement", "ap").out()).isEqualTo("approve\n:4\n");
        assertThat(plugin.kubectl("__complete", "agreement", "approve", "-n", story.marketing, "")
                        .out())
                .isEqualTo("asked-for\n:4\n");
        assertThat(plugin.kubectl("__complete", "agreement", "revoke", "--namespace=" + story.marketing, "")
                        .out())
                .isEqualTo(":4\n");
        assertThat(plugin.kubectl("__complete", "agreement", "request", story.checkout + "/")
                        .out())
                .isEqualTo(story.checkout + "/orders\n:4\n");
        assertThat(plugin.kubectl("__complete", "agreement", "list", "--phase=Act")
                        .out())
                .isEqualTo("--phase=Active\n:4\n");
    }

    /** Each with the role that gives the right that is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash"})
    void whoMayNotIsToldWhichRoleToAskFor(String shell) throws IOException {
        Story story = installation.newStory();
        KubectlPlugin plugin = new KubectlPlugin(installation.kube(), shell(shell), work);
        String nobody = "--as=nobody-" + story.checkout + "@example.com";

        Said show = plugin.agreement("show", story.marketing + "/a", nobody);
        Said all = plugin.agreement("list", "--all", nobody);
        Said request = plugin.agreement(
                "request", story.checkout + "/orders", "-n", story.marketing, "--purpose=Look at them all.", nobody);

        assertThat(show.code()).isEqualTo(1);
        assertThat(show.err())
                .contains(
                        "cannot get resource",
                        "\nAsk whoever gives rights in namespace " + story.marketing
                                + " for ClusterRole portcullis-viewer.\n");
        assertThat(all.code()).isEqualTo(1);
        assertThat(all.err())
                .contains(
                        "cannot list resource",
                        "\nAsk whoever gives rights at the cluster scope for ClusterRole portcullis-viewer.\n");
        assertThat(request.code()).isEqualTo(1);
        assertThat(request.err())
                .contains(
                        "cannot create resource",
                        "\nAsk whoever gives rights in namespace " + story.marketing
                                + " for ClusterRole portcullis-consumer.\n");
    }

    private static Path shell(String name) {
        return KubectlPlugin.installed(name).orElseGet(() -> {
            System.out.println("KubectlPluginTest skips " + name + ": it is not installed here");
            return abort(name + " is not installed here");
        });
    }

    /** One after the other, as people of two teams would type them. */
    private static final class Commands {
        private final Story story;
        private final KubectlPlugin plugin;
        private final String port;
        private final String anna;
        private final String desk;
        private final String pat;

        Commands(Story story, KubectlPlugin plugin) {
            this.story = story;
            this.plugin = plugin;
            this.port = story.checkout + "/orders";
            this.anna = "anna-" + story.checkout + "@example.com";
            this.desk = "desk-" + story.checkout + "@example.com";
            this.pat = "pat-" + story.checkout + "@example.com";
        }

        /** Anna may approve, and write no Decision; the desk records what others decided; nobody asks for what Pat, of another team, says. */
        void offer() {
            story.applyAsAdmin("""
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: Role
                    metadata: {name: approves-alone, namespace: $checkout}
                    rules: [{apiGroups: [portcullis.dev], resources: [outputports], verbs: [approve]}]
                    ---
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: RoleBinding
                    metadata: {name: approves-alone, namespace: $checkout}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: approves-alone}
                    subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: $anna}]
                    ---
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: RoleBinding
                    metadata: {name: desk, namespace: $checkout}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-decider}
                    subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: $desk}]
                    ---
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: RoleBinding
                    metadata: {name: decision-writers, namespace: $marketing}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-decision-writer}
                    subjects:
                    - {apiGroup: rbac.authorization.k8s.io, kind: User, name: $anna}
                    - {apiGroup: rbac.authorization.k8s.io, kind: User, name: $desk}
                    - {apiGroup: rbac.authorization.k8s.io, kind: User, name: $pat}
                    ---
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: RoleBinding
                    metadata: {name: second-approvers, namespace: $checkout}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: portcullis-second-approver}
                    subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: $pat}]
                    ---
                    apiVersion: portcullis.dev/v1alpha1
                    kind: DataProduct
                    metadata: {name: orders, namespace: $checkout}
                    spec: {title: "Orders\\"]; click n1 <script>"}
                    """.replace("$anna", anna).replace("$desk", desk).replace("$pat", pat));
            story.offer("orders", "[{name: orders}]", "description: \"One row\\n\\u001b[2Jper order\"");
        }

        void request() {
            Said said = as(
                    story.taylor,
                    "request",
                    port,
                    "--purpose",
                    HOSTILE,
                    "--name=a",
                    "--link=w=https://example.com/?a=b",
                    "--tag=ml");
            assertDone(said);
            assertThat(said.out()).isEqualTo("datausageagreement.portcullis.dev/a requested\n");
            assertThat(said.err()).startsWith("Requested: waits for a decision");
            assertThat(story.agreement("a").getSpec().purpose())
                    .as("exactly what was typed")
                    .isEqualTo(HOSTILE);
            assertThat(story.agreement("a").getSpec().links()).containsEntry("w", "https://example.com/?a=b");
            assertThat(story.agreement("a").getSpec().consumer().user()).isEqualTo(story.taylor);

            Said beyond = as(
                    story.quinn,
                    "request",
                    port,
                    "--purpose=Look at what is not there.",
                    "--name=beyond",
                    "--table=nowhere");
            assertThat(beyond.code())
                    .as("it is made, and nothing comes of it: " + beyond)
                    .isEqualTo(1);
            assertThat(beyond.err())
                    .contains("Invalid: spec.select names table ", "nowhere", "(delete it)")
                    .doesNotContain("\\");
            story.delete("beyond");

            // what a server below 1.36 gets: who requests is written by the plugin
            Said dry = as(
                    story.quinn,
                    "request",
                    port,
                    "--purpose=Look at all of them.",
                    "--for-team=team-" + story.marketing,
                    "--table=orders:id,amount",
                    "--end=2031-01-01",
                    "--dry-run=client",
                    "-o",
                    "jsonpath={.metadata} {.spec}");
            assertThat(dry.out())
                    .contains("\"portcullis.dev/requested-by\":\"" + story.quinn + "\"")
                    .contains("\"generateName\":\"orders-\"")
                    .contains("\"consumer\":{\"team\":\"team-" + story.marketing + "\"}")
                    .contains("\"select\":{\"tables\":[{\"columns\":[\"id\",\"amount\"],\"name\":\"orders\"}]}");

            String file = story.filled("""
                    apiVersion: portcullis.dev/v1alpha1
                    kind: DataUsageAgreement
                    metadata: {name: b, namespace: $marketing}
                    spec:
                      purpose: Look at all of them.
                      provider: {namespace: $checkout, outputPort: orders}
                      consumer: {team: team-$marketing}
                    """);
            assertDone(plugin.agreementReading(file, "request", "-f", "-", "--as", story.quinn, "--wait=false"));
            assertThat(plugin.agreementReading(
                                    file.replace("DataUsageAgreement", "DataProduct"),
                                    "request",
                                    "-f",
                                    "-",
                                    "--as",
                                    story.quinn)
                            .err())
                    .contains("objects of other kinds");
            story.awaitPhase("b", Phase.Requested);
        }

        void look() {
            assertThat(lines(as(story.olga, "list"))).hasSize(3).allMatch(line -> line.matches("(NAME|a|b) .*"));
            assertThat(lines(as(story.taylor, "list", "--mine", "-o", "name")))
                    .containsExactly("datausageagreement.portcullis.dev/a");
            assertThat(lines(as(story.olga, "list", "--to-decide", "-o", "name")))
                    .hasSize(2);
            assertThat(as(story.taylor, "list", "--to-decide").err()).contains("No resources found");
            assertThat(as("o'; exit 9 #", "list").err()).contains("User \"o'; exit 9 #\" cannot list resource");
            assertThat(lines(as(story.olga, "list", "--phase=active,Revoked", "-o", "json"))
                            .get(0))
                    .isEqualTo("{");

            Said shown = as(story.olga, "show", "a");
            assertDone(shown);
            assertThat(lines(shown))
                    .contains("Agreement:      " + story.marketing + "/a")
                    .contains("Requested by:   " + story.taylor)
                    .contains("                One row\\n\\x1b[2Jper order")
                    .contains(
                            "Purpose:        Find 'it' \"out\" \\\\ $(exit 9) `exit 9` %s\\n\\tPhase: Active\\x1b[2J\\u202e\\u0085 \"]; click n1 <b>")
                    .contains("Request:        " + hash("a"));
            assertPrintable(shown);
            assertThat(as(story.olga, "show", "a", "-o", "jsonpath={.status.phase}")
                            .out())
                    .isEqualTo("Requested");
        }

        void approveByDecision() {
            Said other = as(story.olga, "approve", "a", "--request=sha256:0");
            assertThat(other.code()).isEqualTo(1);
            assertThat(other.err()).contains("is another request than the one that was looked at");

            Said refused = as(pat, "approve", "a");
            assertThat(refused.code()).as(refused.toString()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("error: Decision " + story.checkout + "/a-approved-")
                    .contains(" was not taken: ");

            Said dry = as(
                    story.olga,
                    "approve",
                    "a",
                    "--dry-run=client",
                    "-o",
                    "jsonpath={.spec.by} {.spec.recordedBy} {.spec.authority}");
            assertThat(dry.out()).as("written by the plugin").isEqualTo(story.olga + " " + story.olga + " Approve");

            Said said =
                    as(story.olga, "approve", "a", "--request", hash("a"), "--reason", HOSTILE, "--until=2030-12-31");
            assertDone(said);
            assertThat(said.out()).isEqualTo("datausageagreement.portcullis.dev/a approved\n");
            assertPrintable(said);
            DecisionSpec decision = decision("a", story.olga);
            assertThat(decision.reason()).isEqualTo(HOSTILE);
            assertThat(decision.request()).isEqualTo(hash("a"));
            assertThat(decision.until()).isEqualTo("2030-12-31");
            story.awaitPhase("a", Phase.Active);
            Said shown = as(story.olga, "show", "a");
            assertPrintable(shown);
            assertThat(shown.out())
                    .contains("approved by " + story.olga)
                    .contains("Not taken:      approved by " + pat + ": its author");
        }

        void decideByAnnotation() {
            assertThat(as(story.taylor, "approve", "b").err())
                    .contains(story.taylor + " may not decide on " + story.marketing + "/b");
            assertThat(as(anna, "approve", "b", "--dry-run=client", "-o", "jsonpath={.metadata.annotations}")
                            .out())
                    .as("written by the plugin")
                    .contains("\"portcullis.dev/decided-by\":\"" + anna + "\"")
                    .contains("\"portcullis.dev/recorded-by\":\"" + anna + "\"");
            assertDone(as(anna, "approve", story.marketing + "/b", "--reason=Fine."));
            DecisionRecord record = story.awaitPhase("b", Phase.Active)
                    .getStatus()
                    .approval()
                    .decisions()
                    .get(0);
            assertThat(record.via()).hasToString("Annotation");
            assertThat(record.by()).isEqualTo(anna);
            assertThat(record.reason()).isEqualTo("Fine.");

            assertDone(as(story.quinn, "request", port, "--purpose=Look at them once more.", "--name=c"));
            assertThat(as(anna, "reject", "c", "--dry-run=server").out())
                    .isEqualTo("datausageagreement.portcullis.dev/c rejected (server dry run)\n");
            assertThat(story.agreement("c").getStatus().phase()).isEqualTo(Phase.Requested);
            assertDone(as(anna, "reject", "c", "--reason=Once is enough."));
            assertThat(story.agreement("c").getStatus().phase()).isEqualTo(Phase.Rejected);
        }

        void refuseToDecideTwice() {
            Said twice = as(story.olga, "approve", "a", "b", "c");
            assertThat(twice.code()).isEqualTo(1);
            assertThat(twice.err())
                    .contains(story.marketing + "/a is decided already: approved by " + story.olga)
                    .contains("It can only be ended: kubectl agreement revoke b -n " + story.marketing)
                    .contains("/c is decided already: rejected by " + anna)
                    .contains("Request another agreement: kubectl agreement request " + port);
            assertThat(as(story.olga, "reject", "a").err()).contains("To end the access: kubectl agreement revoke a");
            assertThat(as(story.olga, "revoke", "nosuch").err())
                    .contains("(NotFound)")
                    .doesNotContain("list --all");
            assertThat(plugin.agreement("revoke", "nosuch").err()).contains("(NotFound)", "write NAMESPACE/nosuch");
        }

        void pause() {
            assertDone(as(story.taylor, "suspend", "a"));
            assertThat(story.agreement("a").getSpec().suspend())
                    .as("the consumer's own switch")
                    .isTrue();
            assertThat(as(story.taylor, "suspend", "a").err()).contains("suspended already by its consumer");
            assertDone(as(story.taylor, "resume", "a"));
            assertDone(as(story.olga, "suspend", "a", "--reason=An incident."));
            assertThat(story.awaitPhase("a", Phase.Suspended).getSpec().suspend())
                    .isNotEqualTo(true);
            assertThat(as(story.taylor, "resume", "a").err()).contains("may not decide");
            assertDone(as(story.olga, "resume", "a", "--wait=false"));
            assertDone(as(story.olga, "recertify", "a", "--until=2030-11-30"));
            story.awaitPhase("a", Phase.Active);
        }

        void audit() {
            Said why = plugin.agreement("why", story.taylor, port);
            assertThat(why.code()).as(why.toString()).isZero();
            assertThat(lines(why).get(0)).startsWith("AGREEMENT ").contains("GIVES");
            assertThat(lines(why).get(1))
                    .matches(story.marketing + "/a +yes +" + Story.login(story.taylor) + " +user +Active .*");
            assertThat(lines(why).get(2))
                    .matches(story.marketing + "/b +yes +" + Story.login(story.taylor) + " +member of team team-"
                            + story.marketing + " .*");
            assertThat(lines(plugin.agreement("why", "--for-team=team-" + story.marketing, port, "-o", "name")))
                    .containsExactly("datausageagreement.portcullis.dev/b");
            Said nobody = plugin.agreement("why", "nobody\u001b[2J", port);
            assertThat(nobody.code()).isEqualTo(1);
            assertThat(nobody.err()).isEqualTo("No agreement gives \"nobody\\x1b[2J\" the use of " + port + ".\n");
            assertThat(plugin.agreement("why", "x", story.checkout + "/nosuch").err())
                    .contains("(NotFound)");
            assertThat(as(story.taylor, "why", story.taylor, port).err()).contains("portcullis-viewer");

            Said who = plugin.agreement("who", "orders", "-n", story.checkout, "-o", "wide");
            assertPrintable(who);
            assertThat(lines(who).stream().map(line -> line.replaceAll(" {2,}.*", "")))
                    .containsExactlyInAnyOrder(
                            "PRINCIPAL",
                            Story.login(story.taylor),
                            Story.login(story.taylor),
                            Story.login(story.quinn));

            Said graph = plugin.agreement("graph", "-n", story.checkout);
            assertDone(graph);
            assertThat(lines(graph))
                    .contains("flowchart LR")
                    .allMatch(
                            line -> line.matches(
                                    "flowchart LR|  n\\d+(\\[\\(|\\(\\[|\\[)\"[A-Za-z0-9 .,@/_#;<>-]+\"(\\)\\]|\\]\\)|\\])|  n\\d+ --- n\\d+|  n\\d+ -[-.] \"[A-Za-z0-9 .,@/_#;<>-]+\" (-->|\\.->) n\\d+"));
            assertThat(graph.out())
                    .contains("#60;script#62;")
                    .doesNotContain("<script")
                    .contains("/a<br/>Active");
        }

        void end() {
            Said recorded = as(desk, "revoke", "b", "--by=Board \"of\" data", "--link=https://tickets.example.com/7");
            assertDone(recorded);
            DecisionSpec decision = decision("b", "Board \"of\" data");
            assertThat(decision.by()).isEqualTo("Board \"of\" data");
            assertThat(decision.recordedBy()).isEqualTo(desk);
            assertThat(decision.authority()).hasToString("Decide");
            assertThat(as(story.olga, "revoke", "a", "--by=somebody").err())
                    .contains("to record what somebody decided, the verb decide");
            assertThat(as(story.taylor, "cancel", "a", "-i").err())
                    .contains("cancel it? [y/N]")
                    .contains("nothing was done");
            assertDone(as(story.taylor, "cancel", "a"));
            assertThat(story.agreement("a").getStatus().phase()).isEqualTo(Phase.Cancelled);
            assertThat(as(story.taylor, "cancel", "a").err()).contains("has ended already (Cancelled)");
            story.awaitReads(story.taylor, "orders", false);
        }

        /** In the consumer's namespace, unless the agreement's name says another. */
        private Said as(String person, String... words) {
            List<String> all = new java.util.ArrayList<>(List.of(words));
            all.addAll(List.of("-n", story.marketing, "--as", person));
            return plugin.agreement(all.toArray(String[]::new));
        }

        private String hash(String agreement) {
            return story.agreement(agreement).getStatus().snapshot().request();
        }

        private DecisionSpec decision(String agreement, String by) {
            return story
                    .installation
                    .admin()
                    .resources(Decision.class)
                    .inNamespace(story.checkout)
                    .list()
                    .getItems()
                    .stream()
                    .map(Decision::getSpec)
                    .filter(decision -> decision.agreement().name().equals(agreement) && by.equals(decision.by()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> lines(Said said) {
        return said.out().lines().toList();
    }

    private static void assertDone(Said said) {
        assertThat(said.code()).as(said.toString()).isZero();
    }

    /** No character that a terminal acts on, and no line that a value began. */
    private static void assertPrintable(Said said) {
        String all = said.out() + said.err();
        assertThat(all.codePoints()
                        .filter(c ->
                                c != '\n' && (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)))
                .as(all)
                .isEmpty();
        assertThat(all.lines()).noneMatch(line -> line.strip().startsWith("Phase: Active"));
    }
}
