package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.local.Await;
import dev.portcullis.local.Checkout;
import dev.portcullis.local.PortcullisManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The repositories of samples/gitops, applied as Argo CD and Flux do: each by its own ServiceAccount. */
class GitopsTest {
    private static final Path SAMPLES = Checkout.root().resolve("samples/gitops");
    private static final String OFFERS = "fulfilment-offers";
    private static final String DECISIONS = "fulfilment-decisions";
    private static final String APPROVAL =
            "provider-repository/decisions/frieda@example.com/shipments-forecasting.yaml";
    private static final String REVOCATION = "later/shipments-forecasting-revoked.yaml";

    private final Installation installation = Installation.get();

    /** Once more is no harm: that is what the tools do every few minutes. */
    @BeforeEach
    void thePlatformAndWhatIsOffered() {
        if (!installation
                .shop()
                .look("SELECT 1 FROM pg_roles WHERE rolname = 'noor'")
                .iterator()
                .hasNext()) {
            installation.shop().createLogin("noor");
        }
        apply(installation.admin(), text("platform-repository/bootstrap/gitops-sync.yaml"));
        for (String file : filesOf("platform-repository/mesh")) {
            sync("platform", file);
        }
        for (String file : filesOf("provider-repository/ports")) {
            sync(OFFERS, file);
        }
        Installation.await("the port is offered", () -> {
            OutputPort port = installation.port("fulfilment", "shipments-v1");
            return port.getStatus() != null
                    && port.getStatus().conditions().stream()
                            .anyMatch(condition -> condition.reason().equals("Offered"));
        });
    }

