package dev.portcullis.cli.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.engine.manifest.ManifestKind;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a list to those who apply it is one to a plan. */
class ManifestsReaderTest {
    private static final String TEAM =
            "{apiVersion: portcullis.dev/v1alpha1, kind: Team, metadata: {name: checkout}, spec: {namespaces: []}}";

    /** Argo CD, Flux and kubectl apply the items of whatever has items. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: v1, kind: List, items: [TEAM]}",
                "{apiVersion: portcullis.dev/v1alpha1, kind: TeamList, items: [TEAM]}",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: notes}, items: [TEAM]}",
                "{items: [TEAM]}",
                "{apiVersion: portcullis.dev/v1alpha1, kind: Team, metadata: {name: outside}, items: [TEAM]}"
            })
    void whateverHasItemsIsAList(String text) {
        Manifests manifests = new ManifestsReader(
                        new PolicyManifestCheck(EngineParts.ofTheOperator().expressions()))
                .read(() -> List.of(new SourceFile("a.yaml", text.replace("TEAM", TEAM))));

        assertThat(manifests.faults()).isEmpty();
        assertThat(manifests.resources().get(ManifestKind.TEAM)).containsOnlyKeys("checkout");
    }
}
