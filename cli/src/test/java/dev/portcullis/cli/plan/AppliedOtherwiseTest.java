package dev.portcullis.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.manifests.ManifestsReader;
import dev.portcullis.cli.manifests.SourceFile;
import dev.portcullis.cli.report.PlanResult.Warning;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests on which it is said that they are not just applied, and deleted when they are gone. */
class AppliedOtherwiseTest {
    private static final String AGREEMENT = """
            apiVersion: portcullis.dev/v1alpha1
            kind: DataUsageAgreement
            metadata:
              name: churn-orders
              namespace: marketing
              annotations: {note: none}
              labels: {team: marketing}
            spec:
              purpose: Train the monthly churn model.
              provider: {namespace: checkout, outputPort: orders-v1}
              consumer: {user: taylor@example.com}
            """;
    private static final String DECISION = """
            apiVersion: portcullis.dev/v1alpha1
            kind: Decision
            metadata: {name: churn-orders-yes, namespace: checkout, annotations: {note: none}}
            spec:
              outputPort: orders-v1
              agreement: {namespace: marketing, name: churn-orders}
              decision: approved
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "argocd.argoproj.io/hook: Skip; as a hook",
                "argocd.argoproj.io/hook: PreSync; as a hook",
                "helm.sh/hook: post-install; as a hook",
                "argocd.argoproj.io/sync-options: 'Validate=false, Prune=false'; does not delete it",
                "argocd.argoproj.io/sync-options: Prune=confirm; does not delete it",
                "argocd.argoproj.io/sync-options: Replace=true; puts it in the place",
                "argocd.argoproj.io/sync-options: Force=true; puts it in the place",
                "argocd.argoproj.io/sync-wave: '-1'; wave",
                "helm.sh/resource-policy: keep; does not delete it",
                "kustomize.toolkit.fluxcd.io/prune: disabled; does not delete it",
                "kustomize.toolkit.fluxcd.io/reconcile: Disabled; leaves it alone",
                "kustomize.toolkit.fluxcd.io/ssa: Ignore; leaves it alone",
                "kustomize.toolkit.fluxcd.io/ssa: IfNotPresent; never changes it",
                "kustomize.toolkit.fluxcd.io/force: enabled; makes it anew",
                "config.kubernetes.io/local-config: 'true'; do not apply it"
            })
    void isSaidWhereItIsNewOrChanges(String annotation, String said) {
        Manifests with = read(AGREEMENT.replace("note: none", annotation));
        Manifests edited = read(AGREEMENT.replace("note: none", annotation) + "  suspend: true\n");

        assertThat(warnings(Manifests.NONE, with)).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo("AppliedOtherwise");
            assertThat(warning.about()).isEqualTo("DataUsageAgreement marketing/churn-orders");
            assertThat(warning.message()).contains(said, annotation.substring(0, annotation.indexOf(':')));
        });
        assertThat(warnings(read(AGREEMENT), with)).hasSize(1);
        assertThat(warnings(with, edited)).hasSize(1);
        assertThat(warnings(with, with)).isEmpty();
        assertThat(warnings(with, read(AGREEMENT))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "argocd.argoproj.io/sync-options: 'Validate=false,ServerSideApply=true'",
                "argocd.argoproj.io/compare-options: IgnoreExtraneous",
                "argocd.argoproj.io/sync-wave: '0'",
                "kustomize.toolkit.fluxcd.io/prune: enabled",
                "kustomize.toolkit.fluxcd.io/ssa: Merge",
                "config.kubernetes.io/local-config: 'false'"
            })
    void whatChangesNothingIsNotSaid(String annotation) {
        assertThat(warnings(Manifests.NONE, read(AGREEMENT.replace("note: none", annotation))))
                .isEmpty();
    }

    /** The access does not end with its manifest then. */
    @Test
    void isSaidWhereItsManifestGoes() {
        Manifests kept = read(AGREEMENT.replace("note: none", "kustomize.toolkit.fluxcd.io/prune: disabled"));

        assertThat(warnings(kept, Manifests.NONE))
                .singleElement()
                .extracting(Warning::message)
                .asString()
                .contains("its manifest goes", "does not delete it");
        assertThat(warnings(read(AGREEMENT), Manifests.NONE)).isEmpty();
        assertThat(warnings(
                        read(AGREEMENT.replace("note: none", "argocd.argoproj.io/sync-options: Replace=true")),
                        Manifests.NONE))
                .isEmpty();
    }

    @Test
    void fluxTakesLabelsToo() {
        assertThat(warnings(
                        Manifests.NONE,
                        read(AGREEMENT.replace("team: marketing", "kustomize.toolkit.fluxcd.io/reconcile: disabled"))))
                .hasSize(1);
    }

    /** It is evidence, and is to stay. */
    @Test
    void aDecisionMayBeKept() {
        assertThat(
                        warnings(
                                Manifests.NONE,
                                read(
                                        DECISION.replace(
                                                "note: none",
                                                "argocd.argoproj.io/sync-options: 'Prune=false,Delete=false', kustomize.toolkit.fluxcd.io/prune: disabled"))))
                .isEmpty();
        assertThat(warnings(Manifests.NONE, read(DECISION.replace("note: none", "argocd.argoproj.io/hook: Skip"))))
                .hasSize(1);
    }

    private static List<Warning> warnings(Manifests before, Manifests after) {
        return new AppliedOtherwise(before, after).all();
    }

    private static Manifests read(String text) {
        Manifests manifests = new ManifestsReader(
                        new PolicyManifestCheck(EngineParts.ofTheOperator().expressions()))
                .read(() -> List.of(new SourceFile("a.yaml", text)));
        assertThat(manifests.faults()).isEmpty();
        return manifests;
    }
}