    @Test
    void fromTheRequestToTheRevoke() throws IOException, InterruptedException {
        assertThat(diff("forecasting", "--server-side=true", "consumer-repository/agreements"))
                .as("so kubectl diff does find differences")
                .contains("+  purpose: Forecast");
        sync("forecasting", "consumer-repository/agreements/shipments.yaml");
        DataUsageAgreement waits = awaitPhase("shipments", Phase.Requested);
        String request = waits.getStatus().snapshot().request();
        assertThat(waits.getMetadata().getAnnotations())
                .containsEntry("portcullis.dev/requested-by", account("forecasting"));
        assertThat(reads()).isFalse();
        assertThat(text(APPROVAL)).contains("request: " + request);
        assertThat(text(REVOCATION)).contains("request: " + request);

        sync(DECISIONS, APPROVAL);
        assertThat(awaitPhase("shipments", Phase.Active).getStatus().approval().decisions())
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.by()).isEqualTo("frieda@example.com");
                    assertThat(decision.recordedBy()).isEqualTo(account(DECISIONS));
                    assertThat(decision.via()).isEqualTo(DecisionRecord.Via.Decision);
                });
        assertThat(reads()).isTrue();

        nothingIsDifferentFromGit();
        whatIsSwitchedByHandIsNotInGitAndStays();
        theAccountCannotDeleteTheEvidence();

        sync(DECISIONS, REVOCATION);
        awaitPhase("shipments", Phase.Revoked);
        Installation.await("taken away", () -> !reads());

        // self-heal: Git still holds the request and the approval, and both change nothing
        sync("forecasting", "consumer-repository/agreements/shipments.yaml");
        sync(DECISIONS, APPROVAL);
        assertThat(installation
                        .agreement("forecasting", "shipments")
                        .getStatus()
                        .phase())
                .isEqualTo(Phase.Revoked);

        // deleted by hand, it is made anew: another agreement, for which no Decision of the first one counts
        installation
                .admin()
                .resource(installation.agreement("forecasting", "shipments"))
                .delete();
        Installation.await("gone", () -> installation.agreement("forecasting", "shipments") == null);
        sync("forecasting", "consumer-repository/agreements/shipments.yaml");
        sync(DECISIONS, APPROVAL);
        awaitPhase("shipments", Phase.Requested);
        Installation.await(
                "the approval is of the earlier one",
                () -> decision("shipments-forecasting").getStatus().outcome().equals(Outcome.Taken));
        assertThat(installation
                        .agreement("forecasting", "shipments")
                        .getStatus()
                        .approval()
                        .decisions())
                .isEmpty();
        assertThat(reads()).isFalse();
    }

    /** What stamps and operator add is no difference for Argo CD, with server-side apply or without, nor for Flux. */
    private void nothingIsDifferentFromGit() throws IOException, InterruptedException {
        for (String mode : List.of("--server-side=true", "--server-side=false")) {
            assertThat(diff("forecasting", mode, "consumer-repository/agreements"))
                    .isEmpty();
            assertThat(diff(OFFERS, mode, "provider-repository/ports")).isEmpty();
            assertThat(diff(DECISIONS, mode, "provider-repository/decisions")).isEmpty();
        }
    }

    private void whatIsSwitchedByHandIsNotInGitAndStays() throws IOException, InterruptedException {
        patchPort("{\"spec\":{\"suspend\":true}}");
        awaitPhase("shipments", Phase.Suspended);
        Installation.await("taken away for now", () -> !reads());
        for (String file : filesOf("provider-repository/ports")) {
            sync(OFFERS, file);
        }
        assertThat(diff(OFFERS, "--server-side=false", "provider-repository/ports"))
                .isEmpty();
        assertThat(installation.port("fulfilment", "shipments-v1").getSpec().suspend())
                .isTrue();
        patchPort("{\"spec\":{\"suspend\":false}}");
        awaitPhase("shipments", Phase.Active);
    }

    private void theAccountCannotDeleteTheEvidence() {
        assertThatThrownBy(() -> as(DECISIONS)
                        .resource(decision("shipments-forecasting"))
                        .delete())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(403));
    }

    /** Somebody who may merge into the consumer's repository tries to be approved by it. */
    @Test
    void aConsumersRepositoryDecidesNothing() {
        String request =
                text("consumer-repository/agreements/shipments.yaml").replace("name: shipments,", "name: sly,");
        String decided = request.replace("namespace: forecasting}", """
                namespace: forecasting, annotations: {portcullis.dev/decision: approved, portcullis.dev/decided-by: frieda@example.com,
                  portcullis.dev/recorded-by: 'system:serviceaccount:gitops-sync:forecasting'}}""");
        String byAnother = request.replace(
                "namespace: forecasting}",
                "namespace: forecasting, annotations: {portcullis.dev/requested-by: nils@example.com}}");
        String vote = text(APPROVAL).replace("name: shipments}", "name: sly}").replaceAll("request: .*", "");

        refused("forecasting", "may not decide on this agreement", decided);
        refused("forecasting", "to request in the name of another, the verb request-for", byAnother);
        refused("forecasting", "cannot patch resource \"decisions\"", vote);
        refused(
                "forecasting",
                "cannot patch resource \"decisions\"",
                vote.replace("namespace: fulfilment", "namespace: forecasting"));
        assertThat(installation.agreement("forecasting", "sly")).isNull();
    }

    /** Whoever reviews the ports reviews no approvals: a Decision that lies among the ports is applied by an account which may not file one, in nobody's name. */
    @Test
    void aDecisionAmongThePortsIsRefused() {
        String approval = text(APPROVAL).replace("name: shipments-forecasting", "name: slipped");
        String inItsOwnName = approval.replace("by: frieda@example.com", "by: " + account(OFFERS));
        for (String slipped : List.of(approval, inItsOwnName)) {
            refused(OFFERS, "cannot patch resource \"decisions\"", slipped);
        }
        assertThat(decision("slipped")).isNull();
    }

    /** Nor the other way round: whoever reviews approvals changes no port by it, and decides for no other provider. */
    @Test
    void whatIsNoDecisionOfThisProviderIsRefusedAmongTheDecisions() {
        String port = text("provider-repository/ports/shipments.yaml");
        String wider =
                port.substring(port.indexOf("---")).replace("{name: orders}", "{name: orders}, {name: customers}");

        refused(DECISIONS, "cannot patch resource \"outputports\"", wider);
        refused(DECISIONS, "cannot patch resource \"dataproducts\"", port);
        refused(
                DECISIONS,
                "cannot patch resource \"decisions\"",
                text(APPROVAL).replace("namespace: fulfilment", "namespace: forecasting"));
        refused(
                DECISIONS,
                "cannot patch resource \"datausageagreements\"",
                text("consumer-repository/agreements/shipments.yaml"));
    }

    /** The same with an account that applies everybody's repositories, as a GitOps controller without impersonation is: it may decide, and request for others. */
    @Test
    void aSharedAccountApprovesWhateverSomebodyMerges() {
        apply(installation.admin(), """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: gitops-shared}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{kind: ServiceAccount, name: shared, namespace: gitops-sync}]
                """);
        String request = text("consumer-repository/agreements/shipments.yaml")
                .replace(
                        "{name: shipments, namespace: forecasting}",
                        "{name: bold, namespace: forecasting, annotations: {portcullis.dev/requested-by: nils@example.com}}");
        String vote = text(APPROVAL)
                .replace("name: shipments}", "name: bold}")
                .replace("name: shipments-forecasting", "name: bold")
                .replaceAll("request: .*", "");

        apply(as("shared"), request);
        awaitPhase("bold", Phase.Requested);
        apply(as("shared"), vote);

        assertThat(awaitPhase("bold", Phase.Active).getStatus().approval().decisions())
                .singleElement()
                .satisfies(decision -> assertThat(decision.by()).isEqualTo("frieda@example.com"));
        installation
                .admin()
                .resource(installation.agreement("forecasting", "bold"))
                .delete();
        installation
                .admin()
                .rbac()
                .clusterRoleBindings()
                .withName("gitops-shared")
                .delete();
        Installation.await("gone", () -> installation.agreement("forecasting", "bold") == null);
    }

    /** Flux makes the fields that kubectl wrote its own, and applies what Git holds, which removes them; unless {@code ssa: Merge} has it leave them alone, as the samples do. */
    @Test
    void aDecisionByAnnotationStaysWhereFluxTakesItOver() {
        String noted =
                text("consumer-repository/agreements/shipments.yaml").replace("name: shipments,", "name: noted,");
        apply(as("forecasting"), noted);
        awaitPhase("noted", Phase.Requested);
        var agreement = installation
                .admin()
                .resources(DataUsageAgreement.class)
                .inNamespace("forecasting")
                .withName("noted");
        agreement.patch(
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldManager("kubectl-annotate")
                        .build(),
                "{\"metadata\":{\"annotations\":{\"portcullis.dev/decision\":\"rejected\"}}}");
        awaitPhase("noted", Phase.Rejected);
        var annotations = agreement.get().getMetadata().getAnnotations();

        var taken = agreement.get().getMetadata().getManagedFields();
        taken.stream()
                .filter(entry -> entry.getManager().equals("kubectl-annotate"))
                .forEach(entry -> {
                    entry.setManager("kustomize-controller");
                    entry.setOperation("Apply");
                });
        agreement.patch(
                PatchContext.of(PatchType.JSON),
                "[{\"op\":\"replace\",\"path\":\"/metadata/managedFields\",\"value\":" + Serialization.asJson(taken)
                        + "}]");
        as("forecasting")
                .resource(PortcullisManifests.parse(noted).get(0))
                .fieldManager("kustomize-controller")
                .forceConflicts()
                .serverSideApply();

        assertThat(agreement.get().getMetadata().getAnnotations()).isEqualTo(annotations);
        assertThat(annotations).containsEntry("portcullis.dev/decision", "rejected");
        agreement.delete();
    }

    @Test
    void eachAccountHasTheRightsOfItsRepository() {
        assertThat(may(DECISIONS, "decide", "outputports", "fulfilment")).isTrue();
        assertThat(may(DECISIONS, "create", "decisions", "fulfilment")).isTrue();
        assertThat(may(DECISIONS, "delete", "decisions", "fulfilment")).isFalse();
        assertThat(may(OFFERS, "approve", "outputports", "fulfilment")).isTrue();
        assertThat(may(OFFERS, "decide", "outputports", "fulfilment")).isFalse();
        for (String verb : List.of("create", "update", "patch", "delete")) {
            assertThat(may(OFFERS, verb, "outputports", "fulfilment")).as(verb).isTrue();
            assertThat(may(OFFERS, verb, "decisions", "fulfilment")).as(verb).isFalse();
            for (String resource : List.of("outputports", "dataproducts")) {
                assertThat(may(DECISIONS, verb, resource, "fulfilment"))
                        .as(verb)
                        .isFalse();
            }
        }
        for (String account : List.of(OFFERS, DECISIONS)) {
            for (String namespace : List.of("fulfilment", "forecasting")) {
                for (String verb : List.of("create", "patch", "request")) {
                    assertThat(may(account, verb, "datausageagreements", namespace))
                            .isFalse();
                }
            }
        }
        assertThat(may("forecasting", "create", "datausageagreements", "forecasting"))
                .isTrue();
        for (String verb : List.of("decide", "approve", "review")) {
            for (String account : List.of(OFFERS, DECISIONS)) {
                assertThat(may(account, verb, "outputports", null)).as(verb).isFalse();
                assertThat(may(account, verb, "outputports", "forecasting")).isFalse();
            }
            assertThat(may("forecasting", verb, "outputports", "forecasting")).isFalse();
            assertThat(may("forecasting", verb, "outputports", "fulfilment")).isFalse();
            assertThat(may("platform", verb, "outputports", "fulfilment")).isFalse();
        }
        for (String account : List.of(OFFERS, DECISIONS, "forecasting", "platform")) {
            assertThat(may(account, "request-for", "datausageagreements", null)).isFalse();
            assertThat(may(account, "release", "datausageagreements", null)).isFalse();
        }
    }

    /** With what the page tells them to type. */
    @Test
    void peopleSeeWhatTheyDecideOnAndWhatTheyMayAskFor() throws IOException, InterruptedException {
        sync("forecasting", "consumer-repository/agreements/shipments.yaml");
        for (String person : List.of("frieda@example.com", "noor@example.com")) {
            assertThat(kubectl(person, "get", "dua", "-n", "forecasting", "-o", "name"))
                    .contains("datausageagreement.portcullis.dev/shipments");
            assertThat(kubectl(person, "get", "port,decisions", "-n", "fulfilment", "-o", "name"))
                    .contains("outputport.portcullis.dev/shipments-v1");
        }
    }

    private String kubectl(String person, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                installation.kube().kubectl().toString(),
                "--kubeconfig=" + installation.kube().kubeconfig(),
                "--as=" + person));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    // ---------------------------------------------------------------------------------------- what the tools do

    private void sync(String account, String file) {
        apply(as(account), text(file));
    }

    private static void apply(KubernetesClient client, String text) {
        for (GenericKubernetesResource object : PortcullisManifests.parse(text)) {
            client.resource(object)
                    .fieldValidation(Validation.STRICT)
                    .fieldManager("argocd-controller")
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    private void refused(String account, String message, String text) {
        assertThatThrownBy(() -> apply(as(account), text))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(403))
                .hasMessageContaining(message);
    }

    /** What kubectl diff prints: nothing where the folder is as it is in the cluster. */
    private String diff(String account, String mode, String folder) throws IOException, InterruptedException {
        ProcessBuilder kubectl = new ProcessBuilder(
                        installation.kube().kubectl().toString(),
                        "diff",
                        mode,
                        "--field-manager=argocd-controller",
                        "--recursive",
                        "--filename=" + SAMPLES.resolve(folder),
                        "--kubeconfig=" + installation.kube().kubeconfig(),
                        "--as=" + account(account))
                .redirectErrorStream(true);
        Process process = kubectl.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isLessThan(2);
        return printed;
    }

    private KubernetesClient as(String account) {
        return installation
                .kube()
                .as(
                        account(account),
                        "system:serviceaccounts",
                        "system:serviceaccounts:gitops-sync",
                        "system:authenticated");
    }

    private static String account(String name) {
        return "system:serviceaccount:gitops-sync:" + name;
    }

    private boolean may(String account, String verb, String resource, String namespace) {
        return installation
                .admin()
                .authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(account(account))
                        .withGroups(
                                "system:serviceaccounts", "system:serviceaccounts:gitops-sync", "system:authenticated")
                        .withNewResourceAttributes()
                        .withGroup("portcullis.dev")
                        .withResource(resource)
                        .withVerb(verb)
                        .withNamespace(namespace)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }

    // ---------------------------------------------------------------------------------------- what is there

    private static List<String> filesOf(String folder) {
        try (Stream<Path> files = Files.list(SAMPLES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(file -> SAMPLES.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String file) {
        try {
            return Files.readString(SAMPLES.resolve(file))
                    .replace("port: 5432", "port: " + installation.postgres().port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void patchPort(String json) {
        installation
                .admin()
                .resources(OutputPort.class)
                .inNamespace("fulfilment")
                .withName("shipments-v1")
                .patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    private Decision decision(String name) {
        return installation
                .admin()
                .resources(Decision.class)
                .inNamespace("fulfilment")
                .withName(name)
                .get();
    }

    private boolean reads() {
        return installation
                .shop()
                .query("noor", "SELECT count(*) FROM sales.orders")
                .allowed();
    }

    private DataUsageAgreement awaitPhase(String name, Phase phase) {
        Await.until(
                Installation.SOON,
                () -> name + " " + phase + ", but it is " + installation.agreement("forecasting", name),
                () -> installation.agreement("forecasting", name).getStatus() != null
                        && installation
                                        .agreement("forecasting", name)
                                        .getStatus()
                                        .phase()
                                == phase);
        return installation.agreement("forecasting", name);
    }
}
