package dev.portcullis.cli.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a list to those who apply it is one to a plan, and a file that another one repeats is read as if it were alone. */
class ManifestsReaderTest {
    private static final String TEAM =
            "{apiVersion: portcullis.dev/v1alpha1, kind: Team, metadata: {name: checkout}, spec: {namespaces: []}}";

    private final ManifestsReader reader = new ManifestsReader(
            new PolicyManifestCheck(EngineParts.ofTheOperator().expressions()));

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
        Manifests manifests = reader.read(() -> List.of(new SourceFile("a.yaml", text.replace("TEAM", TEAM))));

        assertThat(manifests.faults()).isEmpty();
        assertThat(manifests.resources().get(ManifestKind.TEAM)).containsOnlyKeys("checkout");
    }

    @Test
    void whatBothSidesHaveIsWhereItStandsOnEach() {
        Manifests before = reader.read(() -> List.of(new SourceFile("before/a.yaml", TEAM)));
        Manifests after = reader.read(() -> List.of(new SourceFile("after/a.yaml", TEAM)));

        assertThat(team(before).fault("/spec", "wrong")).isEqualTo(new Fault("before/a.yaml", 1, "wrong"));
        assertThat(team(after).fault("/spec", "wrong")).isEqualTo(new Fault("after/a.yaml", 1, "wrong"));
        assertThat(team(after).object()).isSameAs(team(before).object());
    }

    @Test
    void aRepeatedFileRepeatsItsFaultsAndItsResources() {
        String wrong = TEAM.replace("namespaces", "namespace");

        Manifests manifests = reader.read(() -> List.of(
                new SourceFile("1/a.yaml", wrong),
                new SourceFile("2/a.yaml", wrong),
                new SourceFile("3/a.yaml", TEAM),
                new SourceFile("4/a.yaml", TEAM)));

        assertThat(manifests.faults()).extracting(Fault::file).containsExactly("1/a.yaml", "2/a.yaml", "4/a.yaml");
    }

    /** Flux fetches no file of that name. */
    @Test
    void theNameOfAFileCountsWhateverIsInIt() {
        Manifests manifests =
                reader.read(() -> List.of(new SourceFile("1/a.yaml", TEAM), new SourceFile("2/.travis.yml", TEAM)));

        assertThat(manifests.faults()).extracting(Fault::file).contains("2/.travis.yml");
    }

    private static Manifest team(Manifests manifests) {
        return manifests.find(ManifestKind.TEAM, "checkout").orElseThrow();
    }
}
