package dev.portcullis.it.admission;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/**
 * Who tries something. Rights come from the shipped roles wherever there is one. The provider's namespace is checkout, with the ports orders-v1
 * (Manual) and claims-v1 (External); the consumer's is marketing.
 */
final class People {
    /** Requests, in marketing. */
    static final String TAYLOR = "taylor@example.com";

    /** Gets the access; has no rights here. */
    static final String CARL = "carl@example.com";

    /** Approves for checkout. */
    static final String OLGA = "olga@example.com";

    /** Approves for checkout, too. */
    static final String BOB = "bob@example.com";

    /** May approve for checkout and request in marketing: may not do both with one agreement. */
    static final String NINA = "nina@example.com";

    /** Another spelling of NINA, with the same rights: names in other identity providers ignore case. */
    static final String NINA_IN_CAPITALS = "Nina@Example.COM";

    /** Approves for checkout's port claims-v1 alone. */
    static final String CLARA = "clara@example.com";

    /** Of team privacy: gives the approvals that policies ask of it, for checkout's ports. */
    static final String PAT = "pat@example.com";

    /** Brings objects back from a backup: may release and record decisions everywhere. */
    static final String RESTORER = "system:serviceaccount:velero:velero";

    /** Approves for the namespace finance. */
    static final String FIONA = "fiona@example.com";

    /** May patch and update agreements, but decide nowhere. */
    static final String MALLORY = "mallory@example.com";

    /** Holds a Role of * on * in marketing. */
    static final String TINA = "tina@example.com";

    /** Holds a Role of * on * in checkout, and may write decisions in marketing. */
    static final String PETRA = "petra@example.com";

    /** Maintains ports in checkout; does not approve. */
    static final String PAM = "pam@example.com";

    /** Maintains ports in checkout and approves. */
    static final String PAULA = "paula@example.com";

    /** Maintains ports in checkout, and approves for orders-v1 alone. */
    static final String PETER = "peter@example.com";

    /** A ticket system: records decisions on checkout's ports, in anybody's name. */
    static final String JIRA = "system:serviceaccount:tickets:jira";

    /** A portal: requests in marketing in anybody's name. */
    static final String PORTAL = "system:serviceaccount:tickets:portal";

    /** A portal that also records decisions. */
    static final String DESK = "system:serviceaccount:tickets:desk";

    /** An approver with a name that wants to be something else. */
    static final String ODD = "corp: o'hara \"x\" (ops) \\1";

    /** An approver whose name is not ASCII. */
    static final String UNICODE = "jürgen@例え.jp";

    /** A cluster administrator: RBAC does not apply. */
    static final String ADMIN = "root";

    static final String OPERATOR = "system:serviceaccount:portcullis-system:portcullis";

    /** The grant controller of an external platform. */
    static final String CONTROLLER = "system:serviceaccount:events:grants";

    static final String COLLECTOR = "system:serviceaccount:kube-system:generic-garbage-collector";

    /** Bound to a last role of its own. */
    static final String LAST_BOUND = "last@example.com";

    private final KubernetesClient admin;

    People(KubernetesClient admin) {
        this.admin = admin;
    }

    void bind() {
        everywhere("request-for", rule("datausageagreements", "request-for"), PORTAL, DESK);
        everywhere("mallory", rule("datausageagreements", "get", "list", "patch", "update"), MALLORY);
        inNamespace("marketing", "everything", everything(), TINA);
        inNamespace("checkout", "everything", everything(), PETRA);
        inNamespace(
                "checkout",
                "approve-claims",
                new PolicyRuleBuilder(rule("outputports", "approve"))
                        .withResourceNames("claims-v1")
                        .build(),
                CLARA);
        inNamespace(
                "checkout",
                "approve-orders",
                new PolicyRuleBuilder(rule("outputports", "approve"))
                        .withResourceNames("orders-v1")
                        .build(),
                PETER);

        bindShipped("marketing", "portcullis-consumer", TAYLOR, NINA, NINA_IN_CAPITALS, PORTAL, DESK, JIRA);
        bindShipped("checkout", "portcullis-provider", PAM, PAULA, PETER);
        bindShipped("checkout", "portcullis-approver", OLGA, BOB, NINA, NINA_IN_CAPITALS, PAULA, ODD, UNICODE);
        bindShipped("finance", "portcullis-approver", FIONA);
        bindShipped("checkout", "portcullis-second-approver", PAT);
        everywhere(
                "restore",
                List.of(
                        rule("datausageagreements", "get", "create", "patch", "request", "request-for", "release"),
                        rule("outputports", "decide"),
                        rule("decisions", "get", "create", "patch")),
                RESTORER);
        bindShipped("checkout", "portcullis-decider", JIRA, DESK);
        bindShippedEverywhere(
                "portcullis-decision-writer",
                OLGA,
                BOB,
                NINA,
                NINA_IN_CAPITALS,
                CLARA,
                FIONA,
                PETRA,
                ODD,
                UNICODE,
                JIRA,
                DESK);
        bindShippedEverywhere("portcullis-grant-controller", CONTROLLER);
        everywhere("last", rule("datausageagreements", "create"), LAST_BOUND);
    }

    private static PolicyRule rule(String resource, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups("portcullis.dev")
                .withResources(resource)
                .withVerbs(verbs)
                .build();
    }

    private static PolicyRule everything() {
        return new PolicyRuleBuilder()
                .withApiGroups("*")
                .withResources("*")
                .withVerbs("*")
                .build();
    }

    private void inNamespace(String namespace, String name, PolicyRule rule, String... users) {
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withRules(rule)
                        .build())
                .create();
        bind(namespace, "Role", name, users);
    }

    private void everywhere(String name, PolicyRule rule, String... users) {
        everywhere(name, List.of(rule), users);
    }

    private void everywhere(String name, List<PolicyRule> rules, String... users) {
        admin.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName("test-" + name)
                        .endMetadata()
                        .withRules(rules)
                        .build())
                .create();
        bindShippedEverywhere("test-" + name, users);
    }

    private void bindShipped(String namespace, String clusterRole, String... users) {
        bind(namespace, "ClusterRole", clusterRole, users);
    }

    private void bind(String namespace, String kind, String role, String... users) {
        admin.rbac()
                .roleBindings()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("test-" + role)
                        .endMetadata()
                        .withRoleRef(new RoleRef("rbac.authorization.k8s.io", kind, role))
                        .withSubjects(subjects(users))
                        .build())
                .create();
    }

    private void bindShippedEverywhere(String clusterRole, String... users) {
        admin.rbac()
                .clusterRoleBindings()
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("test-" + clusterRole)
                        .endMetadata()
                        .withRoleRef(new RoleRef("rbac.authorization.k8s.io", "ClusterRole", clusterRole))
                        .withSubjects(subjects(users))
                        .build())
                .create();
    }

    private static List<Subject> subjects(String... users) {
        return List.of(users).stream()
                .map(user -> new Subject("rbac.authorization.k8s.io", "User", user, null))
                .toList();
    }
}
